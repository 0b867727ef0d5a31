using System.Globalization;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Trust;

/// <summary>What the next version of the trust file says after a change, and what no change may do.</summary>
internal static class TrustRules
{
    private const int LongestName = 200;

    internal static TrustRoot Apply(TrustRoot before, TrustEdit edit)
    {
        var after = edit switch
        {
            TrustEdit.Add add => Added(before, add),
            TrustEdit.Remove remove => Removed(before, remove),
            TrustEdit.Rotate rotate => Rotated(before, rotate),
            TrustEdit.Revoke revoke => Revoked(before, revoke, edit.Threshold),
            _ => throw new ArgumentOutOfRangeException(nameof(edit)),
        };
        after = after with { Version = before.Version + 1, Threshold = edit.Threshold ?? after.Threshold };
        return after.Roots.Count >= after.Threshold && after.Threshold >= 1 ? after : throw Refused(
            $"{after.Roots.Count} root(s) would be left where {after.Threshold} must sign, so nobody could ever change trust again.", "Add a root first, or lower the threshold with --threshold.");
    }

    /// <summary>The key that a person names: its id, the beginning of it (at least 4 digits), or its holder's name.</summary>
    internal static string Find(TrustRoot root, string name)
    {
        var ids = root.Keys.Select(static k => k.Key.KeyId).Concat(root.Roots.Select(static r => r.KeyId)).Distinct(StringComparer.Ordinal).ToArray();
        string[] found = [.. root.Keys.Where(k => k.Name == name).Select(static k => k.Key.KeyId)];
        if (found.Length == 0 && name.Length >= 4)
            found = [.. ids.Where(id => id.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        // Which of a holder's keys is meant is never guessed: revoking the wrong one would disown good work.
        return found switch
        {
            [var only] => only,
            [] => throw Refused($"No key of this project is called '{name}'.", "`colophon trust show` lists them; give the beginning of a key's id."),
            _ => throw Refused($"'{name}' fits {found.Length} keys.", $"Give the beginning of a key's id: {string.Join(", ", found.Select(id => $"{id[..12]}{Ended(root, id)}"))}."),
        };
    }

    private static string Ended(TrustRoot root, string keyId) => root.Keys.FirstOrDefault(k => k.Key.KeyId == keyId) switch
    {
        { RevokedAt: { } at } => $" (revoked from {Utc(at)})",
        { ValidUntil: { } at } => $" (until {Utc(at)})",
        _ => "",
    };

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static TrustRoot Added(TrustRoot before, TrustEdit.Add add)
    {
        CheckName(add.Name);
        if (add.Until is { } until && until <= add.From)
            throw Refused($"The key would never be valid: it ends at {Utc(until)}, before it begins at {Utc(add.From)}.", "Give --until a later moment, or --from an earlier one.");
        var known = before.Keys.FirstOrDefault(k => k.Key.KeyId == add.Key.KeyId);
        if (known is not null && !add.IsRoot)
            throw Refused($"The key {add.Key.KeyId[..12]} is trusted already, as {known.Name}'s.", null);
        if (add.IsRoot && before.Roots.Any(r => r.KeyId == add.Key.KeyId))
            throw Refused($"The key {add.Key.KeyId[..12]} is a root already.", null);
        var key = new TrustedKey { Key = add.Key, Name = add.Name, Role = add.Role, ValidFrom = add.From, ValidUntil = add.Until };
        return before with
        {
            Keys = known is null ? [.. before.Keys, key] : before.Keys,
            Roots = add.IsRoot ? [.. before.Roots, add.Key] : before.Roots,
        };
    }

    private static TrustRoot Removed(TrustRoot before, TrustEdit.Remove remove) => before with
    {
        Keys = remove.RootOnly ? before.Keys : [.. before.Keys.Where(k => k.Key.KeyId != remove.KeyId)],
        Roots = Without(before.Roots, remove.KeyId),
    };

    private static TrustRoot Rotated(TrustRoot before, TrustEdit.Rotate rotate)
    {
        if (before.Keys.Any(k => k.Key.KeyId == rotate.Next.KeyId) || before.Roots.Any(r => r.KeyId == rotate.Next.KeyId))
            throw Refused($"The key {rotate.Next.KeyId[..12]} is known already; a key takes over only once.", null);
        var keys = new List<TrustedKey>();
        foreach (var key in before.Keys)
        {
            if (key.Key.KeyId != rotate.KeyId)
            {
                keys.Add(key);
                continue;
            }

            if (key.RevokedAt is not null)
                throw Refused("A revoked key has nothing to hand over.", "Add the new key with `colophon trust add`.");
            keys.Add(key with { ValidUntil = key.ValidUntil is { } until && until < rotate.At ? until : rotate.At });
            keys.Add(new TrustedKey { Key = rotate.Next, Name = key.Name, Role = key.Role, ValidFrom = rotate.At, ValidUntil = key.ValidUntil });
        }

        return before with { Keys = keys, Roots = [.. before.Roots.Select(r => r.KeyId == rotate.KeyId ? rotate.Next : r)] };
    }

    private static TrustRoot Revoked(TrustRoot before, TrustEdit.Revoke revoke, long? threshold)
    {
        // A cut-off can be moved back when more becomes known, never forward: what was disowned stays disowned.
        if (threshold is null && before.Roots.All(r => r.KeyId != revoke.KeyId) && before.Keys.FirstOrDefault(k => k.Key.KeyId == revoke.KeyId) is { RevokedAt: { } standing } && standing <= revoke.At)
            throw Refused($"The key {revoke.KeyId[..12]} is revoked from {Utc(standing)} already.", "A cut-off can only be moved to an earlier moment: what was disowned stays disowned.");
        return before with
        {
            Keys = [.. before.Keys.Select(k => k.Key.KeyId == revoke.KeyId ? k with { RevokedAt = k.RevokedAt is { } at && at < revoke.At ? at : revoke.At } : k)],
            Roots = Without(before.Roots, revoke.KeyId),
        };
    }

    private static PublicKey[] Without(IReadOnlyList<PublicKey> roots, string keyId) => [.. roots.Where(r => r.KeyId != keyId)];

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw Refused("A key needs its holder's name, on one line.", "Give it with --name.");
    }

    internal static ProvenanceException Refused(string message, string? hint) => new(ProvenanceError.TrustChangeRefused, message, hint);
}
