using System.Text;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Keys;
using Colophon.Security.Errors;
using Colophon.Security.Secrets;
using Colophon.Security.Secrets.Keyrings;

namespace Colophon.Engine.Composition;

/// <summary>
/// Where the passphrase of the user's key file and secret store comes from: the environment, else a file that the environment names, else the first of the key rings that has it. Key rings are asked once, and
/// only where something is protected by a passphrase.
/// </summary>
internal sealed class PassphraseSource(EngineEnvironment environment, LayeredConfiguration configuration, TimeProvider time)
{
    internal const string Setting = "signing.keyrings";
    internal const string Variable = "COLOPHON_PASSPHRASE";
    internal const string FileVariable = "COLOPHON_PASSPHRASE_FILE";

    private const int LongestLine = 4096;

    private (string? Value, string? Origin)? _found;

    /// <summary>The passphrase, or null where there is none.</summary>
    /// <exception cref="SecurityException">A key ring is locked or fails and no other one has it, or the file cannot be read.</exception>
    public string? Value => Found.Value;

    /// <summary>Where it comes from: a variable's name or a key ring's; null where there is none.</summary>
    /// <exception cref="SecurityException">As for <see cref="Value"/>.</exception>
    public string? Origin => Found.Origin;

    /// <summary>The key rings that the user's settings name, in their order.</summary>
    public IReadOnlyList<IKeyring> Keyrings => [.. configuration.TextList(Setting).Select(name => Keyring.Of(name, environment.Variables, time))];

    /// <summary>Whether a passphrase protects the key file, the next one of a rotation, or the secret store.</summary>
    public bool IsNeeded
    {
        get
        {
            var key = SigningKey.DefaultPath(environment.ConfigurationDirectory);
            return SigningKey.NeedsPassphrase(key) || SigningKey.NeedsPassphrase(Path.Combine(Path.GetDirectoryName(key) ?? "/", "next.json")) || SecretStore.NeedsPassphrase(environment.ConfigurationDirectory);
        }
    }

    private (string? Value, string? Origin) Found => _found ??= Find();

    /// <summary>The user's key rings that may keep a passphrase, of which a name takes one.</summary>
    /// <param name="name">The ring's name; null takes the first that is here.</param>
    /// <exception cref="SecurityException"><see cref="SecurityError.KeyringUnavailable"/>: none is here.</exception>
    /// <exception cref="KernelException">The settings do not let it be asked.</exception>
    public IKeyring Choose(string? name)
    {
        var rings = Keyrings;
        if (name is null)
            return rings.FirstOrDefault(static r => r.Look().Here) ?? throw new SecurityException(SecurityError.KeyringUnavailable, $"None of your key rings is here ({string.Join(", ", rings.Select(static r => r.Name))}).", "`colophon doctor` says why; COLOPHON_PASSPHRASE does without.");
        return rings.FirstOrDefault(r => r.Name == name)
            ?? throw new KernelException(KernelError.ConfigurationInvalid, $"{Setting} leaves '{name}' out, so what it keeps would never be found.", $"Add \"{name}\" to {Setting} in your own configuration.");
    }

    private (string? Value, string? Origin) Find()
    {
        if (environment.Variable(Variable) is { } given)
            return (given, Variable);
        if (environment.Variable(FileVariable) is { } file)
            return (FirstLine(file), FileVariable);
        if (!IsNeeded)
            return (null, null);
        SecurityException? failure = null;
        foreach (var ring in Keyrings)
        {
            try
            {
                if (ring.Find(environment.ConfigurationDirectory) is { } kept)
                    return (kept, ring.Name);
            }
            catch (SecurityException e)
            {
                failure ??= e;
            }
        }

        return failure is null ? (null, null) : throw failure;
    }

    /// <summary>A file may be a descriptor's (<c>/dev/fd/3</c>): it is read once, from its beginning to its first line's end.</summary>
    private static string FirstLine(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var line = new StringBuilder();
            while (reader.Read() is >= 0 and not ('\r' or '\n') and var next)
            {
                if (line.Append((char)next).Length > LongestLine)
                    throw Unreadable(file, "its first line is longer than 4096 characters", null);
            }

            if (line.Length > 0)
                return line.ToString();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unreadable(file, e.Message.TrimEnd('.'), e);
        }

        throw Unreadable(file, "its first line is empty", null);
    }

    private static SecurityException Unreadable(string file, string why, Exception? inner) =>
        new(SecurityError.SecretsUnreadable, $"{FileVariable}: the passphrase cannot be read from '{file}': {why}.", "Name a file whose first line is the passphrase, or a descriptor such as /dev/fd/3.", inner);
}
