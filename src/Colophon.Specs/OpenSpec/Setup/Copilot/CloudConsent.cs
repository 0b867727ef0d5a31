using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Setup.Copilot;

/// <summary>Whether a project wants the files for GitHub's own agent: <c>githubCopilot.cloudAgent</c> in its configuration.</summary>
internal static class CloudConsent
{
    private const string Section = "githubCopilot";
    private const string Field = "cloudAgent";

    /// <summary>Yes, no, or nobody decided.</summary>
    internal static bool? Read(ProjectFiles files) => ProjectConfig.Read(files.Root, files.Session.ErrorLine).CloudAgent;

    /// <summary>Writes the decision down and leaves every other line as it is. A file that cannot be understood stays as it is.</summary>
    /// <exception cref="OpenSpecFailure">The file cannot be read or written.</exception>
    internal static void Write(ProjectFiles files, bool value)
    {
        var path = files.At("openspec/config.yaml");
        if (!DiskEntry.ExistsAt(path))
            path = files.At("openspec/config.yml");
        if (!DiskEntry.ExistsAt(path))
            return;
        var text = ProjectFiles.Read(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (!Yaml.TryRead(text, out var parsed))
            return;
        var changed = parsed is null && IsOnlyComments(text) || parsed is Dictionary<string, object?> ? Change(text, value) : Lines(value);
        if (Yaml.TryRead(changed, out var result) && result is Dictionary<string, object?> map && map.GetValueOrDefault(Section) is Dictionary<string, object?> section
            && section.GetValueOrDefault(Field) is bool written && written == value)
            ProjectFiles.WriteSafely(path, changed);
    }

    private static string Lines(bool value) => $"{Section}:\n  {Field}: {(value ? "true" : "false")}\n";

    private static bool IsOnlyComments(string text) => text.Split('\n').All(static line => line.Trim() is "" or ['#', ..]);

    private static string Change(string text, bool value)
    {
        var lines = text.Split('\n').ToList();
        var at = lines.FindIndex(static line => line.StartsWith(Section + ":", StringComparison.Ordinal));
        return at < 0 ? Append(lines, value) : Replace(lines, at, value);
    }

    /// <summary>Behind the last line that is no comment, with a blank line before the comments that end the file.</summary>
    private static string Append(List<string> lines, bool value)
    {
        while (lines.Count > 0 && lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        var last = lines.FindLastIndex(static line => line.Length > 0 && line[0] != '#');
        if (last < 0)
            return lines.Count == 0 ? Lines(value) : $"{string.Join('\n', lines)}\n\n{Lines(value)}";
        var rest = lines.Skip(last + 1).SkipWhile(static line => line.Length == 0).ToList();
        var head = string.Join('\n', lines.Take(last + 1));
        return $"{head}\n{Lines(value)}{(rest.Count == 0 ? "" : $"\n{string.Join('\n', rest)}\n")}";
    }

    private static string Replace(List<string> lines, int at, bool value)
    {
        var word = value ? "true" : "false";
        var end = at + 1;
        while (end < lines.Count && (lines[end].Length == 0 || lines[end][0] is ' ' or '#'))
            end++;
        var field = lines.FindIndex(at + 1, end - at - 1, static line => line.TrimStart(' ').StartsWith(Field + ":", StringComparison.Ordinal));
        if (field >= 0)
        {
            var comment = lines[field].IndexOf(" #", StringComparison.Ordinal);
            lines[field] = $"{lines[field][..(lines[field].IndexOf(':', StringComparison.Ordinal) + 1)]} {word}{(comment < 0 ? "" : lines[field][comment..])}";
        }
        else if (lines[at][(Section.Length + 1)..].Trim() is ['{', ..])
        {
            lines[at] = $"{Section}: {{ {Field}: {word} }}";
        }
        else
        {
            while (end > at + 1 && (lines[end - 1].Length == 0 || lines[end - 1][0] == '#'))
                end--;
            lines[at] = $"{Section}:";
            lines.Insert(end, $"  {Field}: {word}");
        }

        return $"{string.Join('\n', lines).TrimEnd('\n')}\n";
    }
}
