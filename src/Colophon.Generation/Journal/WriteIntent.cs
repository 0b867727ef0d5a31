namespace Colophon.Generation.Journal;

/// <summary>
/// An accepted proposal that is about to be written: everything that is needed to finish, or to put back, without the program that decided it. Once it
/// stands in the journal, the decision is made.
/// </summary>
internal sealed record WriteIntent
{
    /// <summary>The id of the decision entry: the name of the transaction and the key that keeps the entry from being written twice.</summary>
    public required string Id { get; init; }

    /// <summary>The change.</summary>
    public required string Change { get; init; }

    /// <summary>The task that is ticked.</summary>
    public required string Task { get; init; }

    /// <summary>Relative to the repository's root: the file that holds the task.</summary>
    public required string TasksFile { get; init; }

    /// <summary>The session, whose folder keeps the accepted text should the write be rolled back.</summary>
    public required string Session { get; init; }

    /// <summary>The decision entry, as JSON.</summary>
    public required byte[] Decision { get; init; }

    /// <summary>The files.</summary>
    public required IReadOnlyList<FileStep> Steps { get; init; }

    /// <summary>Folders that did not exist, relative to the root: a roll-back removes them.</summary>
    public required IReadOnlyList<string> NewFolders { get; init; }
}
