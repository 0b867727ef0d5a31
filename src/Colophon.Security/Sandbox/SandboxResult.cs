namespace Colophon.Security.Sandbox;

/// <summary>How a command ended and what it said.</summary>
public sealed record SandboxResult
{
    /// <summary>The exit status; 128 + <see cref="Signal"/> where a signal ended it, as a shell reports it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The number of the signal that ended it, or null.</summary>
    public required int? Signal { get; init; }

    /// <summary>
    /// Standard output and error in the order they were written, decoded as UTF-8 with U+FFFD for what is not; where it is longer than the limit,
    /// the start and the end with a line between them that says how much is missing.
    /// </summary>
    public required string Output { get; init; }

    /// <summary>How many bytes the command wrote in all.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>True where it was killed because its time was up.</summary>
    public required bool TimedOut { get; init; }

    /// <summary>How long it ran.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>True where it ended by itself with status 0.</summary>
    public bool Succeeded => ExitCode == 0 && Signal is null && !TimedOut;
}
