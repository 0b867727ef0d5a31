namespace Colophon.Generated;

/// <summary>What made-up lines look like.</summary>
internal enum LineStyle
{
    /// <summary>No line's text stands twice.</summary>
    Unique,

    /// <summary>Functions with braces, blank lines, imports and statements that repeat, as code has.</summary>
    Realistic,
}

/// <summary>Makes up text and edits it, each new line with an identity and an owner.</summary>
internal sealed class TrueText(Random random, LineStyle style)
{
    private static readonly string[] Words =
        ["open", "close", "read", "line", "count", "total", "index", "guest", "order", "price", "table", "node", "parse", "write", "token", "next", "list", "sum", "merge", "state"];

    private static readonly string[] Common =
        ["        return result;", "        }", "        {", "            continue;", "            break;", "        if (done)", "        total++;", "", "        else"];

    private ulong _id;

    public WrittenFile File(int lines, string? owner)
    {
        var all = new List<WrittenLine>();
        if (style == LineStyle.Realistic)
            all.AddRange([New("using System;", owner), New("using System.Text;", owner), New("", owner)]);
        while (all.Count < lines)
            all.AddRange(Block(owner));
        return new WrittenFile([.. all]);
    }

    /// <summary>Changes one to three places.</summary>
    public WrittenFile Edit(WrittenFile file, string? owner, int target)
    {
        var lines = file.Lines.ToList();
        for (var places = random.Next(1, 4); places > 0; places--)
        {
            if (style == LineStyle.Unique)
                Splice(lines, random.Next(lines.Count + 1), random.Next(lines.Count > target ? 14 : 3), [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Statement(owner))]);
            else
                Rework(lines, owner, target);
        }

        return file with { Lines = [.. lines] };
    }

    /// <summary>One or two lines that a person types in the middle of other work.</summary>
    public WrittenFile Touch(WrittenFile file)
    {
        var lines = file.Lines.ToList();
        Splice(lines, random.Next(lines.Count + 1), random.Next(2), [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Statement(null))]);
        return file with { Lines = [.. lines] };
    }

    /// <summary>The same text written again by somebody.</summary>
    public WrittenFile Copy(WrittenFile file, string? owner) => file with { Lines = [.. file.Lines.Select(l => New(l.Text, owner))] };

    public static WrittenFile Indent(WrittenFile file, int at, int count) =>
        file with { Lines = [.. file.Lines.Select((l, i) => i < at || i >= at + count || l.Text.Length == 0 ? l : l with { Text = "  " + l.Text })] };

    /// <summary>Breaks some statements in two, as a formatter does; both parts are the writer's.</summary>
    public WrittenFile Format(WrittenFile file)
    {
        var lines = new List<WrittenLine>();
        foreach (var line in file.Lines)
        {
            var equals = line.Text.IndexOf(" = ", StringComparison.Ordinal);
            if (equals < 0 || random.Next(6) > 0)
            {
                lines.Add(line);
                continue;
            }

            lines.Add(line with { Text = line.Text[..(equals + 2)] });
            lines.Add(New("            " + line.Text[(equals + 3)..], line.Owner));
        }

        return file with { Lines = [.. lines] };
    }

    private void Rework(List<WrittenLine> lines, string? owner, int target)
    {
        var chance = random.Next(100) - (lines.Count > target ? 25 : 0);
        if (chance < 15 && lines.Count > 20)
        {
            Splice(lines, random.Next(lines.Count - 14), random.Next(2, 14), []);
        }
        else if (chance < 45)
        {
            var blank = Enumerable.Range(0, lines.Count).Where(i => lines[i].Text.Length == 0).ToArray();
            Splice(lines, blank.Length == 0 ? lines.Count : blank[random.Next(blank.Length)] + 1, 0, Block(owner));
        }
        else if (chance < 70)
        {
            Splice(lines, random.Next(lines.Count + 1), 0, [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Statement(owner))]);
        }
        else if (chance < 95)
        {
            Splice(lines, random.Next(lines.Count + 1), random.Next(1, 5), [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Statement(owner))]);
        }
        else
        {
            Splice(lines, 0, 0, [New($"using {Words[random.Next(Words.Length)]}.{Words[random.Next(Words.Length)]};", owner)]);
        }
    }

    private static void Splice(List<WrittenLine> lines, int at, int remove, IReadOnlyList<WrittenLine> fresh)
    {
        lines.RemoveRange(at, Math.Min(remove, lines.Count - at));
        lines.InsertRange(at, fresh);
    }

    private List<WrittenLine> Block(string? owner)
    {
        if (style == LineStyle.Unique)
            return [.. Enumerable.Range(0, random.Next(3, 10)).Select(_ => Statement(owner))];
        List<WrittenLine> lines = [New($"    public int {Word()}{random.Next(2000)}(int {Word()})", owner), New("    {", owner)];
        for (var i = random.Next(2, 7); i > 0; i--)
            lines.Add(Statement(owner));
        if (random.Next(3) == 0)
            lines.AddRange([New($"        if ({Word()} == {random.Next(100)})", owner), New("        {", owner), New("            return 0;", owner), New("        }", owner)]);
        lines.AddRange([New($"        return {Word()};", owner), New("    }", owner), New("", owner)]);
        return lines;
    }

    private WrittenLine Statement(string? owner) =>
        style == LineStyle.Unique ? New($"    var {Word()}{_id} = {Word()}.{Word()}({random.Next(1000)});", owner)
        : random.Next(8) == 0 ? New(Common[random.Next(Common.Length)], owner)
        : New($"        var {Word()}{random.Next(500)} = {Word()}.{Word()}({random.Next(1000)});", owner);

    private string Word() => Words[random.Next(Words.Length)];

    private WrittenLine New(string text, string? owner) => new(++_id, text, owner);
}
