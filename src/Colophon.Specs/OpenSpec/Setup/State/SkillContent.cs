using System.Text.RegularExpressions;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Setup.State;

/// <summary>When two generated files count as the same, and what version one says it is from.</summary>
internal static partial class SkillContent
{
    private const string Key = "generatedBy:";

    /// <summary>Without what a checkout puts in: a byte order mark and CRLF.</summary>
    internal static string Normalise(string text) => (text.StartsWith('\uFEFF') ? text[1..] : text).Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <summary>The version that the first such line of a file names, or null.</summary>
    internal static string? Version(string path)
    {
        if (ProjectFiles.ReadOrNull(path) is not { } text)
            return null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var rest = line.TrimStart(" \t");
            if (!rest.StartsWith(Key) || rest.Length == Key.Length)
                continue;
            rest = rest[Key.Length..].TrimStart(" \t");
            if (rest.IsEmpty)
                return "";
            if (rest[0] is '"' or '\'')
                rest = rest[1..];
            var quote = rest.IndexOfAny('"', '\'');
            var value = quote < 0 ? rest : rest[..quote];
            if (!value.IsEmpty && (quote < 0 || rest[(quote + 1)..].Trim(" \t").IsEmpty))
                return Js.Trim(value).ToString();
        }

        return null;
    }

    /// <summary>Whether a skill of a former folder says what the one in its place says: version, line ends and the way Codex spells skills aside.</summary>
    internal static bool AreEquivalent(string former, string current)
    {
        (former, current) = (WithoutVersion(former), WithoutVersion(current));
        return former == current || former == Workflows.All.Aggregate(current, static (text, workflow) => Workflows.Skill(workflow) is var skill
            ? text.Replace($"${skill} (Codex) or /{skill} (other agents)", $"${skill}", StringComparison.Ordinal)
            : text);
    }

    private static string WithoutVersion(string text)
    {
        text = Normalise(text);
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
            return text;
        var end = text.IndexOf("\n---", 3, StringComparison.Ordinal);
        while (end >= 0 && end + 4 < text.Length && text[end + 4] != '\n')
            end = text.IndexOf("\n---", end + 1, StringComparison.Ordinal);
        if (end < 0)
            return text;
        var head = VersionLine().Replace(text[..end], static match => SemanticVersion().IsMatch(match.Groups[2].Value) ? $"{match.Groups[1].Value}\"<generated-version>\"" : match.Value, 1);
        return head + text[end..];
    }

    [GeneratedRegex("^([ \\t]*generatedBy:[ \\t]*)(?:\"(?<2>[^\"\\n]+)\"|'(?<2>[^'\\n]+)'|(?<2>[^\\s\"'#]+))[ \\t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();

    [GeneratedRegex("^(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)(?:-(?:(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(?:\\.(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();
}
