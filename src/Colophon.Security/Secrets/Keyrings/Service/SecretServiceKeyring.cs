using Colophon.Security.Errors;
using Colophon.Security.Secrets.Keyrings.Bus;

namespace Colophon.Security.Secrets.Keyrings.Service;

/// <summary>
/// The desktop's key ring on Linux: freedesktop.org's Secret Service, as GNOME Keyring, KWallet and KeePassXC offer it on the session's bus. A locked one is unlocked by its own dialogue, where there is a
/// display to show it on.
/// </summary>
/// <param name="variables">The environment: <c>DBUS_SESSION_BUS_ADDRESS</c>, <c>XDG_RUNTIME_DIR</c>, <c>DISPLAY</c>, <c>WAYLAND_DISPLAY</c>.</param>
/// <param name="time">The clock for waiting.</param>
public sealed class SecretServiceKeyring(IReadOnlyDictionary<string, string> variables, TimeProvider time) : IKeyring
{
    private const string Schema = "org.colophon.Passphrase";

    /// <summary>How long the service may take to answer, being started included.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the user may take to answer its dialogue.</summary>
    public TimeSpan PromptLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Name => Keyring.SecretService;

    /// <inheritdoc/>
    public string Title => "the desktop's key ring (Secret Service)";

    private bool CanAsk => Has("DISPLAY") || Has("WAYLAND_DISPLAY");

    /// <inheritdoc/>
    public string? Find(string configurationDirectory) => With(
        service =>
        {
            var (open, locked) = service.Search(Attributes(configurationDirectory));
            if (open is not [var item, ..])
            {
                if (locked is not [var closed, ..])
                    return null;
                item = service.Unlock(closed);
            }

            return service.Secret(item);
        },
        static () => null);

    /// <inheritdoc/>
    public void Keep(string configurationDirectory, string passphrase, TimeSpan? time)
    {
        if (time is not null)
            throw Unavailable("keeps a passphrase until it is forgotten, not for a time", "Leave --for out, or use the kernel's key ring.");
        With(
            service =>
            {
                service.Store(service.DefaultCollection(), $"Colophon: passphrase of {configurationDirectory}", Attributes(configurationDirectory), passphrase);
                return true;
            },
            () => throw Unavailable("is not here: there is no session bus, or no such service on it"));
    }

    /// <inheritdoc/>
    public bool Forget(string configurationDirectory) => With(
        service =>
        {
            var (open, locked) = service.Search(Attributes(configurationDirectory));
            foreach (var item in open.Concat(locked.Select(service.Unlock)))
                service.Delete(item);
            return open.Count + locked.Count > 0;
        },
        static () => false);

    /// <inheritdoc/>
    public KeyringState Look()
    {
        try
        {
            return With(static service => new KeyringState(true, service.IsLocked() switch { true => "locked", false => "unlocked", null => "without a default ring" }), static () => new KeyringState(false, "none on this session's bus"));
        }
        catch (SecurityException e)
        {
            return new KeyringState(false, e.Message);
        }
    }

    private static SortedDictionary<string, string> Attributes(string configurationDirectory) => new(StringComparer.Ordinal)
    {
        ["application"] = "colophon",
        ["folder"] = Keyring.FolderId(configurationDirectory),
        ["xdg:schema"] = Schema,
    };

    private T With<T>(Func<SecretServiceClient, T> use, Func<T> absent)
    {
        try
        {
            using var connection = BusConnection.TryOpen(BusConnection.Addresses(variables), time, AnswerLimit);
            return connection is null ? absent() : use(new SecretServiceClient(connection, CanAsk, AnswerLimit, PromptLimit));
        }
        catch (BusException e) when (e.Name is "org.freedesktop.DBus.Error.ServiceUnknown" or "org.freedesktop.DBus.Error.NameHasNoOwner")
        {
            return absent();
        }
        catch (BusException e) when (e.Name is "org.freedesktop.Secret.Error.IsLocked")
        {
            throw SecretServiceClient.Locked("it does not open");
        }
        catch (TimeoutException e)
        {
            throw Unavailable($"does not answer within {AnswerLimit.TotalSeconds} seconds", inner: e);
        }
        catch (Exception e) when (e is BusException or InvalidDataException)
        {
            throw Unavailable($"cannot be used: {e.Message}", inner: e);
        }
    }

    private bool Has(string name) => variables.TryGetValue(name, out var value) && value.Length > 0;

    private static SecurityException Unavailable(string why, string? hint = null, Exception? inner = null) => new(
        SecurityError.KeyringUnavailable, $"The desktop's key ring (Secret Service) {why}.", hint ?? "Set COLOPHON_PASSPHRASE where you need it, or leave the ring out: signing.keyrings = [\"kernel\"].", inner);
}
