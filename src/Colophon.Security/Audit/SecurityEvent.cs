namespace Colophon.Security.Audit;

/// <summary>What happened that whoever answers for security wants to know. Written as its camel-case name.</summary>
public enum SecurityEventKind
{
    /// <summary>A person allowed what is forbidden otherwise: commands without a sandbox, the network, a secret in code, a hook.</summary>
    Consent,

    /// <summary>A tool was asked for a path outside the project or through a link that leads out, and refused.</summary>
    PathDenied,

    /// <summary>A command was not run.</summary>
    CommandDenied,

    /// <summary>A change that a model made was left out because it may not be made.</summary>
    ChangeDenied,

    /// <summary>What a model wrote looked like a secret and was refused.</summary>
    SecretRefused,

    /// <summary>A key was read to be sent to a provider: its name, never its value.</summary>
    SecretRead,

    /// <summary>The kernel ended a command for a call that its sandbox forbids.</summary>
    SandboxViolation,

    /// <summary>A confined command said that it was denied access. Its word: the kernel does not tell what it denied.</summary>
    AccessDenied,

    /// <summary>A confined command without the network said that it could not reach it. Its word.</summary>
    NetworkDenied,
}

/// <summary>Something that happened, and how often.</summary>
/// <param name="Kind">What.</param>
/// <param name="Subject">About what, on one line and short; never a secret's value.</param>
/// <param name="Count">How often in this run or task.</param>
public sealed record SecurityEvent(SecurityEventKind Kind, string Subject, int Count)
{
    /// <summary>Whether it is only what a command said.</summary>
    public bool IsHearsay => Kind is SecurityEventKind.AccessDenied or SecurityEventKind.NetworkDenied;
}
