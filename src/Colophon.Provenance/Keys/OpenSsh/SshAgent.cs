using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Colophon.Kernel.Sockets;

namespace Colophon.Provenance.Keys.OpenSsh;

/// <summary>An Ed25519 key that an agent holds.</summary>
/// <param name="Key">Its public half.</param>
/// <param name="Comment">What its owner calls it.</param>
internal sealed record AgentIdentity(PublicKey Key, string Comment)
{
    internal string Fingerprint { get; } = PublicKeyText.Fingerprint(Key);
}

/// <summary>
/// Speaks to an ssh-agent over its socket (draft-ietf-sshm-ssh-agent): which keys are there, and sign with one. Each question is a connection of its own, bounded in time and size, so an agent that
/// hangs, dribbles or floods is an error. Nothing that it says is believed unseen: <see cref="AgentKey"/> checks each signature.
/// </summary>
internal sealed class SshAgent(string? socket, TimeSpan limit, TimeProvider time)
{
    /// <summary>The largest message that OpenSSH's agent takes, and the largest answer read.</summary>
    internal const int MaximumMessage = 256 * 1024;

    private const byte Failure = 5;
    private const byte RequestIdentities = 11;
    private const byte IdentitiesAnswer = 12;
    private const byte SignRequest = 13;
    private const byte SignResponse = 14;

    // An agent may ask its owner first (ssh-add -c, a touch, a password).
    private const int SignsIn = 6;

    /// <summary>The Ed25519 keys that it holds; keys of other types, certificates and hardware keys are left out.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AgentUnavailable"/>.</exception>
    internal IReadOnlyList<AgentIdentity> Identities()
    {
        var answer = Ask([RequestIdentities], limit);
        var reader = new SshReader(answer);
        if (reader.Byte() is var type && type == Failure)
            throw Unavailable("refuses to say which keys it holds");
        var count = reader.Number();
        var found = new List<AgentIdentity>();
        // Each takes eight bytes at least, so the loop ends with the answer whatever number stands there.
        for (var i = 0U; i < count && !reader.Failed; i++)
        {
            var blob = reader.Text();
            var comment = reader.Text();
            if (!reader.Failed && blob.StartsWith(PublicKeyText.Prefix) && PublicKey.TryCreate(blob[PublicKeyText.Prefix.Length..], out var key))
                found.Add(new AgentIdentity(key, Encoding.UTF8.GetString(comment)));
        }

        return type == IdentitiesAnswer && !reader.Failed && reader.Rest.IsEmpty ? found : throw Unavailable("gave an answer that is none of the agent protocol's");
    }

    /// <summary>The one key that a fingerprint or a comment names; an empty name is the only key there is.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AgentKeyMissing"/>: none or several fit; <see cref="ProvenanceError.AgentUnavailable"/>.</exception>
    internal AgentIdentity Find(string name)
    {
        var all = Identities();
        var fitting = name.Length == 0 ? all : [.. all.Where(i => i.Fingerprint == name || i.Comment == name)];
        if (fitting is [var only])
            return only;
        if (all.Count == 0)
            throw Missing("The ssh-agent shows no Ed25519 key: it has none, or it is locked.", "`ssh-add ~/.ssh/id_ed25519` adds one; `ssh-add -X` unlocks.");
        var list = string.Join(", ", all.Take(8).Select(static i => $"{i.Fingerprint} ({i.Comment})"));
        return fitting.Count == 0
            ? throw Missing($"The ssh-agent holds no Ed25519 key '{name}'.", $"It holds {list}.")
            : throw Missing(name.Length == 0 ? $"The ssh-agent holds {all.Count} Ed25519 keys." : $"'{name}' names {fitting.Count} keys of the ssh-agent.", $"Name one by its fingerprint, as in `--key agent:{fitting[0].Fingerprint}`. It holds {list}.");
    }

