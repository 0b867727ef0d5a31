using Colophon.Security.Errors;
using Colophon.Security.Secrets.Keyrings.Bus;

namespace Colophon.Security.Secrets.Keyrings.Service;

/// <summary>The calls of freedesktop.org's Secret Service API that a passphrase needs.</summary>
internal sealed class SecretServiceClient(BusConnection bus, bool canAsk, TimeSpan answerLimit, TimeSpan promptLimit)
{
    private const string Service = "org.freedesktop.secrets";
    private const string Root = "/org/freedesktop/secrets";
    private const string ServiceInterface = "org.freedesktop.Secret.Service";
    private const string CollectionInterface = "org.freedesktop.Secret.Collection";
    private const string ItemInterface = "org.freedesktop.Secret.Item";
    private const string PromptInterface = "org.freedesktop.Secret.Prompt";
    private const string Nothing = "/";

    private SecretSession? _session;

    internal static SecurityException Locked(string why) => new(
        SecurityError.KeyringLocked, $"The desktop's key ring (Secret Service) is locked: {why}.", "Unlock it (log in on the desktop), set COLOPHON_PASSPHRASE, or leave the ring out: signing.keyrings = [\"kernel\"].");

    /// <summary>The items that have all the attributes, those of unlocked collections apart.</summary>
    internal (IReadOnlyList<string> Open, IReadOnlyList<string> Locked) Search(IReadOnlyDictionary<string, string> attributes)
    {
        var reader = Call(Root, ServiceInterface, "SearchItems", "a{ss}", body => Write(body, attributes)).Reader("aoao");
        var open = reader.Texts();
        return (open, reader.Texts());
    }

    /// <summary>Unlocks an item or a collection, which may ask the user.</summary>
    internal string Unlock(string path)
    {
        var reader = Call(Root, ServiceInterface, "Unlock", "ao", body => body.Array(4, paths => paths.Text(path))).Reader("aoo");
        var open = reader.Texts();
        if (reader.Text() is var prompt && prompt != Nothing)
        {
            var result = Prompted(prompt);
            result.Variant("ao");
            open = result.Texts();
        }

        return open.Count > 0 ? path : throw Locked("it stays so");
    }

    /// <summary>An item's secret.</summary>
    internal string Secret(string item)
    {
        var session = Session();
        var reader = Call(item, ItemInterface, "GetSecret", "o", body => body.Text(session.Path)).Reader("(oayays)");
        reader.Align(8);
        reader.Text();
        return session.Open(new SealedSecret(reader.Bytes(), reader.Bytes()));
    }

    /// <summary>The collection that new secrets go to, unlocked; one is made where there is none.</summary>
    internal string DefaultCollection()
    {
        var collection = Alias();
        if (collection == Nothing)
        {
            var reader = Call(Root, ServiceInterface, "CreateCollection", "a{sv}s", static body =>
                body.Array(8, static pairs => pairs.Align(8).Text($"{CollectionInterface}.Label").Signature("s").Text("Default keyring")).Text("default")).Reader("oo");
            collection = reader.Text();
            if (reader.Text() is var prompt && prompt != Nothing)
            {
                var result = Prompted(prompt);
                result.Variant("o");
                collection = result.Text();
            }
        }

        return IsLocked(collection) ? Unlock(collection) : collection;
    }

    /// <summary>Puts a secret in a collection, in the place of one with the same attributes.</summary>
    internal void Store(string collection, string label, IReadOnlyDictionary<string, string> attributes, string text)
    {
        var session = Session();
        var secret = session.Seal(text);
        var reader = Call(collection, CollectionInterface, "CreateItem", "a{sv}(oayays)b", body =>
        {
            body.Array(8, pairs =>
            {
                pairs.Align(8).Text($"{ItemInterface}.Label").Signature("s").Text(label);
                Write(pairs.Align(8).Text($"{ItemInterface}.Attributes").Signature("a{ss}"), attributes);
            });
            body.Align(8).Text(session.Path).Bytes(secret.Parameters).Bytes(secret.Value).Text("text/plain; charset=utf8").Boolean(true);
        }).Reader("oo");
        var item = reader.Text();
        if (reader.Text() is var prompt && prompt != Nothing)
        {
            Prompted(prompt);
            return;
        }

        if (item == Nothing)
            throw new InvalidDataException("it kept nothing");
    }

    /// <summary>Deletes an item, which may ask the user.</summary>
    internal void Delete(string item)
    {
        var reader = Call(item, ItemInterface, "Delete", "", null).Reader("o");
        if (reader.Text() is var prompt && prompt != Nothing)
            Prompted(prompt);
    }

    /// <summary>Whether the default collection is locked; null where there is none.</summary>
    internal bool? IsLocked() => Alias() is var collection && collection == Nothing ? null : IsLocked(collection);

    private bool IsLocked(string collection)
    {
        var reader = Call(collection, "org.freedesktop.DBus.Properties", "Get", "ss", static body => body.Text(CollectionInterface).Text("Locked")).Reader("v");
        reader.Variant("b");
        return reader.Boolean();
    }

    private string Alias() => Call(Root, ServiceInterface, "ReadAlias", "s", static body => body.Text("default")).Reader("o").Text();

    private SecretSession Session() => _session ??= SecretSession.Open((algorithm, input) => Call(Root, ServiceInterface, "OpenSession", "sv", body => input(body.Text(algorithm))));

    /// <summary>Has the service ask the user, and waits for what becomes of it: a reader of the result.</summary>
    private BusReader Prompted(string prompt)
    {
        if (!canAsk)
            throw Locked("this session has no display that it could ask on");
        bus.Listen(Service, prompt, PromptInterface, "Completed", answerLimit);
        Call(prompt, PromptInterface, "Prompt", "s", static body => body.Text(""));
        BusMessage answer;
        try
        {
            answer = bus.Signal(prompt, PromptInterface, "Completed", promptLimit);
        }
        catch (TimeoutException)
        {
            Call(prompt, PromptInterface, "Dismiss", "", null);
            throw Locked($"nobody answered its dialogue within {promptLimit.TotalSeconds} seconds");
        }

        var reader = answer.Reader("bv");
        return reader.Boolean() ? throw Locked("its dialogue was dismissed") : reader;
    }

    private BusMessage Call(string path, string @interface, string member, string signature, Action<BusWriter>? body) => bus.Call(Service, path, @interface, member, signature, body, answerLimit);

    private static void Write(BusWriter body, IReadOnlyDictionary<string, string> attributes) => body.Array(8, pairs =>
    {
        foreach (var (name, value) in attributes)
            pairs.Align(8).Text(name).Text(value);
    });
}
