using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Colophon.Provenance.Log;

/// <summary>The text of a checkpoint (C2SP tlog-checkpoint): origin, size, root, and extension lines.</summary>
internal sealed record Checkpoint(string Origin, long Size, ReadOnlyMemory<byte> Root, IReadOnlyList<string> Extensions)
{
    internal static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = text.Split('\n');
        var root = new byte[MerkleHash.Length + 2];
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[0].Length == 0 || lines[3..^1].Any(static l => l.Length == 0)
            || !long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || lines[1] != size.ToString(CultureInfo.InvariantCulture)
            || lines[2].Length != 44 || !Convert.TryFromBase64String(lines[2], root, out var length) || length != MerkleHash.Length)
            return false;
        checkpoint = new Checkpoint(lines[0], size, root.AsMemory(0, length), lines[3..^1]);
        return true;
    }

    internal string ToText()
    {
        var text = new StringBuilder(Origin).Append('\n').Append(Size).Append('\n').Append(Convert.ToBase64String(Root.Span)).Append('\n');
        foreach (var line in Extensions)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}
