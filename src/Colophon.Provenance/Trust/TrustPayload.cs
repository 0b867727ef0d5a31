using System.Buffers;
using System.Text.Json;
using Colophon.Kernel.Json;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Trust;

/// <summary>The trust file's payload: one canonical JSON line.</summary>
internal static class TrustPayload
{
    private const string Type = "urn:colophon:trust:v1";

    internal static byte[] Write(TrustRoot root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("_type", Type);
            json.WriteString("repo", root.Repo);
            json.WriteNumber("version", root.Version);
            json.WriteNumber("threshold", root.Threshold);
            json.Array("roots", root.Roots, Key);
            json.Array("keys", root.Keys, static (j, k) =>
            {
                Key(j, k.Key);
                j.WriteString("name", k.Name);
                j.WriteString("role", EnumNames<KeyRole>.Of(k.Role));
                j.WriteString("validFrom", EntryFormat.Time(k.ValidFrom));
                j.Text("validUntil", k.ValidUntil is { } until ? EntryFormat.Time(until) : null);
                j.Text("revokedAt", k.RevokedAt is { } revoked ? EntryFormat.Time(revoked) : null);
            });
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return CanonicalJson.ToBytes(document.RootElement);
    }

    internal static TrustRoot? Read(ReadOnlyMemory<byte> payload, out string? fault)
    {
        using var json = StrictJson.Parse(payload, StrictJsonOptions.ForSigning);
        fault = json.Diagnostic?.Message;
        if (json.Document is null || json.Document.RootElement.ValueKind != JsonValueKind.Object)
            return null;
        var faults = new Faults();
        var root = Read(new Members(json.Document.RootElement, faults));
        fault = faults.First;
        return fault is null ? root : null;
    }

    private static TrustRoot Read(Members m)
    {
        if (m.Text("_type") != Type)
            m.Fault("It is not a trust file.");
        var root = new TrustRoot
        {
            Repo = m.Hex("repo", EntryFormat.IdBytes),
            Version = m.Number("version"),
            Threshold = m.Number("threshold"),
            Roots = [.. m.List("roots", ReadKey).OfType<PublicKey>()],
            Keys = [.. m.List("keys", ReadTrusted).OfType<TrustedKey>()],
        };
        if (root.Threshold < 1 || root.Threshold > root.Roots.Count)
            m.Fault("Its threshold does not fit its roots.");
        if (Repeats(root.Roots.Select(static k => k.KeyId)) || Repeats(root.Keys.Select(static k => k.Key.KeyId)))
            m.Fault("It names a key twice.");
        return root;
    }

    private static TrustedKey? ReadTrusted(Members m) => ReadKey(m) is not { } key ? null : new TrustedKey
    {
        Key = key,
        Name = m.Text("name"),
        Role = m.Choice<KeyRole>("role"),
        ValidFrom = m.Time("validFrom"),
        ValidUntil = m.OptionalTime("validUntil"),
        RevokedAt = m.OptionalTime("revokedAt"),
    };

    private static PublicKey? ReadKey(Members m)
    {
        if (PublicKey.TryCreate(m.Base64("public", EvpKey.KeyLength), out var key) && m.Text("keyid") == key.KeyId)
            return key;
        m.Fault("One of its keys is not a sound Ed25519 key under its own id.");
        return null;
    }

    private static void Key(Utf8JsonWriter json, PublicKey key)
    {
        json.WriteString("keyid", key.KeyId);
        json.WriteBase64String("public", key.Bytes);
    }

    private static bool Repeats(IEnumerable<string> ids) => ids.GroupBy(static i => i, StringComparer.Ordinal).Any(static g => g.Count() > 1);
}
