using Colophon.Specs.Parsing;

namespace Colophon.Specs.Merging;

/// <summary>Goes through one requirement for lines that are not its statement, its scenarios or their bullets.</summary>
internal sealed class RequirementAudit(RequirementBlock block, List<string> found)
{
    private bool _seenScenario;
    private bool _inBullets;
    private bool _bulletsSeen;
    private bool _paragraphOpen;
    private int? _contentColumn;

    internal void Run()
    {
        for (var i = 1; i < block.Count; i++)
        {
            if (Js.IsBlank(block.LineAt(i)))
                Blank();
            else
                Look(i);
        }
    }

    /// <summary>A blank line ends the item and, behind bullets, the scenario.</summary>
    private void Blank()
    {
        if (_bulletsSeen)
            _inBullets = false;
        _contentColumn = null;
        _paragraphOpen = false;
    }

    private void Look(int index)
    {
        var line = block.LineAt(index);
        var indent = line[..IndentLength(line)];
        var inside = _contentColumn is { } column && Construct.Column(indent) >= column;
        var within = inside ? Construct.DropIndent(line, _contentColumn ?? 0) : line;
        var lazy = _paragraphOpen && _inBullets && !Construct.InterruptsParagraph(within);
        if (block.IsFenced(index))
        {
            if (!inside)
                _contentColumn = null;
            _paragraphOpen = false;
            return;
        }

        if (index > 1 && Construct.IsSetextRule(within) && !Js.IsBlank(block.LineAt(index - 1)))
        {
            found.Add(Js.Trim(block.WrittenAt(index - 1)).ToString());
            _contentColumn = null;
            _paragraphOpen = false;
            return;
        }

        if ((inside || lazy) && !Construct.IsHeading(within))
        {
            _paragraphOpen = !Construct.InterruptsParagraph(within);
            return;
        }

        Open(line, index);
    }

    /// <summary>A line that continues nothing: a scenario, a bullet, or text.</summary>
    private void Open(ReadOnlySpan<char> line, int index)
    {
        var bullet = Construct.ListItem(line);
        _contentColumn = bullet > 0 ? Construct.Column(line[..bullet]) : null;
        _paragraphOpen = bullet > 0;
        if (IsScenario(line))
        {
            (_seenScenario, _inBullets, _bulletsSeen) = (true, true, false);
            return;
        }

        if (bullet > 0 && _inBullets)
        {
            _bulletsSeen = true;
            return;
        }

        var isStatement = !_seenScenario && (bullet > 0 || !(Js.TrimStart(line)[0] is '|' or '<'));
        if (!isStatement)
            found.Add(Js.Trim(block.WrittenAt(index)).ToString());
    }

    /// <summary><c>^ {0,3}####\s+Scenario:</c>, any case.</summary>
    private static bool IsScenario(ReadOnlySpan<char> line) =>
        Markdown.HashesIndented(line, out var rest) == 4 && rest.Length > 0 && Js.IsSpace(rest[0]) && Js.StartsWithIgnoringCase(Js.TrimStart(rest), "Scenario:");

    private static int IndentLength(ReadOnlySpan<char> line)
    {
        var length = 0;
        while (length < line.Length && line[length] is ' ' or '\t')
            length++;
        return length;
    }
}
