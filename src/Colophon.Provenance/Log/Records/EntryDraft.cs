using System.Security.Cryptography;

namespace Colophon.Provenance.Log;

/// <summary>What a caller says about an entry; the log adds its place in the stream, the time and the signature.</summary>
public record EntryDraft
{
    /// <summary>What the entry records.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>
    /// The idempotency key: 16 random bytes in hex, chosen once by the caller. Appending the same id again returns the standing entry.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The change the work belongs to: a name of ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public required string Change { get; init; }

    /// <summary>On whose behalf.</summary>
    public required Actor Actor { get; init; }

    /// <summary>How long the recorded work took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>What was wanted.</summary>
    public SpecReference? Spec { get; init; }

    /// <summary>Which model answered.</summary>
    public ModelUse? Model { get; init; }

    /// <summary>What was sent.</summary>
    public PromptRecord? Prompt { get; init; }

    /// <summary>What came back.</summary>
    public ResponseRecord? Response { get; init; }

    /// <summary>The files: proposed for a generation, really written for an accepted decision.</summary>
    public IReadOnlyList<FileChange> Files { get; init; } = [];

    /// <summary>The decision of a <see cref="EntryKind.Decision"/> entry.</summary>
    public Decision? Decision { get; init; }

    /// <summary>The verdict of an <see cref="EntryKind.Approval"/> entry.</summary>
    public Approval? Approval { get; init; }

    /// <summary>What the program saw itself (exit code of the tests, sandbox used …).</summary>
    public IReadOnlyDictionary<string, string> Witnessed { get; init; } = Nothing;

    /// <summary>What the program was told and could not check.</summary>
    public IReadOnlyDictionary<string, string> Asserted { get; init; } = Nothing;

    /// <summary>Anything else; also the home of fields that a later version adds.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = Nothing;

    internal static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>A fresh idempotency key.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}
