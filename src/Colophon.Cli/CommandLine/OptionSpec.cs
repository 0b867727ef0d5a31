namespace Colophon.Cli.CommandLine;

/// <summary>What the words of a command line can stand for, so that completion can offer it.</summary>
internal enum WordKind
{
    /// <summary>Nothing that could be listed.</summary>
    Free,

    /// <summary>The name of an open change.</summary>
    Change,

    /// <summary>The name of a change or a specification.</summary>
    ChangeOrSpec,

    /// <summary>A file or folder.</summary>
    Path,

    /// <summary>One of a few fixed words.</summary>
    Choice,
}

/// <summary>An option of a command.</summary>
/// <param name="Name">With its dashes: <c>--model</c>.</param>
/// <param name="Summary">One line for the help.</param>
internal sealed record OptionSpec(string Name, string Summary)
{
    /// <summary>What the help calls the value; null for a switch that takes none.</summary>
    public string? Value { get; init; }

    /// <summary>One letter, as in <c>-C</c>, or null.</summary>
    public char? Short { get; init; }

    /// <summary>The only values allowed; empty where any will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What the value stands for.</summary>
    public WordKind Kind { get; init; }
}

/// <summary>An argument by position.</summary>
/// <param name="Name">What the help calls it.</param>
/// <param name="Summary">One line for the help.</param>
internal sealed record ArgumentSpec(string Name, string Summary)
{
    /// <summary>Whether it can be left out.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether it takes all that follow; only the last may.</summary>
    public bool Many { get; init; }

    /// <summary>What it stands for.</summary>
    public WordKind Kind { get; init; }

    /// <summary>The only words allowed; empty where any will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The argument as the usage line shows it.</summary>
    public string Label => (Optional, Many) switch
    {
        (true, true) => $"[{Name}…]",
        (true, false) => $"[{Name}]",
        (false, true) => $"<{Name}>…",
        _ => $"<{Name}>",
    };
}

/// <summary>An example for the help: what to type and what comes of it.</summary>
internal sealed record Example(string Line, string Effect);
