using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Security.Audit;
using Colophon.Security.Redaction;
using Colophon.Security.Sandbox;
using Colophon.Specs;
using Colophon.Tools;
using Microsoft.Extensions.AI;

namespace Colophon.Generation.Apply;

/// <summary>Everything that applying a change works with.</summary>
public sealed record ApplyOptions
{
    /// <summary>The user's repository.</summary>
    public required GitRepository Repository { get; init; }

    /// <summary>The specifications.</summary>
    public required SpecTree Specs { get; init; }

    /// <summary>The signed log.</summary>
    public required AuditLog Log { get; init; }

    /// <summary>Signs the entries.</summary>
    public required SigningKey Key { get; init; }

    /// <summary>The name the person goes by in the log.</summary>
    public required string Person { get; init; }

    /// <summary>Makes the client of the model for a scratch tree (given absolute): a cassette must know the folder, which no two runs share.</summary>
    public required Func<string, IChatClient> Client { get; init; }

    /// <summary>The model's name, <c>provider/model</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Temperature and the like; null for the provider's defaults.</summary>
    public ChatOptions? ChatOptions { get; init; }

    /// <summary>What the model may call.</summary>
    public ToolRegistry Tools { get; init; } = ToolRegistry.BuiltIn;

    /// <summary>Confines the commands of the shell tool; null where there is none, which the model is told.</summary>
    public required ISandbox? Sandbox { get; init; }

    /// <summary>What the scanner for secrets leaves alone in a proposal.</summary>
    public ScanOptions Secrets { get; init; } = ScanOptions.Default;

    /// <summary>Paths outside the project that commands may read.</summary>
    public IReadOnlyList<string> ReadableRoots { get; init; } = [];

    /// <summary>Whether commands may reach the network.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>Takes note of consents and denials; what it holds is written into the log after each task and where the run ends.</summary>
    public SecurityJournal Journal { get; init; } = new();

    /// <summary>The limits.</summary>
    public ApplyLimits Limits { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Hears what happens; waited for, so that what it shows is in order with the review.</summary>
    public Func<ApplyEvent, CancellationToken, ValueTask> Listener { get; init; } = static (_, _) => ValueTask.CompletedTask;
}

/// <summary>What applying a change may use.</summary>
public sealed record ApplyLimits
{
    /// <summary>Model calls for one task. Default 40.</summary>
    public int Turns { get; init; } = 40;

    /// <summary>Tokens in and out for one task. Default a million.</summary>
    public long Tokens { get; init; } = 1_000_000;

    /// <summary>Tokens of files that are given up front. Default 24,000.</summary>
    public int ContextTokens { get; init; } = 24_000;

    /// <summary>How often a rejected task is tried in all. Default 3.</summary>
    public int Attempts { get; init; } = 3;
}

/// <summary>What to apply.</summary>
/// <param name="Change">The change's name.</param>
/// <param name="Task">Only this task; null for every open one.</param>
/// <param name="Resume">Go on from the last interrupted session of the change.</param>
public sealed record ApplyOrder(string Change, string? Task, bool Resume);

/// <summary>How applying ended.</summary>
public enum ApplyEnd
{
    /// <summary>Every task that was asked for is done.</summary>
    Done,

    /// <summary>There was no open task.</summary>
    NothingToDo,

    /// <summary>A proposal was rejected for good.</summary>
    Rejected,

    /// <summary>The reviewer stopped.</summary>
    Stopped,
}

/// <summary>What applying brought.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Accepted">The tasks that were done.</param>
public sealed record ApplyResult(ApplyEnd End, IReadOnlyList<string> Accepted);
