using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Log;

/// <summary>How far one stream went.</summary>
/// <param name="Key"><c>change/stream</c>.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root over them (hex).</param>
internal sealed record StreamHead(string Key, long Size, string Root)
{
    internal string Line => $"stream {Key} {Size} {Root}";

    /// <summary>Whether it stands where both are told of one stream: the longer; of two that a fork made as long, the one whose root sorts first, so that everybody takes the same.</summary>
    internal bool IsOver(StreamHead other) => Size > other.Size || (Size == other.Size && string.CompareOrdinal(Root, other.Root) < 0);
}

/// <summary>
/// A checkpoint over all streams. Its leaves are the lines <c>stream change/stream size root</c> in ordinal order, its size the number of streams. A note writes only
/// the lines that moved since the notes it names as <c>prior</c> (by the SHA-256 of their text), so a log of many commands stays small, and a note that
/// is taken away is missed by the ones after it.
/// </summary>
internal sealed record HeadsNote(string Hash, SignedNote Note, Checkpoint Checkpoint, IReadOnlyList<string> Priors, IReadOnlyList<StreamHead> Moved)
{
    internal string FileName => $"{Checkpoint.Size}-{Convert.ToHexStringLower(Checkpoint.Root.Span)[..12]}.note";

    internal static HeadsNote Sign(string repo, IReadOnlyCollection<StreamHead> all, IEnumerable<string> priors, IReadOnlyList<StreamHead> moved, SigningKey key) =>
        Sign(repo, all.Count, Root(all), priors, moved, key);

    internal static HeadsNote Sign(string repo, long streams, byte[] root, IEnumerable<string> priors, IReadOnlyList<StreamHead> moved, SigningKey key)
    {
        string[] before = [.. priors.Order(StringComparer.Ordinal)];
        var checkpoint = new Checkpoint(NoteNames.Heads(repo), streams, root, [.. before.Select(static p => "prior " + p), .. moved.Select(static m => m.Line)]);
        var text = checkpoint.ToText();
        return new HeadsNote(HashOf(text), SignedNote.Sign(text, NoteNames.Signer(key.KeyId), key), checkpoint, before, moved);
    }

    internal static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out HeadsNote? heads)
    {
        heads = null;
        if (!SignedNote.TryParse(bytes, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
            return false;
        var priors = new List<string>();
        var moved = new List<StreamHead>();
        foreach (var line in checkpoint.Extensions)
        {
            if (line.Split(' ') is ["prior", var hash] && EntryFormat.IsHex(hash, MerkleHash.Length))
                priors.Add(hash);
            else if (TryParseHead(line, out var head))
                moved.Add(head);
            else
                return false;
        }

        if (priors.Distinct(StringComparer.Ordinal).Count() != priors.Count || moved.DistinctBy(static m => m.Key, StringComparer.Ordinal).Count() != moved.Count)
            return false;
        heads = new HeadsNote(HashOf(note.Text), note, checkpoint, priors, moved);
        return true;
    }

    internal static byte[] Root(IEnumerable<StreamHead> all)
    {
        var range = new CompactRange();
        foreach (var head in all.OrderBy(static h => h.Key, StringComparer.Ordinal))
            range.Append(Pae.Leaf(Encoding.UTF8.GetBytes(head.Line)));
        return range.Root();
    }

    internal static bool TryParseHead(string line, [NotNullWhen(true)] out StreamHead? head)
    {
        head = null;
        if (line.Split(' ') is not ["stream", var key, var number, var root] || key.Split('/') is not [var change, var stream]
            || !EntryFormat.IsName(change) || !EntryFormat.IsName(stream) || !EntryFormat.IsHex(root, MerkleHash.Length)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size < 1)
            return false;
        head = new StreamHead(key, size, root);
        return head.Line == line;
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
