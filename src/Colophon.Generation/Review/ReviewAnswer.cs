namespace Colophon.Generation.Review;

/// <summary>What a reviewer says to a proposal.</summary>
public abstract record ReviewAnswer
{
    private protected ReviewAnswer()
    {
    }

    /// <summary>Some or all of it is taken.</summary>
    public abstract record Accept : ReviewAnswer
    {
        private protected Accept()
        {
        }

        /// <summary>The reviewer saw <see cref="Proposal.Secrets"/> and means them. Without this a proposal with secrets is refused.</summary>
        public bool SecretsConfirmed { get; init; }
    }

    /// <summary>Everything is taken as proposed.</summary>
    public sealed record AcceptAll : Accept;

    /// <summary>Each file gets its own answer; a file that is not named is left as it was.</summary>
    /// <param name="Files">The choices by <see cref="ProposedFile.Path"/>.</param>
    public sealed record AcceptSelection(IReadOnlyDictionary<string, FileChoice> Files) : Accept;

    /// <summary>Everything is taken, some files with the reviewer's own text instead of the model's.</summary>
    /// <param name="Files">The whole new content by <see cref="ProposedFile.Path"/>; files that are not named are taken as proposed.</param>
    public sealed record AcceptEdited(IReadOnlyDictionary<string, byte[]> Files) : Accept;

    /// <summary>Nothing is taken. The rejection is recorded.</summary>
    /// <param name="Reason">Why, in the reviewer's words; goes to the model where it may try again, and into the log.</param>
    /// <param name="Retry">Let the model try again, knowing the reason; after the third try the rejection is final.</param>
    public sealed record Reject(string Reason, bool Retry) : ReviewAnswer;

    /// <summary>Nothing is decided: the run ends and can be resumed with this proposal.</summary>
    public sealed record Stop : ReviewAnswer;
}

/// <summary>What becomes of one proposed file.</summary>
public abstract record FileChoice
{
    private protected FileChoice()
    {
    }

    /// <summary>Taken as proposed.</summary>
    public sealed record Whole : FileChoice;

    /// <summary>Only some hunks are taken (text files that existed before).</summary>
    /// <param name="Indices">Indices into <see cref="ProposedFile.Hunks"/>; none leaves the file as it was.</param>
    public sealed record Hunks(IReadOnlyList<int> Indices) : FileChoice;

    /// <summary>Taken with the reviewer's own text.</summary>
    /// <param name="Content">The whole new content.</param>
    public sealed record Edited(byte[] Content) : FileChoice;

    /// <summary>Left as it was.</summary>
    public sealed record Leave : FileChoice;
}
