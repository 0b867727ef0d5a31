namespace Colophon.Specs.Parsing;

/// <summary>Reads task files. Counting follows the CLI; groups and bodies are for people and prompts.</summary>
internal static class TaskReader
{
    internal static List<TaskItem> Read(string text)
    {
        var lines = text.Split('\n');
        var items = new List<TaskItem>();
        string? group = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (!TaskLine.TryRead(line, out var task))
            {
                if (Headers.IsSection(line.AsSpan().TrimEnd('\r'), out var title))
                    group = title.ToString();
                continue;
            }

            var description = task.Description(line);
            var number = TaskLine.NumberLength(description);
            items.Add(new TaskItem
            {
                Id = Id(description, items.Count + 1),
                Description = Js.Trim(description[number..]).ToString(),
                Text = description.ToString(),
                Group = group,
                Done = task.Done,
                Line = i + 1,
                Indent = Columns(line),
                Body = Body(lines, i),
            });
        }

        return items;
    }

    /// <summary>The (done, all) counts alone.</summary>
    internal static (int Done, int All) Count(string text)
    {
        var (done, all) = (0, 0);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            if (!TaskLine.TryRead(text.AsSpan(range), out var task))
                continue;
            all++;
            done += task.Done ? 1 : 0;
        }

        return (done, all);
    }

    internal static string Id(ReadOnlySpan<char> description, int ordinal)
    {
        var number = TaskLine.NumberLength(description);
        return number == 0 ? ordinal.ToString() : description[..number].ToString();
    }

    /// <summary>Leading white space in columns, a tab counting to the next multiple of four.</summary>
    internal static int Columns(ReadOnlySpan<char> line)
    {
        var column = 0;
        foreach (var c in line)
        {
            if (c == ' ')
                column++;
            else if (c == '\t')
                column += 4 - column % 4;
            else
                break;
        }

        return column;
    }

    private static string Body(string[] lines, int task)
    {
        var indent = Columns(lines[task]);
        var (end, last) = (task + 1, task + 1);
        for (; end < lines.Length; end++)
        {
            var line = lines[end];
            if (Js.IsBlank(line))
                continue;
            if (Columns(line) <= indent || TaskLine.TryRead(line, out _))
                break;
            last = end + 1;
        }

        return last == task + 1 ? "" : string.Join('\n', lines[(task + 1)..last]).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r');
    }
}
