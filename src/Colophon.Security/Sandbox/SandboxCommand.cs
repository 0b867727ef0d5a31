namespace Colophon.Security.Sandbox;

/// <summary>One command to run. Make one with <see cref="Shell"/> or <see cref="Exec"/>.</summary>
public sealed record SandboxCommand
{
    private SandboxCommand()
    {
    }

    /// <summary>The program: a name looked up on the sandbox's <c>PATH</c>, or a path (relative to <see cref="WorkingDirectory"/>).</summary>
    public required string Program { get; init; }

    /// <summary>The arguments after the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Where it runs; absolute, and inside a root of the policy.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>What it reads on its standard input; null for <c>/dev/null</c>.</summary>
    public ReadOnlyMemory<byte>? Input { get; init; }

    /// <summary>How long it may run before it is killed; default two minutes.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many bytes of output are kept, half from the start and half from the end; default 64 KiB.</summary>
    public int OutputLimit { get; init; } = 64 * 1024;

    /// <summary>Runs a line of shell: <c>bash -c</c> where bash exists, <c>sh -c</c> elsewhere; no profile is read.</summary>
    /// <param name="text">The line or script.</param>
    /// <param name="workingDirectory">Where it runs, absolute.</param>
    public static SandboxCommand Shell(string text, string workingDirectory) => new()
    {
        Program = File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh",
        Arguments = ["-c", text],
        WorkingDirectory = workingDirectory,
    };

    /// <summary>Runs a program with its arguments, without a shell.</summary>
    /// <param name="program">A name or path.</param>
    /// <param name="arguments">What follows it.</param>
    /// <param name="workingDirectory">Where it runs, absolute.</param>
    public static SandboxCommand Exec(string program, IReadOnlyList<string> arguments, string workingDirectory) => new()
    {
        Program = program,
        Arguments = arguments,
        WorkingDirectory = workingDirectory,
    };
}
