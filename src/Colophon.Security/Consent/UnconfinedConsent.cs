using Colophon.Security.Errors;

namespace Colophon.Security.Consent;

/// <summary>
/// The record that a person allowed commands to run without a sandbox. It can come from the command line or from the user's own
/// configuration only: a project's file, which travels with the code it would unleash, can never give it.
/// </summary>
public abstract record UnconfinedConsent
{
    private protected UnconfinedConsent()
    {
    }

    /// <summary>Who said so and where, for logs and for <c>doctor</c>.</summary>
    public abstract string Origin { get; }

    /// <summary>The person gave a flag with this very command.</summary>
    /// <param name="Flag">The flag as typed, such as <c>--allow-unsandboxed</c>.</param>
    public sealed record CommandLine(string Flag) : UnconfinedConsent
    {
        /// <inheritdoc/>
        public override string Origin => $"command line ({Flag})";
    }

    /// <summary>The person's own configuration file allows it.</summary>
    /// <param name="File">The absolute path of the user-layer file.</param>
    public sealed record UserConfiguration(string File) : UnconfinedConsent
    {
        /// <inheritdoc/>
        public override string Origin => $"user configuration ({File})";
    }

    /// <summary>The error to throw where nobody consented, with the way to do so.</summary>
    public static SecurityException Missing(string why) => new(
        SecurityError.SandboxUnavailable,
        $"Commands cannot be confined here: {why}.",
        Hint);

    internal const string Hint =
        "Use a Linux kernel of 6.2 or newer with Landlock enabled, or allow unconfined commands yourself: pass --allow-unsandboxed, or set `allow_unsandboxed = true` under [sandbox] in your own (not the project's) config.toml.";
}
