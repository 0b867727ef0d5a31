using Colophon.Provenance.Log;

namespace Colophon.Provenance.Attribution;

/// <summary>What stands behind a line.</summary>
public enum OwnerKind
{
    /// <summary>
    /// Not known: the history that brought the line is not in this clone, the only entry that claims it is not authentic, or its commit brought entries that are nowhere. Never a guess.
    /// </summary>
    Unknown,

    /// <summary>A person, as far as the log says: no entry claims the line, or an entry says a person wrote it.</summary>
    Human,

    /// <summary>A model's text that a person accepted, by an authentic entry.</summary>
    Model,
}

/// <summary>Who wrote a line that stands today, and what says so.</summary>
/// <param name="Kind">What stands behind the line.</param>
/// <param name="Entry">The leaf of the decision, edit or other entry that says so; null where only git does.</param>
/// <param name="Commit">The commit that brought a line that no entry claims; null for lines not committed yet.</param>
/// <param name="Overrides">The leaf of the entry whose line a person's line took the place of, where one did.</param>
/// <param name="Cause">Why nobody knows, where the owner is unknown.</param>
public sealed record LineOwner(OwnerKind Kind, string? Entry = null, string? Commit = null, string? Overrides = null, UnknownCause? Cause = null);

/// <summary>Consecutive lines with one owner.</summary>
/// <param name="Start">The first line, from 1.</param>
/// <param name="Count">How many lines.</param>
/// <param name="Owner">Their owner.</param>
public readonly record struct LineRun(int Start, int Count, LineOwner Owner);

/// <summary>A file and who wrote each of its lines.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Runs">The owners in line order; they cover every line once.</param>
public sealed record AttributedFile(string Path, int Lines, IReadOnlyList<LineRun> Runs);

/// <summary>Why a file has no lines to attribute.</summary>
public enum SkipReason
{
    /// <summary>It holds a NUL byte near its start.</summary>
    Binary,

    /// <summary>It is larger than <see cref="AttributionOptions.LargestFile"/>.</summary>
    TooLarge,

    /// <summary>Its content is not in this clone.</summary>
    Missing,
}

/// <summary>A file that was left out.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedFile(string Path, SkipReason Reason);

/// <summary>Who wrote the lines of a whole tree.</summary>
/// <param name="Commit">The commit the answer builds on; null before the first.</param>
/// <param name="Files">The text files, in ordinal order of their paths.</param>
/// <param name="Skipped">The files that were left out, likewise.</param>
public sealed record TreeAttribution(string? Commit, IReadOnlyList<AttributedFile> Files, IReadOnlyList<SkippedFile> Skipped)
{
    /// <summary>Whether the clone holds only the later part of the history.</summary>
    public bool IsShallow { get; init; }

    /// <summary>Entries that are not in the log any more and that git's history gave back; of them only those may be named that speak for lines here.</summary>
    public IReadOnlyList<Entry> FromHistory { get; init; } = [];
}

/// <summary>What to attribute.</summary>
public sealed record AttributionOptions
{
    /// <summary>The largest file that is looked into, in bytes.</summary>
    public const int LargestFile = 16 * 1024 * 1024;

    /// <summary>Whether what is not committed yet counts: files as they lie in the working tree, entries not committed. Default: true.</summary>
    public bool WorkingTree { get; init; } = true;

    /// <summary>The directory of the disposable store, absolute; null keeps nothing. Default: null.</summary>
    public string? StoreDirectory { get; init; }

    /// <summary>What is known of entries that are not here; without it, what git's history holds of them is not believed.</summary>
    public AbsentEntries? Absent { get; init; }

    /// <summary>Told how far a long run is: commits done and commits in all.</summary>
    public IProgress<(int Done, int Total)>? Progress { get; init; }
}
