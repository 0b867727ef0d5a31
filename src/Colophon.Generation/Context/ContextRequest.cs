namespace Colophon.Generation.Context;

/// <summary>What context is chosen from and for.</summary>
internal sealed record ContextRequest
{
    /// <summary>The tree to read from, absolute.</summary>
    public required string Root { get; init; }

    /// <summary>The files of the tree, relative, without the specifications themselves and Colophon's own.</summary>
    public required IReadOnlyCollection<string> Files { get; init; }

    /// <summary>The texts that name files, with their weight (100 is the task itself) and what to call them.</summary>
    public required IReadOnlyList<ContextSource> Sources { get; init; }

    /// <summary>Files that accepted tasks of the same change wrote, with the task.</summary>
    public IReadOnlyDictionary<string, string> Recent { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The most the files may cost, in tokens.</summary>
    public required int Budget { get; init; }
}

/// <summary>A text that may name files.</summary>
/// <param name="Name">What it is, to be put after "named in": <c>the task</c>.</param>
/// <param name="Weight">How much being named there counts, up to 100.</param>
/// <param name="Text">The text.</param>
internal sealed record ContextSource(string Name, int Weight, string Text);
