namespace Colophon.Kernel.Configuration;

/// <summary>What kind of value a key takes.</summary>
public enum ConfigurationKind
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction; a whole number will do.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An array of strings.</summary>
    TextList,
}

/// <summary>How far a project's own file, which anyone who contributes can change, is trusted with a key.</summary>
public enum ProjectTrust
{
    /// <summary>A project may set it.</summary>
    Free,

    /// <summary>A project may only set a smaller number than the user has; the smaller one counts.</summary>
    MayLower,

    /// <summary>A project may only switch it off.</summary>
    MayForbid,

    /// <summary>Only the user may set it; in a project's file it is an error.</summary>
    UserOnly,

    /// <summary>
    /// No layer loosens what another one asks for, the environment and the command line included: the stricter counts (<see cref="ConfigurationKey.Stricter"/>). For rules that
    /// hold among several people.
    /// </summary>
    Strictest,
}

/// <summary>Which of two values is the stricter one.</summary>
public enum Strictness
{
    /// <summary>The larger number.</summary>
    Larger,

    /// <summary>False.</summary>
    False,

    /// <summary>Of lists, what stands in both.</summary>
    Both,

    /// <summary>Of lists, what stands in either.</summary>
    Either,
}

/// <summary>One key that the configuration knows.</summary>
/// <param name="Name">Dotted; a <c>*</c> stands for one name of the user's choice (<c>providers.*.base_url</c>).</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Summary">What it is for, with unit and default: one line, shown by <c>config show</c>.</param>
public sealed record ConfigurationKey(string Name, ConfigurationKind Kind, string Summary)
{
    /// <summary>How far a project's file is trusted with it.</summary>
    public ProjectTrust Trust { get; init; }

    /// <summary>For a key of <see cref="ProjectTrust.Strictest"/>: which value is the stricter.</summary>
    public Strictness Stricter { get; init; }

    /// <summary>The built-in value (<see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or a list of strings), or null where there is none.</summary>
    public object? Default { get; init; }

    /// <summary>The least number allowed.</summary>
    public double Minimum { get; init; } = double.MinValue;

    /// <summary>The greatest number allowed.</summary>
    public double Maximum { get; init; } = double.MaxValue;

    /// <summary>The only texts allowed, alone or in a list; empty where any will do.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
