using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Anchors;

/// <summary>
/// What somebody outside is given to remember: the hashes of the heads notes that nothing builds on yet. They vouch for every entry before them, so whoever rewrites one of those
/// contradicts the anchor. Lines: <c>colophon-anchor 1</c>, <c>repo &lt;id&gt;</c>, then <c>heads &lt;SHA-256 of the note's text&gt;</c> in ascending order.
/// </summary>
/// <param name="Repo">The log's id.</param>
/// <param name="Heads">The hashes.</param>
public sealed record AnchorStatement(string Repo, IReadOnlyList<string> Heads)
{
    private const string Header = "colophon-anchor 1";

    /// <summary>The text, each line ended by a line feed.</summary>
    public string Text => $"{Header}\nrepo {Repo}\n{string.Concat(Heads.Order(StringComparer.Ordinal).Select(static h => $"heads {h}\n"))}";

    /// <summary>SHA-256 of the text: what a time-stamping authority signs.</summary>
    public byte[] Digest => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>The beginning of the digest in hex: the anchor's short name.</summary>
    public string Name => Convert.ToHexStringLower(Digest)[..12];

    /// <summary>Reads a text; carriage returns that a checkout or a mail added do not matter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AnchorStatement? statement)
    {
        statement = null;
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (lines is not [Header, var repo, _, ..] || repo.Split(' ') is not ["repo", var id] || !EntryFormat.IsHex(id, EntryFormat.IdBytes))
            return false;
        var heads = new List<string>();
        foreach (var line in lines.Skip(2))
        {
            if (line.Split(' ') is not ["heads", var hash] || !EntryFormat.IsHex(hash, MerkleHash.Length))
                return false;
            heads.Add(hash);
        }

        statement = new AnchorStatement(id, heads);
        return true;
    }
}
