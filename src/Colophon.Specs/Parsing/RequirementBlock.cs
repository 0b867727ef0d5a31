namespace Colophon.Specs.Parsing;

/// <summary>
/// A <c>### Requirement:</c> header and the lines that belong to it: the unit that a delta adds or replaces and that an archive merges. It is a range of
/// its file, so fences keep the meaning they have there.
/// </summary>
internal sealed class RequirementBlock
{
    private readonly MarkdownLines _lines;
    private readonly int _from;
    private readonly int _to;
    private readonly int _end;
    private string? _body;

    internal RequirementBlock(MarkdownLines lines, int from, int to, string name)
    {
        (_lines, _from, Name) = (lines, from, name);
        var start = lines.StartOf(from);
        _end = start + Js.TrimEnd(lines.Slice(from, to)).Length;
        while (to > from + 1 && lines.StartOf(to - 1) > _end)
            to--;
        _to = to;
    }

    internal string Name { get; }

    /// <summary>The name as the merge looks it up: normalised once more, as the CLI does.</summary>
    internal string Key => Name.Contains('#') ? Headers.NormaliseName(Name).ToString() : Name;

    internal int Line => _from + 1;

    internal string Raw => RawSpan.ToString();

    internal ReadOnlySpan<char> RawSpan => _lines.Text.AsSpan(_lines.StartOf(_from).._end);

    /// <summary>The requirement's own text, see <see cref="RequirementBody"/>; read once.</summary>
    internal string Body() => _body ??= RequirementBody.Read(this);

    /// <summary>The number of lines, the header included.</summary>
    internal int Count => _to - _from;

    /// <summary>A line of the block as readers see it, 0 being the header; the last one ends where the block's text does.</summary>
    internal ReadOnlySpan<char> LineAt(int index)
    {
        var line = _from + index;
        if (_lines.IsTranslated(line))
            return _lines.EndOf(line) > _end ? Js.TrimEnd(_lines[line]) : _lines[line];
        return WrittenAt(index);
    }

    /// <summary>The same line as it is written.</summary>
    internal ReadOnlySpan<char> WrittenAt(int index)
    {
        var line = _from + index;
        var start = _lines.StartOf(line);
        return _lines.Text.AsSpan(start, Math.Max(0, Math.Min(_lines.EndOf(line), _end) - start));
    }

    /// <summary>The words that count beside the English ones; null for none.</summary>
    internal SpecKeywords? Keywords => _lines.Keywords;

    /// <summary>Whether a text of this requirement says SHALL or MUST, or what stands for them.</summary>
    internal bool IsNormative(ReadOnlySpan<char> text) => Js.HasNormativeKeyword(text) || Keywords?.IsNormative(text) is true;

    /// <summary>The header with another name, in the words that this one is written in.</summary>
    internal string HeaderFor(string name)
    {
        if (!_lines.IsTranslated(_from))
            return $"### Requirement: {name}";
        var seen = LineAt(0);
        var written = WrittenAt(0);
        var tail = seen[(seen.IndexOf(':') + 1)..];
        var label = written[..^tail.Length];
        return $"{label}{tail[..Js.CountSpaces(tail)]}{name}";
    }

    internal bool IsFenced(int index) => _lines.IsFenced(_from + index);

    /// <summary>The scenarios with a body, as the CLI counts them: any level-4 header, its text up to the next header of level 1 to 4.</summary>
    internal IReadOnlyList<Scenario> Scenarios()
    {
        List<Scenario>? found = null;
        for (var i = 1; i < Count; i++)
        {
            if (!IsScenario(i))
                continue;
            var end = EndOfScenario(i);
            var body = Js.Trim(Lines(i + 1, end));
            if (!body.IsEmpty)
                (found ??= []).Add(new Scenario(ScenarioName(LineAt(i)), body.ToString(), Line + i));
        }

        return found is null ? [] : found;
    }

    /// <summary>How many scenario headers have a body and how many have none.</summary>
    internal (int Full, int Empty) CountScenarios()
    {
        var (full, empty) = (0, 0);
        for (var i = 1; i < Count; i++)
        {
            if (!IsScenario(i))
                continue;
            if (Js.IsBlank(Lines(i + 1, EndOfScenario(i))))
                empty++;
            else
                full++;
        }

        return (full, empty);
    }

    /// <summary>The names of all scenario headers, with a body or without.</summary>
    internal List<string> ScenarioNames()
    {
        var names = new List<string>();
        for (var i = 1; i < Count; i++)
        {
            if (IsScenario(i))
                names.Add(ScenarioName(LineAt(i)));
        }

        return names;
    }

    /// <summary>The name of the scenario whose header is this line of the block.</summary>
    internal string ScenarioNameAt(int index) => ScenarioName(LineAt(index));

    private bool IsScenario(int index) => !IsFenced(index) && Headers.Level(LineAt(index)) == 4;

    private int EndOfScenario(int header)
    {
        var end = header + 1;
        while (end < Count && (IsFenced(end) || Headers.Level(LineAt(end)) is 0 or > 4))
            end++;
        return end;
    }

    private ReadOnlySpan<char> Lines(int from, int to)
    {
        if (from >= to)
            return [];
        var start = _lines.StartOf(_from + from);
        return _lines.Text.AsSpan(start, Math.Max(0, Math.Min(_lines.EndOf(_from + to - 1), _end) - start));
    }

    private static string ScenarioName(ReadOnlySpan<char> line)
    {
        var title = Js.TrimStart(line[4..]);
        var end = title.Length;
        while (end > 0 && title[end - 1] is ' ' or '\t')
            end--;
        var hash = end;
        while (hash > 0 && title[hash - 1] == '#')
            hash--;
        if (hash < end && hash > 0 && title[hash - 1] is ' ' or '\t')
        {
            while (hash > 0 && title[hash - 1] is ' ' or '\t')
                hash--;
            title = title[..hash];
        }

        if (Js.StartsWithIgnoringCase(title, "Scenario:"))
            title = title["Scenario:".Length..];
        return Js.Trim(title).ToString();
    }
}
