namespace Colophon.Engine;

/// <summary>Where a person's name comes from.</summary>
public enum PersonSource
{
    /// <summary>The user's own configuration: <c>audit.pseudonym</c>.</summary>
    Setting,

    /// <summary>Git's <c>user.name</c>.</summary>
    Git,

    /// <summary>The project's trust file, which names the holder of each key.</summary>
    Trust,

    /// <summary>Nowhere: the log will say "unknown".</summary>
    Nowhere,
}

/// <summary>The name that the log shows for the person at this machine.</summary>
/// <param name="Name">The name.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record Person(string Name, PersonSource Source)
{
    /// <summary>What to tell a person whose name nobody set; null where somebody did.</summary>
    public string? Advice => Source switch
    {
        PersonSource.Trust => $"git has no user.name here, so the log shows you as '{Name}', as the trust file does.",
        PersonSource.Nowhere => "git has no user.name here, so the log shows you as 'unknown'.",
        _ => null,
    };

    /// <summary>How to set it.</summary>
    public const string HowToSet = "Set it with `git config --global user.name \"Your Name\"`, or audit.pseudonym in your own configuration file.";
}
