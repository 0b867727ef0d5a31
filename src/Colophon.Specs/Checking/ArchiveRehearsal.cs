using Colophon.Kernel.Words;
using Colophon.Specs.Merging;
using Colophon.Specs.Parsing;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Checking;

/// <summary>Merges a delta in memory as archive would, and tells why archive would refuse.</summary>
internal static class ArchiveRehearsal
{
    private const string HeaderMark = "### Requirement: ";

    /// <summary>Rehearses one delta file that has no error of its own.</summary>
    /// <param name="plan">The delta.</param>
    /// <param name="id">The capability.</param>
    /// <param name="change">The change's name.</param>
    /// <param name="target">The main spec, or null where there is none.</param>
    /// <param name="mayRetire">Whether the change declares that it gives capabilities up.</param>
    /// <param name="findings">Receives the refusal.</param>
    internal static void Check(DeltaPlan plan, string id, string change, MainSpec? target, bool mayRetire, FileFindings findings)
    {
        if (SpecMerge.TryApply(plan, id, change, target, id, out var merge) is { } refusal || merge is null)
        {
            var message = SpecMerge.TryApply(plan, id, change, target, id, out _) ?? "";
            var name = NameIn(message);
            findings.Add(SpecRule.ArchiveRefuses, IssueLevel.Error, name is null ? 1 : plan.LineOf(Headers.NormaliseName(name).ToString()), $"Archive would refuse this: {message}", Hint(message, name, target));
            return;
        }

        var text = merge.Text();
        var merged = MainSpec.Read(text, plan.Lines.Keywords);
        var issues = new Issues();
        SpecRules.Check(merged, issues);
        var first = issues.Found.FirstOrDefault(static issue => issue.Level == IssueLevel.Error);
        if (first is null || IsRetired(merge, issues.Found, target, mayRetire))
            return;
        var onlyEmpty = first.Code == "spec-no-requirements" && merge.IsEmpty && merge.Counts.Removed > 0;
        var culprit = Culprit(merged, first, plan);
        findings.Add(
            SpecRule.ArchiveRefuses,
            IssueLevel.Error,
            culprit,
            $"Archive would refuse this: the specification would not be valid afterwards{(first.At > 0 && first.At <= merged.Lines.Count ? $" at \"{Js.Trim(merged.Lines.Written(first.At - 1))}\"" : "")}: {FirstLine(first.Message)}",
            onlyEmpty ? Retirement(merge, mayRetire)
                : culprit > 1 ? "Mend it here." : $"Mend openspec/specs/{id}/spec.md, or what this delta leaves of it.");
    }

    private static bool IsRetired(SpecMerge merge, IReadOnlyList<ValidationIssue> issues, MainSpec? target, bool mayRetire) =>
        mayRetire && merge.IsEmpty && merge.Unaccounted().Count == 0 && (target is null || merge.Counts.Removed > 0)
        && issues.All(static issue => issue.Level != IssueLevel.Error || issue.Code == "spec-no-requirements");

    private static string Retirement(SpecMerge merge, bool mayRetire) => merge.Unaccounted() is { Count: > 0 } lines
        ? $"The last requirement goes, but the specification holds more, such as \"{lines[0]}\": move that into Purpose first."
        : mayRetire ? "Keep a requirement, or delete the specification by hand."
        : "The last requirement goes: set `retire_capabilities: true` in the change's .openspec.yaml to give the capability up.";

    /// <summary>The line of the delta that the fault in the merged text came from, or 1.</summary>
    private static int Culprit(MainSpec merged, ValidationIssue issue, DeltaPlan plan)
    {
        if (issue.At < 1 || issue.At > merged.Lines.Count)
            return 1;
        var line = Js.TrimEnd(merged.Lines[issue.At - 1]);
        for (var i = 0; i < plan.Lines.Count && line.Length > 0; i++)
        {
            if (!plan.Lines.IsFenced(i) && Js.TrimEnd(plan.Lines[i]).SequenceEqual(line))
                return i + 1;
        }

        return 1;
    }

    private static string? NameIn(string refusal)
    {
        var at = refusal.IndexOf(HeaderMark, StringComparison.Ordinal);
        // What is wrong with the specification's own headers is on no line of the delta.
        if (at < 0 || refusal.Contains(": target spec is structurally invalid", StringComparison.Ordinal))
            return null;
        var end = refusal.IndexOf("\" - ", at, StringComparison.Ordinal);
        if (end < 0)
            end = refusal.IndexOf('"', at);
        return end < 0 ? null : refusal[(at + HeaderMark.Length)..end];
    }

    private static string Hint(string refusal, string? name, MainSpec? target)
    {
        if (target is null)
            return "Only ADDED works for a capability that has no specification yet; check the folder's name.";
        if (name is not null && refusal.EndsWith("not found", StringComparison.Ordinal))
        {
            return EditDistance.Closest(name, target.Blocks.Select(static block => block.Name)) is { } near
                ? $"Did you mean \"{near}\"?"
                : "Another change may have renamed or removed it; `colophon show` lists today's requirements.";
        }

        return refusal.EndsWith("already exists", StringComparison.Ordinal)
            ? "Use MODIFIED to change it, or choose another name."
            : "Write the delta against today's specification.";
    }

    private static string FirstLine(string message) => message.IndexOf('\n') is > 0 and var end ? message[..end] : message;
}
