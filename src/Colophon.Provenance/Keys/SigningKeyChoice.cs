using System.Diagnostics.CodeAnalysis;

namespace Colophon.Provenance.Keys;

/// <summary>Where a signing key may lie.</summary>
public enum SigningKeyKind
{
    /// <summary>In a key file of Colophon's own.</summary>
    File,

    /// <summary>In a private key file of OpenSSH's that no passphrase protects.</summary>
    OpenSshFile,

    /// <summary>In an ssh-agent, which signs and never gives the key away.</summary>
    Agent,
}

/// <summary>Which key signs: <c>file</c>, <c>ssh:&lt;path&gt;</c>, <c>agent</c>, or <c>agent:&lt;fingerprint or comment&gt;</c>.</summary>
/// <param name="Kind">Where it lies.</param>
/// <param name="Value">The path; or the fingerprint or comment, empty for an agent's only key.</param>
public sealed record SigningKeyChoice(SigningKeyKind Kind, string Value)
{
    private const string SshPrefix = "ssh:";
    private const string AgentWord = "agent";
    private const string FileWord = "file";

    /// <summary>Colophon's own file.</summary>
    public static SigningKeyChoice Own { get; } = new(SigningKeyKind.File, "");

    /// <summary>What a setting or an option says.</summary>
    /// <returns>False where it is none of the forms.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SigningKeyChoice? choice)
    {
        choice = text switch
        {
            FileWord => Own,
            AgentWord => new SigningKeyChoice(SigningKeyKind.Agent, ""),
            _ when text.StartsWith(AgentWord + ":", StringComparison.Ordinal) => new SigningKeyChoice(SigningKeyKind.Agent, text[(AgentWord.Length + 1)..].Trim()),
            _ when text.StartsWith(SshPrefix, StringComparison.Ordinal) && text.Length > SshPrefix.Length => new SigningKeyChoice(SigningKeyKind.OpenSshFile, text[SshPrefix.Length..]),
            _ => null,
        };
        return choice is not null;
    }

    /// <summary>The path of the file, a <c>~</c> at its start being the home folder.</summary>
    /// <param name="home">The home folder, or null where there is none.</param>
    public string Path(string? home) => System.IO.Path.GetFullPath(Value.StartsWith("~/", StringComparison.Ordinal) && home is not null ? System.IO.Path.Combine(home, Value[2..]) : Value);

    /// <summary>The form that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => Kind switch
    {
        SigningKeyKind.OpenSshFile => SshPrefix + Value,
        SigningKeyKind.Agent => Value.Length == 0 ? AgentWord : $"{AgentWord}:{Value}",
        _ => FileWord,
    };
}

/// <summary>What opening a key may need.</summary>
public sealed record SigningKeyAccess
{
    /// <summary><c>$XDG_CONFIG_HOME/colophon</c>.</summary>
    public required string ConfigurationDirectory { get; init; }

    /// <summary>What protects Colophon's own file; it gives null where there is none, and is asked only where that file is opened.</summary>
    public Func<string?> Passphrase { get; init; } = static () => null;

    /// <summary>The home folder.</summary>
    public string? Home { get; init; }

    /// <summary><c>$SSH_AUTH_SOCK</c>.</summary>
    public string? AgentSocket { get; init; }

    /// <summary>How long an agent may take to list its keys. To sign, for which it may ask its owner first, it has six times as long.</summary>
    public TimeSpan AgentLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The project's root; a private key inside it is refused.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>The clock that waiting for an agent is measured by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
