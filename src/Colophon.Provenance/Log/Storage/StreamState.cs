using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Log;

/// <summary>
/// What the writer of a stream remembers outside the tree: where the stream ends and the peaks of its Merkle tree, as of when the journal was last emptied. The entries are
/// what counts; the writer catches up with them.
/// </summary>
internal sealed class StreamState
{
    private const string Header = "colophon-stream 1";
    private const int Remembered = 64;

    private readonly List<(string Id, long Seq, string Leaf)> _recent = [];

    internal required string Change { get; init; }

    internal required string Stream { get; init; }

    internal CompactRange Range { get; private set; } = new();

    internal long Size => Range.Size;

    internal string? LastLeaf { get; private set; }

    /// <summary>The key that signed the last entry.</summary>
    internal string KeyId { get; private set; } = "";

    /// <summary>How many entries the last checkpoint covers.</summary>
    internal long Sealed { get; set; }

    internal EntryReference? Last => LastLeaf is null ? null : new EntryReference(Change, Stream, Size, LastLeaf);

    internal (long Seq, string Leaf)? Recent(string id)
    {
        var index = _recent.FindLastIndex(r => r.Id == id);
        return index < 0 ? null : (_recent[index].Seq, _recent[index].Leaf);
    }

    internal void Take(string leaf, Predicate predicate) => Take(leaf, predicate.Id, predicate.Actor.KeyId);

    internal void Take(string leaf, string id, string keyId)
    {
        Range.Append(Convert.FromHexString(leaf));
        (LastLeaf, KeyId) = (leaf, keyId);
        _recent.Add((id, Size, leaf));
        if (_recent.Count > Remembered)
            _recent.RemoveAt(0);
    }

    internal static StreamState? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        var cut = text.LastIndexOf("sum ", StringComparison.Ordinal);
        if (cut < 0 || text[cut..].TrimEnd() != Sum(text[..cut]))
            return null;
        string? change = null, stream = null;
        var fields = text[..cut].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (fields[0] != Header)
            return null;
        foreach (var field in fields)
        {
            if (field.StartsWith("stream ", StringComparison.Ordinal) && field.Split(' ') is [_, var c, var s])
                (change, stream) = (c, s);
        }

        if (change is null || stream is null)
            return null;
        var state = new StreamState { Change = change, Stream = stream };
        foreach (var field in fields)
            state.Field(field.Split(' '));
        return state;
    }

    internal void Write(string path)
    {
        var text = new StringBuilder(2048).Append(Header).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"stream {Change} {Stream}\nend {LastLeaf ?? "-"} {KeyId}\nsealed {Sealed}\nrange {Size}");
        foreach (var peak in Range.Peaks)
            text.Append(' ').Append(Convert.ToHexStringLower(peak));
        text.Append('\n');
        foreach (var (id, seq, leaf) in _recent)
            text.Append(CultureInfo.InvariantCulture, $"recent {id} {seq} {leaf}\n");
        var body = text.ToString();
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(body + Sum(body) + "\n"));
    }

    private void Field(string[] field)
    {
        switch (field)
        {
            case ["end", var leaf, var key]:
                (LastLeaf, KeyId) = (leaf == "-" ? null : leaf, key);
                break;
            case ["sealed", var size]:
                Sealed = Number(size);
                break;
            case ["range", var size, .. var peaks]:
                Range = CompactRange.Resume(Number(size), peaks.Select(Convert.FromHexString)) ?? Range;
                break;
            case ["recent", var id, var seq, var leaf]:
                _recent.Add((id, Number(seq), leaf));
                break;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Sum(string body) => "sum " + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
}
