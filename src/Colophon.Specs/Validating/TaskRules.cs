using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>A task file of a change: its path below the change and its text as it is.</summary>
internal readonly record struct TaskDocument(string Path, string Text);

/// <summary>What can be wrong with task files; only ever warnings.</summary>
internal static class TaskRules
{
    /// <summary>Files that list work without a single check box in any of them.</summary>
    internal static void CheckBoxes(List<TaskDocument> documents, Issues issues)
    {
        foreach (var document in documents)
        {
            if (TaskReader.Count(document.Text).All > 0)
                return;
        }

        foreach (var document in documents)
        {
            if (TaskListScan.FirstListItem(document.Text) is { } line)
                issues.Warning(document.Path, "tasks-no-check-box", Messages.NoCheckBoxes, line);
        }
    }

    /// <summary>Numbers that stand twice, or under another group than they name. Only files with a <c>## N.</c> group are looked at.</summary>
    internal static void CheckNumbers(List<TaskDocument> documents, Issues issues)
    {
        var first = new Dictionary<string, (string Path, int Line)>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (!HasGroup(document.Text))
                continue;
            string? group = null;
            var number = 0;
            foreach (var range in document.Text.AsSpan().Split('\n'))
            {
                var line = document.Text.AsSpan(range);
                number++;
                if (IsHeading(line))
                    group = Group(line);
                if (group is null || !TaskLine.TryRead(line, out var task))
                    continue;
                var description = task.Description(line);
                var length = TaskLine.NumberLength(description);
                if (length > 0)
                    CheckNumber(description[..length].ToString(), group, new(document.Path, number), first, issues);
            }
        }
    }

    private static void CheckNumber(string id, string group, (string Path, int Line) at, Dictionary<string, (string Path, int Line)> first, Issues issues)
    {
        var own = id[..id.IndexOf('.')];
        if (!WithoutZeros(own).SequenceEqual(WithoutZeros(group)))
        {
            issues.Warning(
                at.Path,
                "task-group",
                $"Task \"{id}\" is under group {group}, but its leading number points to group {own}. Move it to group {own} or renumber it.",
                at.Line);
        }

        if (first.TryAdd(id, at))
            return;
        var (path, line) = first[id];
        var declared = path == at.Path ? $"on line {line}" : $"in {path} on line {line}";
        issues.Warning(at.Path, "task-duplicate", $"Task ID \"{id}\" is duplicated; it was first declared {declared}.", at.Line);
    }

    private static bool HasGroup(string text)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (Group(text.AsSpan(range)) is not null)
                return true;
        }

        return false;
    }

    /// <summary><c>^ {0,3}##(?!#)(?:[ \t]+|[ \t]*\r?$)</c>.</summary>
    private static bool IsHeading(ReadOnlySpan<char> line) =>
        TryHeading(line, out var rest) && (rest.IsEmpty || rest[0] is ' ' or '\t' || rest.SequenceEqual("\r"));

    /// <summary><c>^ {0,3}##[ \t]+(\d+)\.(?:[ \t]|\r?$)</c>: the group's number.</summary>
    private static string? Group(ReadOnlySpan<char> line)
    {
        if (!TryHeading(line, out var rest) || rest.IsEmpty || rest[0] is not (' ' or '\t'))
            return null;
        rest = rest.TrimStart(" \t");
        var digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
            digits++;
        if (digits == 0 || digits == rest.Length || rest[digits] != '.')
            return null;
        var tail = rest[(digits + 1)..];
        return tail.IsEmpty || tail[0] is ' ' or '\t' || tail.SequenceEqual("\r") ? rest[..digits].ToString() : null;
    }

    private static bool TryHeading(ReadOnlySpan<char> line, out ReadOnlySpan<char> rest)
    {
        rest = [];
        var indent = 0;
        while (indent < line.Length && line[indent] == ' ')
            indent++;
        if (indent > 3 || !line[indent..].StartsWith("##") || line[(indent + 2)..].StartsWith("#"))
            return false;
        rest = line[(indent + 2)..];
        return true;
    }

    private static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> number)
    {
        var trimmed = number.TrimStart('0');
        return trimmed.IsEmpty ? number[^1..] : trimmed;
    }
}
