namespace Colophon.Specs.OpenSpec;

/// <summary>What the drop-in works with: everything it knows of the process it runs in.</summary>
public sealed record OpenSpecHost
{
    /// <summary>The words behind the program's name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The folder to work in: absolute, without symbolic links.</summary>
    public required string Directory { get; init; }

    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Where results go, as UTF-8.</summary>
    public required Stream Output { get; init; }

    /// <summary>Where errors and notes go, as UTF-8.</summary>
    public required Stream Error { get; init; }

    /// <summary>Where answers come from.</summary>
    public required TextReader Input { get; init; }

    /// <summary>The clock; its time zone is the user's.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether somebody can type answers.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether results are seen on a terminal, and coloured.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether errors are seen on a terminal, and coloured.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The name of the program that started this one, such as <c>bash</c>; null where it cannot be told.</summary>
    public Func<string?>? ParentName { get; init; }

    /// <summary>Runs the user's own editor on the user's own terminal: a program and its arguments. Null where no program may be started.</summary>
    public Func<IReadOnlyList<string>, EditorOutcome>? RunEditor { get; init; }

    /// <summary>The columns of help.</summary>
    public int Width { get; init; } = 80;
}

/// <summary>How an editor ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
public sealed record EditorOutcome(int ExitCode)
{
    /// <summary>Why it could not be started, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether there is no such program.</summary>
    public bool IsMissing { get; init; }
}
