using Colophon.Kernel.Words;
using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>What a delta says that is ignored without a word, or does more than it says.</summary>
internal sealed class DeltaChecks(DeltaPlan plan, MainSpec? target, string id, FileFindings findings)
{
    private const int RemovedKind = 2;
    private const int RenamedKind = 3;

    internal void Run()
    {
        CheckLabels();
        if (target is null)
            return;
        CheckPurpose(target);
        CheckRemoved(target);
        CheckTails(target);
    }

    /// <summary>Lines of RENAMED and REMOVED that nearly have the form that is read.</summary>
    private void CheckLabels()
    {
        if (!plan.Present[RemovedKind] && !plan.Present[RenamedKind])
            return;
        var kind = DeltaReader.NoKind;
        for (var i = 0; i < plan.Lines.Count; i++)
        {
            if (plan.Lines.IsFenced(i))
                continue;
            var line = plan.Lines[i];
            if (Headers.IsSection(line, out var title))
                kind = DeltaReader.KindOf(title);
            else if (kind == RenamedKind)
                CheckRename(i, line);
            else if (kind == RemovedKind)
                CheckRemoval(i, line);
        }
    }

    private void CheckRename(int index, ReadOnlySpan<char> line)
    {
        var at = AfterBullet(line);
        foreach (var label in (ReadOnlySpan<string>)["FROM:", "TO:"])
        {
            if (!Js.StartsWithIgnoringCase(line[at..], label))
                continue;
            var rest = Js.TrimStart(line[(at + label.Length)..]);
            if (line[at..].StartsWith(label) && Headers.TryQuotedRequirement(rest, out _))
                return;
            var header = line.Length - rest.Length;
            ReportLabel(SpecRule.RenameLabel, index, line, at, [.. line[at..header].StartsWith(label) ? [] : new[] { new TextEdit(index + 1, at + 1, label.Length, label) }], header);
            return;
        }
    }

    private void CheckRemoval(int index, ReadOnlySpan<char> line)
    {
        var at = AfterBullet(line);
        if (at == Js.CountSpaces(line) || Headers.TryQuotedRequirement(line[at..], out _))
            return;
        var rest = line[at..].TrimStart('`');
        if (rest.StartsWith("#") && Js.StartsWithIgnoringCase(Js.TrimStart(rest.TrimStart('#')), "Requirement"))
            ReportLabel(SpecRule.RemovedLabel, index, line, at, [], at);
    }

    private void ReportLabel(SpecRule rule, int index, ReadOnlySpan<char> line, int at, List<TextEdit> edits, int header)
    {
        var start = header + (line[header..].StartsWith("`") ? 1 : 0);
        var word = start + 3 + (line[start..].StartsWith("###") ? Js.CountSpaces(line[(start + 3)..]) : 0);
        var certain = line[start..].StartsWith("###") && word <= line.Length && Js.StartsWithIgnoringCase(line[word..], Headers.Requirement);
        if (certain && !line[word..].StartsWith(Headers.Requirement))
            edits.Add(new TextEdit(index + 1, word + 1, Headers.Requirement.Length, Headers.Requirement));
        findings.Add(
            rule,
            IssueLevel.Warning,
            index + 1,
            $"\"{Js.Trim(line[at..])}\" is not read: its spelling is not the one that is looked for.",
            rule == SpecRule.RenameLabel ? "Write `- FROM: `### Requirement: <name>`` and TO: the same way." : "Write `- `### Requirement: <name>``.",
            certain && edits.Count > 0 ? new SpecFix("spell it as it is read", edits) : null);
    }

    private static int AfterBullet(ReadOnlySpan<char> line)
    {
        var at = Js.CountSpaces(line);
        if (at < line.Length && line[at] is '-' or '*' or '+')
            at += 1 + Js.CountSpaces(line[(at + 1)..]);
        return at;
    }

    private void CheckPurpose(MainSpec main)
    {
        if (NewSpec.PurposeOf(plan.Lines, plan.HasMark) is not { } purpose || NewSpec.PurposeOf(main.Lines, main.Lines != main.RawLines) is not { } existing || purpose == existing)
            return;
        var line = 1;
        while (line < plan.Lines.Count && (plan.Lines.IsFenced(line - 1) || !Headers.IsSectionNamed(plan.Lines[line - 1], "Purpose")))
            line++;
        findings.Add(
            SpecRule.PurposeIgnored, IssueLevel.Warning, line, $"This Purpose is ignored: {id} has one already, which says something else.", $"Edit openspec/specs/{id}/spec.md, and remove the section here.");
    }

    private void CheckRemoved(MainSpec main)
    {
        foreach (var (name, line) in plan.Removed)
        {
            var key = Headers.NormaliseName(name).ToString();
            if (main.Blocks.Exists(block => block.Key == key) || plan.Renamed.Exists(rename => Headers.NormaliseName(rename.To).SequenceEqual(key)))
                continue;
            // A name that differs in case or spacing only is refused, and told as that.
            var fold = NameFold.Of(key);
            if (main.Blocks.Exists(block => NameFold.Of(block.Key) == fold))
                continue;
            var near = EditDistance.Closest(key, main.Blocks.Select(static block => block.Name));
            findings.Add(
                SpecRule.RemovedMissing,
                IssueLevel.Warning,
                line,
                $"{id} has no requirement \"{name}\": archive takes it as removed already.",
                near is null ? "Check the name, or drop the entry." : $"Did you mean \"{near}\"?");
        }
    }

    private void CheckTails(MainSpec main)
    {
        foreach (var block in main.Blocks)
        {
            if (ForeignTail.Find(block) is null)
                continue;
            var replacement = plan.Modified.Find(modified => modified.Key == block.Key);
            var removal = plan.Removed.Find(removed => Headers.NormaliseName(removed.Name).SequenceEqual(block.Key));
            if (replacement is null && removal.Name is null)
                continue;
            if (ForeignTail.IsLost(block, replacement is null ? null : new MergedBlock(replacement, replacement.Name)) is { } heading)
            {
                findings.Add(
                    SpecRule.ForeignTail,
                    IssueLevel.Warning,
                    replacement?.Line ?? removal.Line,
                    $"In {id}, \"{heading}\" stands inside requirement \"{block.Name}\" and goes with it.",
                    "Move it above `## Requirements` in the specification, or repeat it here.",
                    related: [new RelatedPlace($"openspec/specs/{id}/spec.md", block.Line, "the requirement")]);
            }
        }
    }
}
