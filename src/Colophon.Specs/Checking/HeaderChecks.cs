using Colophon.Kernel.Words;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>Headers that look like something and are read as something else, or not at all. One pass over the lines.</summary>
internal sealed class HeaderChecks(FileFindings findings, MarkdownLines lines, bool isDelta)
{
    private const string Requirement = "Requirement:";
    private const string Scenario = "Scenario:";
    private const int ScenarioLevel = 4;
    private const int RequirementLevel = 3;
    private const int SectionLevel = 2;
    private const int Typing = 2;

    private static readonly string[] s_deltaSections = ["ADDED Requirements", "MODIFIED Requirements", "REMOVED Requirements", "RENAMED Requirements"];
    private static readonly string[] s_specSections = ["Requirements", "Purpose"];

    private readonly bool[]? _comments = CommentMask.Of(lines);
    private bool _inRequirement;

    internal void Run()
    {
        if (lines.OpenFence >= 0)
            ReportFence();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines.IsFenced(i) || !HeaderLine.TryRead(lines[i], out var header))
                continue;
            Look(i, header);
            if (header.IsSeen && header.Level <= RequirementLevel)
                _inRequirement = header.Level == RequirementLevel && (Headers.IsRequirement(lines[i]) || (_inRequirement && IsScenario(lines[i][header.Title..])));
            else if (Headers.IsRequirement(lines[i]))
                _inRequirement = true;
        }
    }

    private static bool IsScenario(ReadOnlySpan<char> title) => Js.StartsWithIgnoringCase(title, Scenario);

    private void ReportFence()
    {
        var swallowed = 0;
        for (var i = lines.OpenFence + 1; i < lines.Count && swallowed == 0; i++)
            swallowed = HeaderLine.TryRead(lines[i], out _) ? i + 1 : 0;
        findings.Add(
            SpecRule.FenceUnclosed,
            swallowed > 0 ? IssueLevel.Error : IssueLevel.Warning,
            lines.OpenFence + 1,
            swallowed > 0
                ? $"This fence is never closed, so everything to the end of the file is code: the header on line {swallowed} and all below it vanish."
                : "This fence is never closed: whatever is added below it becomes code.",
            "Close it with a line of the same characters.");
    }

    private void Look(int index, HeaderLine header)
    {
        var title = Js.TrimEnd(lines[index][header.Title..]);
        // What stands before a title is the same in every language.
        var written = Js.TrimEnd(lines.Written(index)[header.Title..]);
        var known = true;
        if (Js.StartsWithIgnoringCase(title, Requirement))
            LookAtRequirement(index, header);
        else if (IsScenario(title))
            LookAtScenario(index, header);
        else
            known = LookAtSection(index, header, title);
        if (known && _comments is { } comments && comments[index] && header.IsSeen)
        {
            findings.Add(
                SpecRule.HeaderInComment, IssueLevel.Warning, index + 1, $"\"{written}\" stands in an HTML comment and counts nevertheless.", "Delete it, or put it into a fence.");
        }

        if (known && header.IsSeen && index > 0 && !Js.IsBlank(lines[index - 1]) && (lines.IsFenced(index - 1) || !HeaderLine.TryRead(lines[index - 1], out _)) && _comments?[index] != true)
        {
            findings.Add(
                SpecRule.HeaderBlankLine,
                IssueLevel.Info,
                index + 1,
                $"No blank line stands above \"{written}\".",
                "Add one.",
                new SpecFix("add a blank line above", [new TextEdit(index + 1, 1, 0, "\n")]));
        }
    }

    private void LookAtRequirement(int index, HeaderLine header)
    {
        if (header.Level != RequirementLevel)
        {
            findings.Add(
                SpecRule.HeaderNearMiss,
                IssueLevel.Warning,
                index + 1,
                $"A requirement's header has three #, not {header.Level}{(header.Level == ScenarioLevel && header.IsSeen ? ": this one counts as a scenario" : ": this one is ignored")}.",
                "Write `### Requirement: <name>`.");
        }
        else if (!header.IsSeen)
        {
            ReportSpacing(index, header, RequirementLevel, header.Indent > 0 ? "is indented, so nobody reads it" : "is read by archive and invisible to show and list");
        }
    }

    private void LookAtScenario(int index, HeaderLine header)
    {
        if (header.Level == ScenarioLevel)
        {
            if (!header.IsSeen)
                ReportSpacing(index, header, ScenarioLevel, "is not read as a scenario");
            return;
        }

        var certain = _inRequirement && header.Level > SectionLevel;
        findings.Add(
            SpecRule.ScenarioLevel,
            IssueLevel.Warning,
            index + 1,
            $"A scenario's header has four #, not {header.Level}{(isDelta ? ": this one does not count" : ": the next change that modifies this requirement loses it")}.",
            "Write `#### Scenario: <name>`.",
            certain ? header.Respell(index + 1, "write four #", ScenarioLevel) : null);
    }

    private void ReportSpacing(int index, HeaderLine header, int level, string why) => findings.Add(
        SpecRule.HeaderSpacing,
        IssueLevel.Warning,
        index + 1,
        $"\"{Js.Trim(lines.Written(index))}\" {why}: its white space is wrong.",
        $"Write `{new string('#', level)} ` at the beginning of the line.",
        header.Respell(index + 1, "put the white space right"));

    /// <summary>A section's header, or what is nearly one; false where it is neither.</summary>
    private bool LookAtSection(int index, HeaderLine header, ReadOnlySpan<char> title)
    {
        var sections = isDelta ? s_deltaSections : s_specSections;
        var folded = NameFold.Of(title.ToString());
        foreach (var section in sections)
        {
            if (!folded.Equals(section, StringComparison.OrdinalIgnoreCase))
                continue;
            if (header.Level == SectionLevel && (!header.IsSeen || (isDelta && DeltaReader.KindOf(title) == DeltaReader.NoKind)))
            {
                findings.Add(
                    SpecRule.HeaderSpacing,
                    IssueLevel.Warning,
                    index + 1,
                    $"\"{Js.Trim(lines.Written(index))}\" is not read as a section: its white space is wrong.",
                    $"Write `## {section}`.",
                    lines.IsTranslated(index) ? header.Respell(index + 1, "put the white space right") : header.Respell(index + 1, "put the white space right", title: section, titleLength: title.Length));
            }
            else if (isDelta && header.Level != SectionLevel)
            {
                findings.Add(SpecRule.HeaderNearMiss, IssueLevel.Warning, index + 1, $"A delta section's header has two #, not {header.Level}: this one is not read.", $"Write `## {section}`.");
            }

            return true;
        }

        if (Misspelt(header, folded, title) is { } meant)
        {
            findings.Add(
                SpecRule.HeaderNearMiss, IssueLevel.Warning, index + 1, $"\"{title}\" is nearly `{meant}`, which is what would be read.", $"Write `{meant}` if that is what it is.");
        }

        return false;
    }

    private string? Misspelt(HeaderLine header, string folded, ReadOnlySpan<char> title)
    {
        if (header.Level == SectionLevel && isDelta)
            return MisspeltSection(folded);
        var colon = title.IndexOf(':');
        var label = colon < 0 ? title : title[..colon];
        if (header.Level == RequirementLevel && colon > 0 && IsNear(label, "Requirement"))
            return "### Requirement: <name>";
        if (header.Level == ScenarioLevel && colon > 0 && IsNear(label, "Scenario"))
            return "#### Scenario: <name>";
        return null;
    }

    private static string? MisspeltSection(string folded)
    {
        var text = folded.TrimEnd(':', ' ');
        var space = text.IndexOf(' ');
        var word = space < 0 ? text : text[..space];
        var rest = space < 0 ? "" : text[(space + 1)..];
        if (rest.Length > 0 && EditDistance.Between(rest, "requirements") > Typing)
            return null;
        foreach (var section in s_deltaSections)
        {
            var kind = section[..section.IndexOf(' ')].ToLowerInvariant();
            if (word == kind || (rest.Length > 0 && EditDistance.Between(word, kind) <= Typing))
                return $"## {section}";
        }

        return rest.Length == 0 ? null : word switch
        {
            "new" => "## ADDED Requirements",
            "changed" or "updated" => "## MODIFIED Requirements",
            "deleted" or "dropped" => "## REMOVED Requirements",
            _ => null,
        };
    }

    private static bool IsNear(ReadOnlySpan<char> label, string word) =>
        !label.Equals(word, StringComparison.OrdinalIgnoreCase) && EditDistance.Between(Js.Trim(label).ToString().ToLowerInvariant(), word.ToLowerInvariant()) is <= Typing;
}
