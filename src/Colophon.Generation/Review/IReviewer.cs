using Colophon.Generation.Errors;
using Colophon.Security.Redaction;

namespace Colophon.Generation.Review;

/// <summary>Decides about proposals: a person at a terminal, an editor, or a policy.</summary>
public interface IReviewer
{
    /// <summary>Whether nobody really looks: the log then says that a policy decided, not a person. Default false.</summary>
    bool IsPolicy => false;

    /// <summary>Looks at one proposal and answers. Nothing has been written to the user's tree yet.</summary>
    /// <param name="proposal">What the model wants to change.</param>
    /// <param name="cancellationToken">Interrupts the review; the session can be resumed with the same proposal.</param>
    Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken);
}

/// <summary>
/// Takes every proposal whole, as <c>--yes</c> asks. It never confirms a secret, and it takes a proposal without any file only where that was allowed:
/// a task that nobody worked on must not be ticked by nobody.
/// </summary>
public sealed class AutoAccept : IReviewer
{
    private const int SummaryCharacters = 600;

    /// <inheritdoc/>
    public bool IsPolicy => true;

    /// <summary>Whether a task may be done without changing a file, as <c>--allow-empty</c> says. Default false.</summary>
    public bool AllowEmpty { get; init; }

    /// <inheritdoc/>
    /// <exception cref="GenerationException"><see cref="GenerationError.NothingProposed"/>: no file is changed and that was not allowed.</exception>
    public Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken) =>
        proposal.Files.Count > 0 || AllowEmpty
            ? Task.FromResult<ReviewAnswer>(new ReviewAnswer.AcceptAll())
            : throw NothingProposed(proposal);

    private static GenerationException NothingProposed(Proposal proposal)
    {
        var why = proposal.LeftOut.Count > 0 ? $" What it did is not allowed: {string.Join(" ", proposal.LeftOut)}" : "";
        var said = Beginning(proposal.Summary) is { Length: > 0 } text ? $" It says: {text}" : "";
        return new GenerationException(
            GenerationError.NothingProposed,
            $"The model changed no file for task {proposal.Task.Id}.{why}{said}",
            "Look at it yourself with --resume and without --yes, or let such tasks be done with --allow-empty.");
    }

    // An error is read at a glance; the whole of it is in the session.
    private static string Beginning(string summary)
    {
        var text = Redactor.Scrub(summary).Trim();
        if (text.Length <= SummaryCharacters)
            return text;
        var end = char.IsHighSurrogate(text[SummaryCharacters - 1]) ? SummaryCharacters - 1 : SummaryCharacters;
        return text[..end] + "…";
    }
}
