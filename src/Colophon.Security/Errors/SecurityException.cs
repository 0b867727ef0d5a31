using Colophon.Kernel.Errors;

namespace Colophon.Security.Errors;

/// <summary>The causes of a <see cref="SecurityException"/>; the value is the stable code.</summary>
public enum SecurityError
{
    /// <summary>The kernel cannot confine a command as required, so nothing was started.</summary>
    SandboxUnavailable = 3001,

    /// <summary>A sandbox policy contradicts itself or would open what must stay closed.</summary>
    PolicyInvalid = 3002,

    /// <summary>The command could not be started: no such program, not executable, no such directory.</summary>
    CannotStart = 3003,

    /// <summary>Running without a sandbox was asked for without the consent it needs.</summary>
    ConsentMissing = 3011,

    /// <summary>The secret store or its key is damaged, or the key does not fit.</summary>
    SecretsUnreadable = 3021,

    /// <summary>A secret's name is empty, too long or holds characters that are not allowed.</summary>
    SecretNameInvalid = 3022,

    /// <summary>A file that holds secrets may be read by others.</summary>
    SecretsExposed = 3023,

    /// <summary>A key ring is not here, cannot keep a passphrase, or fails.</summary>
    KeyringUnavailable = 3024,

    /// <summary>The key ring that keeps the passphrase is locked and was not unlocked.</summary>
    KeyringLocked = 3025,
}

/// <summary>An error of the sandbox, the consents or the secret store. Its message never holds a secret's value.</summary>
public sealed class SecurityException(SecurityError error, string message, string? hint = null, Exception? inner = null)
    : ColophonException((int)error, message, hint, Exit(error), inner)
{
    /// <summary>The cause.</summary>
    public SecurityError Error { get; } = error;

    private static ExitCode Exit(SecurityError error) => error switch
    {
        SecurityError.PolicyInvalid or SecurityError.SecretsUnreadable or SecurityError.SecretsExposed => ExitCode.Configuration,
        SecurityError.SecretNameInvalid => ExitCode.Usage,
        _ => ExitCode.Failed,
    };
}
