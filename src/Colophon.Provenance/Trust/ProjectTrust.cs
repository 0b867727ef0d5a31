using System.Globalization;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Trust;

/// <summary>How a key stands towards an entry.</summary>
internal enum KeyStanding
{
    Trusted,
    Unknown,
    WrongRole,
    Expired,
    Revoked,
}

/// <summary>The keys a project trusts, from trust files that held together and led back to the pinned root.</summary>
public sealed class ProjectTrust
{
    private readonly Dictionary<string, TrustedKey> _keys;

    private readonly HashSet<string> _names;

    private readonly IReadOnlyList<string> _leaves;

    internal ProjectTrust(TrustRoot root, IReadOnlyList<string> leaves)
    {
        (Root, _leaves) = (root, leaves);
        _keys = root.Keys.ToDictionary(static k => k.Key.KeyId, StringComparer.Ordinal);
        _names = root.Keys.Select(static k => k.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The repository's id, drawn when its trust was founded.</summary>
    public string Repo => Root.Repo;

    /// <summary>The newest version of the trust file.</summary>
    public long Version => Root.Version;

    /// <summary>Names the first root: what two people compare before they pin it.</summary>
    public string Fingerprint => _leaves[0];

    /// <summary>Names the newest version.</summary>
    public string Leaf => _leaves[^1];

    /// <summary>The trusted keys.</summary>
    public IReadOnlyCollection<TrustedKey> Keys => _keys.Values;

    /// <summary>The keys that decide about trust.</summary>
    public IReadOnlyList<PublicKey> Roots => Root.Roots;

    /// <summary>How many of them must sign a change.</summary>
    public long Threshold => Root.Threshold;

    internal TrustRoot Root { get; }

    /// <summary>Whether a version is part of this trust.</summary>
    internal bool Holds(long version, string leaf) => version >= 1 && version <= _leaves.Count && _leaves[(int)version - 1] == leaf;

    /// <summary>Whether a name is that of people who hold keys here, but not of who holds this one.</summary>
    internal bool IsAnothers(string name, TrustedKey key) =>
        !string.Equals(name, key.Name, StringComparison.OrdinalIgnoreCase) && _names.Contains(name);

    /// <summary>The key of that id, or null.</summary>
    public TrustedKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    /// <summary>Why a key may not sign an entry of a kind at a moment, as the rest of a sentence; null where it may.</summary>
    public string? WhyNot(string keyId, EntryKind? kind, DateTimeOffset at) => (Standing(keyId, kind, at), Find(keyId)) switch
    {
        (KeyStanding.Trusted, _) => null,
        (KeyStanding.Revoked, { RevokedAt: { } from }) => $"it was revoked from {Utc(from)} on",
        (KeyStanding.Expired, { ValidUntil: { } until }) when at >= until => $"it was valid until {Utc(until)}",
        (KeyStanding.Expired, { } key) => $"it is valid from {Utc(key.ValidFrom)} on only",
        (KeyStanding.WrongRole, { } key) => $"its role, {key.Role.ToString().ToLowerInvariant()}, may not sign a {kind} entry",
        _ => "it is not among this project's keys",
    };

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal KeyStanding Standing(string keyId, EntryKind? kind, DateTimeOffset at)
    {
        if (Find(keyId) is not { } key)
            return KeyStanding.Unknown;
        if (key.RevokedAt is { } revoked && at >= revoked)
            return KeyStanding.Revoked;
        if (at < key.ValidFrom || (key.ValidUntil is { } until && at >= until))
            return KeyStanding.Expired;
        return kind is not { } signed || MaySign(key.Role, signed) ? KeyStanding.Trusted : KeyStanding.WrongRole;
    }

    private static bool MaySign(KeyRole role, EntryKind kind) => role switch
    {
        KeyRole.Ci => kind is not (EntryKind.Decision or EntryKind.HumanEdit or EntryKind.GapAck or EntryKind.KeyEvent or EntryKind.Approval),
        KeyRole.Reviewer => kind is EntryKind.Decision or EntryKind.GapAck or EntryKind.HumanEdit or EntryKind.Approval or EntryKind.Security,
        _ => true,
    };
}
