using Colophon.Provenance.Attribution;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Coverage;

/// <summary>Consecutive lines of a file with one answer to "who wrote this?".</summary>
public sealed record BlameRun
{
    /// <summary>The first line, from 1.</summary>
    public required int Start { get; init; }

    /// <summary>How many lines.</summary>
    public required int Count { get; init; }

    /// <summary>Who wrote them.</summary>
    public required OwnerKind Kind { get; init; }

    /// <summary>Behind a model's lines: the specification, the task, the model and the person who accepted.</summary>
    public CoverageSource? Source { get; init; }

    /// <summary>Those of the source's requirements that read differently today, or are gone.</summary>
    public IReadOnlyList<string> Stale { get; init; } = [];

    /// <summary>The leaf of the entry that says so; null where only git does.</summary>
    public string? Entry { get; init; }

    /// <summary>The commit that brought lines no entry claims; null for lines not committed yet.</summary>
    public string? Commit { get; init; }

    /// <summary>The person: the holder of the key that signed the entry, as the project's trust names them; without an entry the commit's author, as git has it. Null where nobody is known.</summary>
    public string? Person { get; init; }

    /// <summary>What the entry calls that person, where it is not the proved name; the same as <see cref="Person"/> where nothing is proved. Else null.</summary>
    public string? ClaimedPerson { get; init; }

    /// <summary>The person for people to read; null where nobody is known.</summary>
    public string? PersonText => Person is null ? null : new Signer(Person, ClaimedPerson).Text;

    /// <summary>When they did; null for lines not committed yet.</summary>
    public DateTimeOffset? When { get; init; }

    /// <summary>Why nobody knows who wrote them, where the owner is unknown.</summary>
    public UnknownCause? Cause { get; init; }

    /// <summary>The leaf of the entry whose lines a person replaced with these, where one did.</summary>
    public string? Overrides { get; init; }
}

/// <summary>Who wrote each line of a file.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="Runs">The answers in line order; they cover every line once.</param>
public sealed record FileBlame(string Path, int Lines, IReadOnlyList<BlameRun> Runs)
{
    /// <summary>What a reader of the answers should know, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
