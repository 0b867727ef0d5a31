using Colophon.Generation.Errors;
using Colophon.Generation.Scratch;
using Colophon.Provenance.Log;

namespace Colophon.Generation.Review;

/// <summary>What of a proposal is really written.</summary>
/// <param name="Edits">The changes, whole.</param>
/// <param name="Edited">The paths whose text the reviewer changed.</param>
/// <param name="Mode">How it was decided.</param>
internal sealed record Acceptance(IReadOnlyList<FileEdit> Edits, IReadOnlySet<string> Edited, DecisionMode Mode)
{
    /// <summary>Works out what a reviewer's answer means.</summary>
    /// <exception cref="GenerationException"><see cref="GenerationError.AnswerInvalid"/>.</exception>
    internal static Acceptance Of(Proposal proposal, ReviewAnswer.Accept answer)
    {
        var choices = answer switch
        {
            ReviewAnswer.AcceptSelection selection => selection.Files,
            ReviewAnswer.AcceptEdited edited => Whole(proposal, edited.Files),
            _ => Whole(proposal, new Dictionary<string, byte[]>(StringComparer.Ordinal)),
        };
        foreach (var name in choices.Keys)
        {
            if (proposal.Files.All(f => f.Path != name))
                throw Invalid($"The proposal has no file '{name}'.");
        }

        var edits = new List<FileEdit>();
        var changed = new HashSet<string>(StringComparer.Ordinal);
        var mode = DecisionMode.All;
        foreach (var file in proposal.Files)
        {
            var choice = choices.GetValueOrDefault(file.Path) ?? new FileChoice.Leave();
            var (edit, how) = Take(file, choice);
            mode = how > mode ? how : mode;
            if (edit is null)
                continue;
            edits.Add(edit);
            if (how == DecisionMode.Edited)
                changed.Add(file.Path);
        }

        return edits.Count > 0 || proposal.Files.Count == 0 ? new Acceptance(edits, changed, mode) : throw Invalid("Nothing of the proposal was taken.");
    }

    private static (FileEdit? Edit, DecisionMode How) Take(ProposedFile file, FileChoice choice)
    {
        var edit = file.Edit;
        switch (choice)
        {
            case FileChoice.Leave:
                return (null, DecisionMode.PerFile);
            case FileChoice.Edited edited when edit.After is not null && edited.Content.AsSpan().SequenceEqual(edit.After.Content):
                return (edit, DecisionMode.All);
            case FileChoice.Edited edited:
                return (Rewrite(edit, edited.Content), DecisionMode.Edited);
            case FileChoice.Hunks hunks:
                if (hunks.Indices.FirstOrDefault(i => i < 0 || i >= file.Hunks.Count, -1) is var wrong and >= 0 || hunks.Indices.Any(static i => i < 0))
                    throw Invalid($"'{file.Path}' has no hunk of that number; it has {file.Hunks.Count}.");
                var chosen = hunks.Indices.Distinct().Count();
                return chosen == file.Hunks.Count ? (edit, DecisionMode.All)
                    : chosen == 0 ? (null, DecisionMode.PerHunk)
                    : (Rewrite(edit, ProposalText.Select(edit, hunks.Indices)), DecisionMode.PerHunk);
            default:
                return (edit, DecisionMode.All);
        }
    }

    // Other text than proposed: a deletion that is taken in part only changes the file, and a change back to what was is none.
    private static FileEdit? Rewrite(FileEdit edit, byte[] content)
    {
        var after = (edit.After ?? edit.Before ?? new FileState([], UnixFileMode.None)) with { Content = content };
        var rewritten = edit with { Action = edit.Action == EditAction.Delete ? EditAction.Modify : edit.Action, After = after };
        return rewritten.RenamedFrom is null && after.Same(edit.Before) ? null : rewritten;
    }

    private static Dictionary<string, FileChoice> Whole(Proposal proposal, IReadOnlyDictionary<string, byte[]> edited)
    {
        var choices = proposal.Files.ToDictionary(static f => f.Path, static FileChoice (_) => new FileChoice.Whole(), StringComparer.Ordinal);
        foreach (var (path, content) in edited)
            choices[path] = new FileChoice.Edited(content);
        return choices;
    }

    private static GenerationException Invalid(string message) =>
        new(GenerationError.AnswerInvalid, message, "To take nothing, reject the proposal.");
}
