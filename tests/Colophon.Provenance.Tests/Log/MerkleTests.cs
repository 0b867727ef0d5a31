using System.Text.Json;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

public sealed class MerkleTests
{
    [Fact]
    public void The_roots_of_rfc_6962_grow_leaf_by_leaf()
    {
        var tree = VectorFile.Read("merkle/rfc6962_tree.json");
        var roots = tree.GetProperty("rootHashBySizeHex").EnumerateArray().Select(static r => r.GetString()).ToArray();
        var range = new CompactRange();
        Assert.Equal(roots[0], Convert.ToHexStringLower(range.Root()));
        foreach (var leaf in tree.GetProperty("leafInputsHex").EnumerateArray())
        {
            range.Append(Pae.Leaf(Convert.FromHexString(leaf.GetString() ?? "")));
            Assert.Equal(roots[range.Size], Convert.ToHexStringLower(range.Root()));
            range = CompactRange.Resume(range.Size, range.Peaks) ?? new CompactRange();
        }

        Assert.Equal(8, range.Size);
    }

    [Fact]
    public void All_518_proofs_come_out_as_they_should()
    {
        var count = 0;
        foreach (var line in File.ReadLines(VectorFile.Of("merkle/proofs.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var proof = document.RootElement;
            Assert.True(Holds(proof) != proof.GetProperty("wantErr").GetBoolean(), proof.Text("file"));
            count++;
        }

        Assert.Equal(518, count);
    }

    [Fact]
    public void Peaks_that_do_not_fit_the_size_are_refused() => Assert.Null(CompactRange.Resume(3, [new byte[32]]));

    private static bool Holds(JsonElement p)
    {
        var proof = p.GetProperty("proof") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(static h => h.GetBytesFromBase64()).ToArray() : [];
        return p.Text("kind") switch
        {
            "inclusion" => Long(p, "leafIdx", out var i) && Long(p, "treeSize", out var n) && MerkleProof.Includes(i, n, Hash(p, "leafHash"), proof, Hash(p, "root")),
            "consistency" => Long(p, "size1", out var a) && Long(p, "size2", out var b) && MerkleProof.IsConsistent(a, b, Hash(p, "root1"), Hash(p, "root2"), proof),
            "subtreeinclusion" => Long(p, "start", out var s) && Long(p, "end", out var e) && Long(p, "leafIdx", out var i)
                && MerkleProof.IncludesInSubtree(s, e, i, Hash(p, "leafHash"), proof, Hash(p, "root")),
            _ => Long(p, "start", out var s) && Long(p, "end", out var e) && Long(p, "size", out var n)
                && MerkleProof.IsSubtree(s, e, n, Hash(p, "root1"), Hash(p, "root2"), proof),
        };
    }

    // Sizes above 2^63 are refused by the type.
    private static bool Long(JsonElement element, string name, out long value) => element.GetProperty(name).TryGetInt64(out value);

    private static byte[] Hash(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetBytesFromBase64() : [];
}
