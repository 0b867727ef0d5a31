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

    /// <summary>The columns of help.</summary>
    public int Width { get; init; } = 80;
}
