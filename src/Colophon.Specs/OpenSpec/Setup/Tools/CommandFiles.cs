namespace Colophon.Specs.OpenSpec.Setup.Tools;

/// <summary>Where and how a tool keeps its commands.</summary>
/// <param name="Pattern">The path in the project with <c>*</c> for the workflow's id.</param>
internal sealed record CommandFiles(string Pattern)
{
    internal CommandFormat Format { get; init; } = CommandFormat.FrontMatter;

    /// <summary>The front matter's fields, in order.</summary>
    internal string Fields { get; init; } = "";

    internal ArgumentStyle Arguments { get; init; }

    /// <summary>What is typed before a command's name.</summary>
    internal string Prefix { get; init; } = "/";

    /// <summary>How its commands are called: by the file's name, or by folder and name.</summary>
    internal Invocation Invocation => new(Pattern[(Pattern.LastIndexOf('/') + 1)..].StartsWith("opsx-", StringComparison.Ordinal), Prefix);

    internal string PathOf(string workflow) => Pattern.Replace("*", workflow, StringComparison.Ordinal);
}

/// <summary>The shape of a command file.</summary>
internal enum CommandFormat
{
    /// <summary>YAML between two lines of dashes, then the text.</summary>
    FrontMatter,

    /// <summary>A title, the description, the text.</summary>
    Heading,

    /// <summary>The text alone.</summary>
    Plain,

    /// <summary>A TOML document.</summary>
    Toml,
}

/// <summary>How a tool hands over what was typed behind a command.</summary>
internal enum ArgumentStyle
{
    /// <summary>By itself.</summary>
    None,
    CommandCode,
    OpenCode,
    Pi,
}

/// <summary>How a tool's commands are spelled.</summary>
/// <param name="Flat"><c>/opsx-apply</c>, where others say <c>/opsx:apply</c>.</param>
/// <param name="Prefix">What is typed first.</param>
internal readonly record struct Invocation(bool Flat, string Prefix)
{
    /// <summary>Whether it differs from the spelling in which the texts are written.</summary>
    internal bool Differs => Flat || Prefix != "/";

    internal string Of(string workflow) => $"{Prefix}opsx{(Flat ? '-' : ':')}{workflow}";
}
