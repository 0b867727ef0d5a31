using Colophon.Generation.Scratch;
using Colophon.Text.Diff;

namespace Colophon.Generation.Review;

/// <summary>The task a proposal answers.</summary>
/// <param name="Id">Its number inside the change, such as <c>1.2</c>.</param>
/// <param name="Description">Its text.</param>
/// <param name="Group">The heading it stands under, or null.</param>
public sealed record ProposedTask(string Id, string Description, string? Group);

/// <summary>A place in a proposal that looks like a secret. The secret itself is never carried along.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">Its line in the proposed text, from 1.</param>
/// <param name="Kind">What it looks like, such as <c>private key</c>.</param>
public sealed record SecretFlag(string Path, int Line, string Kind)
{
    /// <summary>SHA-256 of the text, by which the configuration can allow it (<c>secrets.allow</c>).</summary>
    public string Hash { get; init; } = "";
}

/// <summary>What a model wants to change for one task, ready for review.</summary>
public sealed record Proposal
{
    /// <summary>The change's name.</summary>
    public required string Change { get; init; }

    /// <summary>The task.</summary>
    public required ProposedTask Task { get; init; }

    /// <summary>Which try this is, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many tries there are in all.</summary>
    public required int Attempts { get; init; }

    /// <summary>The model that wrote it, as <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>What the model said at the end.</summary>
    public required string Summary { get; init; }

    /// <summary>The files, by path; empty where the model says that the task needs no change, or where the user's tree holds all of it already.</summary>
    public required IReadOnlyList<ProposedFile> Files { get; init; }

    /// <summary>What the model did and may not: one sentence each. None of it is part of the proposal.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Places that look like secrets. Accepting needs <see cref="ReviewAnswer.Accept.SecretsConfirmed"/> where there are any.</summary>
    public IReadOnlyList<SecretFlag> Secrets { get; init; } = [];

    /// <summary>Lines added over all files.</summary>
    public int Added => Files.Sum(static f => f.Added);

    /// <summary>Lines removed over all files.</summary>
    public int Removed => Files.Sum(static f => f.Removed);
}

/// <summary>One file of a proposal.</summary>
public sealed record ProposedFile
{
    /// <summary>The file's path, <c>/</c> between its parts.</summary>
    public string Path => Edit.Path.Value;

    /// <summary>What happens to it.</summary>
    public EditAction Action => Edit.Action;

    /// <summary>Where a renamed file was before, or null.</summary>
    public string? RenamedFrom => Edit.RenamedFrom?.Value;

    /// <summary>The whole change.</summary>
    public required FileEdit Edit { get; init; }

    /// <summary>The hunks a reviewer may choose from; empty for a binary file, a link, a pure rename or a change of mode alone.</summary>
    public required IReadOnlyList<PatchHunk> Hunks { get; init; }

    /// <summary>The unified diff in git's style, with a line for a change of mode.</summary>
    public required string Diff { get; init; }

    /// <summary>Lines added.</summary>
    public int Added => Hunks.Sum(static h => h.Changes.Sum(static c => c.NewLines));

    /// <summary>Lines removed.</summary>
    public int Removed => Hunks.Sum(static h => h.Changes.Sum(static c => c.OldLines));
}
