namespace Colophon.Specs.OpenSpec.Setup.Tools;

/// <summary>How workflows reach a tool.</summary>
internal enum Delivery
{
    Both,
    Skills,
    Commands,

    /// <summary>A value that the CLI does not know: it installs both, and few places tell it from <see cref="Both"/>.</summary>
    Unknown,
}

/// <summary>Whether a tool has commands of its own.</summary>
internal enum CommandSurface
{
    /// <summary>It has skills only.</summary>
    None,

    /// <summary>Its skills are called as commands are.</summary>
    Skills,

    /// <summary>Command files are written for it.</summary>
    Files,
}
