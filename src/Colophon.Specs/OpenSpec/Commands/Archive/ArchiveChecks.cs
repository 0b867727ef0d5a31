using Colophon.Specs.Archiving;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.OpenSpec.Commands.Archive;

/// <summary>What archive checks of a change before it looks at the main specs.</summary>
internal sealed class ArchiveChecks(Session session, SpecTree tree, string change)
{
    /// <summary>Whether the archive may go on.</summary>
    internal bool Pass()
    {
        if (!session.Json)
            WarnAboutProposal();
        if (!HasDeltas())
            return true;
        var item = new ValidationRun(tree, strict: false).DeltasAlone(change);
        if (item.Valid)
            return true;
        if (session.Json)
        {
            throw new OpenSpecFailure(
                $"Validation failed for change '{change}'.",
                "archive_validation_failed",
                $"Run {session.Hint($"openspec validate {change}")} for details, fix the errors, or rerun with --no-validate.");
        }

        session.Line(session.Paint(Color.Red, "\nValidation errors in change delta specs:"));
        WriteIssues(session, item.Issues);
        session.Line(session.Paint(Color.Red, "\nValidation failed. Please fix the errors before archiving."));
        session.Line(session.Paint(Color.Yellow, "To skip validation (not recommended), use --no-validate flag."));
        session.ExitCode = 1;
        return false;
    }

    internal static void WriteIssues(Session session, IReadOnlyList<ValidationIssue> issues)
    {
        foreach (var issue in issues)
        {
            if (issue.Level == IssueLevel.Error)
                session.Line(session.Paint(Color.Red, $"  ✗ {issue.Message}"));
            else if (issue.Level == IssueLevel.Warning)
                session.Line(session.Paint(Color.Yellow, $"  ⚠ {issue.Message}"));
        }
    }

    private void WarnAboutProposal()
    {
        var warnings = ProposalWarnings.Find(tree, change);
        if (warnings.Count == 0)
            return;
        session.Line(session.Paint(Color.Yellow, "\nProposal warnings in proposal.md (non-blocking):"));
        foreach (var warning in warnings)
            session.Line(session.Paint(Color.Yellow, $"  {(warning.Level == IssueLevel.Info ? "ℹ" : "⚠")} {warning.Message}"));
    }

    /// <summary>Whether there is anything for the delta rules to look at: a delta, one that no reader sees, or a marker that forbids them.</summary>
    private bool HasDeltas()
    {
        var directory = $"{tree.ChangesPath}/{change}";
        var specs = $"{directory}/specs";
        if (File.Exists($"{specs}/{SpecFiles.FileName}") || UnreadDeltas.Find(specs).Count > 0)
            return true;
        var (declared, reason) = ChangeMetadata.Read(directory).Marker("skip_specs", new SchemaLibrary(tree.Root));
        if (reason is not null || (declared && HoldsFiles(specs)))
            return true;
        foreach (var file in SpecUpdate.Files(specs))
        {
            if (FileText.Read(file.Path).Text is { } text && MentionsSection(text))
                return true;
        }

        return false;
    }

    private static bool HoldsFiles(string specs)
    {
        try
        {
            return File.Exists(specs) || NestedChanges.HasAnyFile(specs);
        }
        catch (SpecException)
        {
            return true;
        }
    }

    /// <summary><c>^##\s+(ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements</c>, multi-line, any case, fences and all.</summary>
    private static bool MentionsSection(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '#' || (at > 0 && !Js.IsLineEnd(text[at - 1])) || !text[at..].StartsWith("##"))
                continue;
            var rest = text[(at + 2)..];
            var title = Js.TrimStart(rest);
            if (title.Length == rest.Length)
                continue;
            foreach (var kind in DeltaReader.Kinds)
            {
                if (!Js.StartsWithIgnoringCase(title, kind))
                    continue;
                var tail = title[kind.Length..];
                var word = Js.TrimStart(tail);
                if (word.Length < tail.Length && Js.StartsWithIgnoringCase(word, "Requirements"))
                    return true;
            }
        }

        return false;
    }
}
