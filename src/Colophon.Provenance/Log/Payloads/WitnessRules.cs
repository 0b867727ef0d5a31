using System.Globalization;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Log;

/// <summary>What entries that speak of others must say in <c>witnessed</c>; without it nobody could check them.</summary>
internal static class WitnessRules
{
    /// <summary>What is missing, in one sentence, or null.</summary>
    internal static string? Fault(Predicate p) => p.Kind switch
    {
        EntryKind.KeyEvent when !IsNumber(Said(p, TrustWitness.Version)) || !EntryFormat.IsHex(Said(p, TrustWitness.Leaf), MerkleHash.Length) => "A key event names no version of the trust file.",
        EntryKind.Redaction when !EntryFormat.IsHex(Said(p, Redactions.Target), MerkleHash.Length)
            || !Array.TrueForAll(Said(p, Redactions.Fields).Split(' '), static f => EnumNames<RedactedField>.TryParse(f, out _))
            || !Array.TrueForAll(Said(p, Redactions.Commitments).Split(' '), static c => EntryFormat.IsHex(c, MerkleHash.Length)) => "A redaction does not name what was erased.",
        _ => null,
    };

    private static string Said(Predicate p, string member) => p.Witnessed.GetValueOrDefault(member, "");

    private static bool IsNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && text == number.ToString(CultureInfo.InvariantCulture);
}
