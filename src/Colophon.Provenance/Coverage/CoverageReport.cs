using Colophon.Provenance.Attribution;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Coverage;

/// <summary>Lines by who wrote them. The three kinds add up to all lines.</summary>
/// <param name="Lines">All lines.</param>
/// <param name="Model">Lines of a model that a person accepted: the covered ones.</param>
/// <param name="Human">Lines of people.</param>
/// <param name="Unknown">Lines nobody can vouch for.</param>
public readonly record struct LineTotals(long Lines, long Model, long Human, long Unknown)
{
    /// <summary>The share of covered lines in hundredths of a percent, rounded down; 0 where there are no lines.</summary>
    public int BasisPoints => Lines == 0 ? 0 : (int)((Int128)10_000 * Model / Lines);

    /// <summary>Adds two counts.</summary>
    public static LineTotals operator +(LineTotals one, LineTotals other) =>
        new(one.Lines + other.Lines, one.Model + other.Model, one.Human + other.Human, one.Unknown + other.Unknown);

    /// <summary>Adds two counts.</summary>
    public static LineTotals Add(LineTotals one, LineTotals other) => one + other;
}

/// <summary>What lies behind a model's lines: the decision that accepted them and the generation it accepted.</summary>
public sealed record CoverageSource
{
    /// <summary>The leaf of the decision.</summary>
    public required string Decision { get; init; }

    /// <summary>The leaf of the generation.</summary>
    public required string Generation { get; init; }

    /// <summary>The change.</summary>
    public required string Change { get; init; }

    /// <summary>The task's id, null where the entry names none.</summary>
    public string? Task { get; init; }

    /// <summary>The task's text as it stood.</summary>
    public string? TaskText { get; init; }

    /// <summary>The requirements served, <c>capability/slug</c>.</summary>
    public IReadOnlyList<string> Requirements { get; init; } = [];

    /// <summary>The hash of each requirement's text when the lines were written, by its id; one that the entry names without a hash is left out.</summary>
    public IReadOnlyDictionary<string, string> RequirementHashes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>provider/model</c>, null where the entry names none.</summary>
    public string? Model { get; init; }

    /// <summary>Who accepted the lines: the holder of the key that signed, as the project's trust names them.</summary>
    public required string Person { get; init; }

    /// <summary>What the entry calls that person, where it is not the proved name; the same as <see cref="Person"/> where nothing is proved. Else null.</summary>
    public string? ClaimedPerson { get; init; }

    /// <summary>Who accepted the lines, for people to read.</summary>
    public string PersonText => new Signer(Person, ClaimedPerson).Text;

    /// <summary>When they did.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }
}

/// <summary>Consecutive lines of one kind and source.</summary>
/// <param name="Start">The first line, from 1.</param>
/// <param name="Count">How many.</param>
/// <param name="Kind">Who wrote them.</param>
/// <param name="Source">For a model's lines, the number of their source in <see cref="CoverageReport.Sources"/>.</param>
/// <param name="Cause">For lines of an unknown owner, why nobody knows.</param>
public readonly record struct CoverageRun(int Start, int Count, OwnerKind Kind, int? Source, UnknownCause? Cause = null);

/// <summary>One file's coverage.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Totals">Its lines.</param>
/// <param name="Runs">Its lines in order.</param>
public sealed record FileCoverage(string Path, LineTotals Totals, IReadOnlyList<CoverageRun> Runs);

/// <summary>How many lines something accounts for: a specification, a requirement, a change, a task, a model or a person.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lines">The model's lines it accounts for. A line that serves two requirements counts for both.</param>
/// <param name="Files">In how many files.</param>
/// <param name="IsStale">For a requirement: its text is not today's any more, or it is gone. Null where nobody asked.</param>
public sealed record CoverageShare(string Name, long Lines, int Files, bool? IsStale = null);

/// <summary>Lines of a file that no requirement asked for.</summary>
/// <param name="Path">Relative to the repository's root.</param>
/// <param name="Lines">How many: those of people, those of unknown owners, and a model's whose task names no requirement.</param>
/// <param name="Model">Those of them that are a model's.</param>
public sealed record UnaskedLines(string Path, long Lines, long Model);

/// <summary>Which specification, task, model and person wrote the lines that stand today.</summary>
public sealed record CoverageReport
{
    /// <summary>The commit the report builds on; null before the first.</summary>
    public string? Commit { get; init; }

    /// <summary>All files together.</summary>
    public required LineTotals Project { get; init; }

    /// <summary>The files, in ordinal order of their paths.</summary>
    public required IReadOnlyList<FileCoverage> Files { get; init; }

    /// <summary>The folders that hold them, in ordinal order, the root first.</summary>
    public IReadOnlyList<FolderCoverage> Folders => FolderCoverage.Of(Files);

    /// <summary>What lies behind the models' lines, in the order the files meet them.</summary>
    public required IReadOnlyList<CoverageSource> Sources { get; init; }

    /// <summary>The lines whose owner is unknown by the reason, in the order of the reasons.</summary>
    public IReadOnlyList<UnknownShare> Unknown { get; init; } = [];

    /// <summary>By specification (capability), most lines first, as all shares.</summary>
    public required IReadOnlyList<CoverageShare> Specs { get; init; }

    /// <summary>By requirement.</summary>
    public required IReadOnlyList<CoverageShare> Requirements { get; init; }

    /// <summary>By change.</summary>
    public required IReadOnlyList<CoverageShare> Changes { get; init; }

    /// <summary>By task, <c>change task</c>.</summary>
    public required IReadOnlyList<CoverageShare> Tasks { get; init; }

    /// <summary>By model, <c>provider/model</c>.</summary>
    public required IReadOnlyList<CoverageShare> Models { get; init; }

    /// <summary>By the person who accepted.</summary>
    public required IReadOnlyList<CoverageShare> People { get; init; }

    /// <summary>
    /// Today's requirements that no line serves, in ordinal order; null where nobody asked for requirements, or only a part of the project was looked at.
    /// </summary>
    public IReadOnlyList<string>? WithoutCode { get; init; }

    /// <summary>The files with lines that no requirement asked for, most such lines first.</summary>
    public required IReadOnlyList<UnaskedLines> WithoutRequirement { get; init; }

    /// <summary>Files that have no lines to count.</summary>
    public required IReadOnlyList<SkippedFile> Skipped { get; init; }

    /// <summary>What a reader of the figures should know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>What to report on.</summary>
public sealed record CoverageOptions
{
    /// <summary>Files or folders, relative to the repository's root; empty means everything. Default: empty.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Whether <c>openspec/</c> counts as code. Default: false.</summary>
    public bool Specifications { get; init; }

    /// <summary>Today's requirements, id to hash of the text, to say which coverage is stale; null asks for nothing. Default: null.</summary>
    public IReadOnlyDictionary<string, string>? Requirements { get; init; }

    /// <summary>The keys by which the entries were verified, which name the people; null where there are none, and names are what entries claim. Default: null.</summary>
    public ProjectTrust? Trust { get; init; }

    /// <summary>How to attribute.</summary>
    public AttributionOptions Attribution { get; init; } = new();
}
