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

/// <summary>Takes every proposal whole, as <c>--yes</c> asks. It never confirms a secret: such a proposal is refused.</summary>
public sealed class AutoAccept : IReviewer
{
    /// <inheritdoc/>
    public bool IsPolicy => true;

    /// <inheritdoc/>
    public Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken) =>
        Task.FromResult<ReviewAnswer>(new ReviewAnswer.AcceptAll());
}
