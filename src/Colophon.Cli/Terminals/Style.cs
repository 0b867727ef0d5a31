namespace Colophon.Cli.Terminals;

/// <summary>The few ways in which text is set off; each is one escape sequence of the sixteen-colour set, so that the user's theme decides.</summary>
internal enum Style
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Headings.</summary>
    Bold,

    /// <summary>What matters less.</summary>
    Dim,

    /// <summary>Good, added.</summary>
    Green,

    /// <summary>Bad, removed.</summary>
    Red,

    /// <summary>To be looked at.</summary>
    Yellow,

    /// <summary>Names and places.</summary>
    Cyan,
}
