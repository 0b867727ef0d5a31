namespace Colophon.Specs.Archiving;

/// <summary>Why an archive that had begun was given up; the tree is as it was.</summary>
internal sealed class ArchiveFailure(string message, bool destinationTaken = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The place in the archive is taken, or being taken.</summary>
    internal bool DestinationTaken { get; } = destinationTaken;
}