    /// <summary>What the agent says is its signature with that key.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AgentUnavailable"/>, <see cref="ProvenanceError.AgentKeyMissing"/> or <see cref="ProvenanceError.AgentRefused"/>.</exception>
    internal byte[] Sign(AgentIdentity identity, ReadOnlySpan<byte> message)
    {
        var blob = PublicKeyText.Blob(identity.Key);
        var request = new byte[1 + 4 + blob.Length + 4 + message.Length + 4];
        if (request.Length > MaximumMessage)
            throw new ProvenanceException(ProvenanceError.AgentRefused, $"What is to be signed has {message.Length} bytes, more than an ssh-agent takes ({MaximumMessage}).", "Sign this one with a key file: `colophon key use file` or `ssh:<path>`.");
        request[0] = SignRequest;
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(1), blob.Length);
        blob.CopyTo(request, 5);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(5 + blob.Length), message.Length);
        message.CopyTo(request.AsSpan(9 + blob.Length));

        var answer = Ask(request, SignsIn * limit);
        var reader = new SshReader(answer);
        var type = reader.Byte();
        if (type == Failure)
            throw WhyNot(identity);
        var signature = new SshReader(reader.Text());
        var kind = signature.Text();
        var raw = signature.Text();
        return type == SignResponse && !reader.Failed && reader.Rest.IsEmpty && !signature.Failed && signature.Rest.IsEmpty && kind.SequenceEqual("ssh-ed25519"u8) && raw.Length == EvpKey.SignatureLength
            ? raw.ToArray()
            : throw Unavailable("gave an answer that is none of the agent protocol's");
    }

    internal ProvenanceException Unavailable(string what, Exception? inner = null) => new(
        ProvenanceError.AgentUnavailable, $"The ssh-agent at '{socket}' {what}.", "`ssh-add -l` shows whether it works; `colophon key use file` signs without it.", inner);

    /// <summary>The protocol has one word for every refusal; the list of keys tells more.</summary>
    private ProvenanceException WhyNot(AgentIdentity identity)
    {
        var here = Identities();
        if (here.Count == 0)
            return Missing($"The ssh-agent holds the key {identity.Fingerprint} no longer: it was removed, it expired, or the agent is locked.", "`ssh-add` adds it again; `ssh-add -X` unlocks.");
        return here.Any(i => i.Fingerprint == identity.Fingerprint)
            ? new ProvenanceException(ProvenanceError.AgentRefused, $"The ssh-agent refused to sign with the key {identity.Fingerprint}.", "Confirm when it asks; a key that is bound to certain hosts (`ssh-add -h`) signs nothing else.")
            : Missing($"The ssh-agent holds the key {identity.Fingerprint} no longer.", "`ssh-add` adds it again.");
    }

    private byte[] Ask(ReadOnlySpan<byte> request, TimeSpan within)
    {
        if (string.IsNullOrEmpty(socket))
            throw new ProvenanceException(ProvenanceError.AgentUnavailable, "There is no ssh-agent: SSH_AUTH_SOCK is not set.", "Start one by `eval $(ssh-agent)` and add your key by `ssh-add`; `colophon key use file` signs without it.");
        var exchange = new SocketExchange(time, within);
        try
        {
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
            connection.Connect(new UnixDomainSocketEndPoint(socket));
            var framed = new byte[4 + request.Length];
            BinaryPrimitives.WriteInt32BigEndian(framed, request.Length);
            request.CopyTo(framed.AsSpan(4));
            exchange.Send(connection, framed);
            Span<byte> head = stackalloc byte[4];
            exchange.Receive(connection, head);
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length is 0 or > MaximumMessage)
                throw Unavailable($"announces an answer of {length} bytes");
            var answer = new byte[length];
            exchange.Receive(connection, answer);
            return answer;
        }
        catch (TimeoutException e)
        {
            throw Unavailable($"does not answer within {within.TotalSeconds} seconds", e);
        }
        catch (EndOfStreamException e)
        {
            throw Unavailable("hung up in the middle of an answer", e);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw Unavailable($"cannot be reached: {(File.Exists(socket) ? e.Message : "no socket lies there")}", e);
        }
    }

    private static ProvenanceException Missing(string message, string hint) => new(ProvenanceError.AgentKeyMissing, message, hint);
}
