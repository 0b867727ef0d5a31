namespace Colophon.Specs.Authoring;

/// <summary>A scenario as a person told it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Steps">Its steps in order, each with its word: <c>GIVEN</c>, <c>WHEN</c>, <c>THEN</c> or <c>AND</c>.</param>
public sealed record DraftScenario(string Name, IReadOnlyList<(string Word, string Text)> Steps);

/// <summary>A requirement as a person told it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">Its sentence, which says SHALL or MUST.</param>
/// <param name="Scenarios">Its scenarios; at least one.</param>
public sealed record DraftRequirement(string Name, string Text, IReadOnlyList<DraftScenario> Scenarios);

/// <summary>A requirement that goes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
/// <param name="Migration">What takes its place.</param>
public sealed record DraftRemoval(string Name, string Reason, string Migration);

/// <summary>What a change does to one capability.</summary>
public sealed record DraftDelta
{
    /// <summary>The capability's id, such as <c>user-auth</c>.</summary>
    public required string Capability { get; init; }

    /// <summary>What a new capability is for; null for one that exists.</summary>
    public string? Purpose { get; init; }

    /// <summary>Requirements it gains.</summary>
    public IReadOnlyList<DraftRequirement> Added { get; init; } = [];

    /// <summary>Requirements that read otherwise afterwards; scenarios they have already are kept in front of the new ones.</summary>
    public IReadOnlyList<DraftRequirement> Modified { get; init; } = [];

    /// <summary>Requirements it loses.</summary>
    public IReadOnlyList<DraftRemoval> Removed { get; init; } = [];
}

/// <summary>A change before it is written. What is left out becomes a comment that says what belongs there.</summary>
public sealed record ChangeDraft
{
    /// <summary>The folder's name, in kebab case.</summary>
    public required string Name { get; init; }

    /// <summary>The title; the name where it is left out.</summary>
    public string? Title { get; init; }

    /// <summary>Why it is wanted.</summary>
    public string? Why { get; init; }

    /// <summary>What changes, a point each.</summary>
    public IReadOnlyList<string> WhatChanges { get; init; } = [];

    /// <summary>What it does to the specifications.</summary>
    public IReadOnlyList<DraftDelta> Deltas { get; init; } = [];

    /// <summary>Whether it is meant to change no specification.</summary>
    public bool NoSpecs { get; init; }

    /// <summary>Groups of tasks.</summary>
    public IReadOnlyList<(string Title, IReadOnlyList<string> Tasks)> Tasks { get; init; } = [];
}

/// <summary>A change that was written.</summary>
/// <param name="Path">Its folder, relative to the root of the tree.</param>
/// <param name="Files">Its files, relative to the root of the tree.</param>
/// <param name="ToFill">What is left to write, each as <c>file: what</c>; empty where nothing is.</param>
public sealed record WrittenChange(string Path, IReadOnlyList<string> Files, IReadOnlyList<string> ToFill);
