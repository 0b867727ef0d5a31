using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Verify;

/// <summary>Checks who signed a note.</summary>
internal sealed class NoteCheck(ProjectTrust? trust, string? trustFault)
{
    /// <summary>What is wrong with a note's signatures, or null; and the trusted keys that signed it.</summary>
    internal (EntryStatus Status, string Message)? Fault(SignedNote note, out IReadOnlyList<string> signers)
    {
        var found = new List<string>();
        signers = found;
        if (trust is null)
            return (EntryStatus.PublicKeyNotTrusted, trustFault ?? "There is no trust.");
        foreach (var line in note.Signatures)
        {
            if (NoteNames.KeyId(line.Name) is not { } keyId || trust.Find(keyId) is not { } key)
                continue;
            if (!note.IsSignedBy(line.Name, key.Key))
                return (EntryStatus.InvalidSignature, $"The signature of {key.Name} is not over this note.");
            found.Add(keyId);
        }

        return found.Count > 0 ? null : (EntryStatus.PublicKeyNotTrusted, "No key that the project trusts signed it.");
    }
}
