using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>Headers of a main spec that stand where no reader looks.</summary>
internal static class SpecStructure
{
    internal readonly record struct Fault(int Line, string Message, string Code);

    internal static List<Fault> Find(MarkdownLines lines)
    {
        var faults = new List<Fault>();
        var start = 0;
        while (start < lines.Count && (lines.IsFenced(start) || !Headers.IsSectionNamed(lines[start], "Requirements")))
            start++;
        var end = start + 1;
        while (end < lines.Count && (lines.IsFenced(end) || Headers.Level(lines[end]) != 2))
            end++;
        Dictionary<string, int>? seen = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var level = lines.IsFenced(i) ? 0 : Headers.Level(line);
            if (level == 2)
            {
                if (IsDeltaHeader(line))
                    faults.Add(new Fault(i + 1, DeltaHeader(Js.Trim(lines.Written(i))), "spec-delta-header"));
            }
            else if (level == 3 && Headers.IsRequirement(line, out var name))
            {
                if (i <= start || i >= end)
                    faults.Add(new Fault(i + 1, Outside(Js.Trim(lines.Written(i))), "spec-requirement-outside"));
                else if (!(seen ??= new Dictionary<string, int>(StringComparer.Ordinal)).TryAdd(name, i + 1))
                    faults.Add(new Fault(i + 1, Duplicate(Js.Trim(lines.Written(i)), seen[name]), "spec-requirement-duplicate"));
            }
        }

        return faults;
    }

    private static bool IsDeltaHeader(ReadOnlySpan<char> line)
    {
        var rest = Js.TrimStart(line[2..]);
        foreach (var kind in DeltaReader.Kinds)
        {
            if (!Js.StartsWithIgnoringCase(rest, kind))
                continue;
            var tail = rest[kind.Length..];
            var spaces = Js.CountSpaces(tail);
            const string word = "Requirements";
            return spaces > 0 && Js.StartsWithIgnoringCase(tail[spaces..], word) && Js.IsBlank(tail[(spaces + word.Length)..]);
        }

        return false;
    }

    private static string DeltaHeader(ReadOnlySpan<char> header) =>
        $"Main spec contains delta header \"{header}\". Delta headers are only valid inside openspec/changes/<name>/specs/<capability-path>/spec.md and truncate "
        + "the parsed ## Requirements section.";

    private static string Outside(ReadOnlySpan<char> header) =>
        $"Requirement header \"{header}\" appears outside the main ## Requirements section. Main specs only parse requirements inside that section, so this "
        + "requirement is currently invisible to validate, list, and archive.";

    private static string Duplicate(ReadOnlySpan<char> header, int line) =>
        $"Requirement header \"{header}\" duplicates the requirement declared on line {line}. Requirement names must be unique so spec updates cannot discard one "
        + "block while updating another.";
}
