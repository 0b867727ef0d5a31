using Colophon.Cli.Reviewing;
using Colophon.Cli.Terminals;
using Colophon.Generation.Review;

namespace Colophon.Cli.Commands.Demo;

/// <summary>Shows each proposal as a person would see it, and takes it.</summary>
internal sealed class ShowingReviewer(Terminal terminal) : IReviewer
{
    /// <inheritdoc/>
    public bool IsPolicy => true;

    /// <inheritdoc/>
    public Task<ReviewAnswer> ReviewAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        ProposalView.Write(terminal, proposal);
        return Task.FromResult<ReviewAnswer>(new ReviewAnswer.AcceptAll());
    }
}
