using System.Text;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Proofs;
using Colophon.Provenance.Verify;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Provenance.Tests.Proofs;

public sealed class EntryProofTests
{
    [Fact]
    public async Task Every_entry_is_proved_to_whoever_knows_the_trust_root_alone()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(3);
        entries = [.. entries, .. await project.FillAsync(4)];
        foreach (var entry in entries)
        {
            var verdict = EntryProofs.Check(Prove(project, entry.Leaf), Root(project));
            Assert.Equal((EntryStatus.Valid, null, entry.Leaf), (verdict.Status, verdict.Message, verdict.Entry?.Leaf));
            Assert.Equal(entry.Predicate.Seq <= 3 ? 3 : 7, verdict.Size);
            Assert.Equal("Ada", Assert.Single(verdict.Signers).Name);
        }
    }

    [Fact]
    public async Task A_proof_is_the_text_that_the_specification_describes()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(5);
        var text = Encoding.UTF8.GetString(Prove(project, entries[4].Leaf));
        var lines = text.Split('\n');
        Assert.Equal("c2sp.org/tlog-proof@v1", lines[0]);
        Assert.StartsWith("extra ", lines[1], StringComparison.Ordinal);
        Assert.Equal("index 4", lines[2]);
        // The last of five leaves hangs alone beside the four others.
        Assert.Equal((44, ""), (lines[3].Length, lines[4]));
        Assert.Equal($"colophon/{project.Trust?.Repo}/s/add-login/{entries[0].Predicate.Stream}", lines[5]);
        Assert.Equal(("5", 44, ""), (lines[6], lines[7].Length, lines[8]));
        Assert.StartsWith($"— colophon-key/{project.Key.KeyId} ", lines[9], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_root_another_key_and_another_repository_are_not_believed()
    {
        using var project = Project.Create();
        using var other = Project.Create();
        var proof = Prove(project, (await project.FillAsync(2))[0].Leaf);
        await other.FillAsync(1);
        Assert.Equal(VerifyExitCode.Trust, EntryProofs.Check(proof, Root(other)).ExitCode);
        Assert.NotNull(other.Trust);
        Assert.NotEqual(VerifyExitCode.Valid, EntryProofs.Check(proof, other.Trust).ExitCode);
        Assert.NotNull(project.Trust);
        Assert.Equal(VerifyExitCode.Valid, EntryProofs.Check(proof, project.Trust).ExitCode);
    }

    [Fact]
    public async Task An_entry_of_the_same_log_in_the_place_of_another_is_found()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(4);
        Assert.True(TlogProof.TryParse(Prove(project, entries[1].Leaf), out var one));
        Assert.True(TlogProof.TryParse(Prove(project, entries[2].Leaf), out var two));
        Assert.Equal(VerifyExitCode.Integrity, Check(one with { Extra = two.Extra }));
        Assert.Equal(VerifyExitCode.Integrity, Check(one with { Index = two.Index, Hashes = two.Hashes }));
        Assert.Equal(VerifyExitCode.Integrity, Check(one with { Hashes = [.. one.Hashes.Reverse()] }));
        Assert.Equal(VerifyExitCode.Integrity, Check(one with { Hashes = [.. one.Hashes.Skip(1)] }));
        var entryAlone = one.Extra.Span.IndexOf((byte)'\n') is var line && one.Extra.Span[(line + 1)..].IndexOf((byte)'\n') is var other ? line + other + 2 : 0;
        Assert.Equal(VerifyExitCode.Trust, Check(one with { Extra = one.Extra[..entryAlone] }));
        Assert.Equal(VerifyExitCode.Valid, Check(one));

        int Check(TlogProof proof) => EntryProofs.Check(proof.ToBytes(), Root(project)).ExitCode;
    }

    [Fact]
    public async Task A_checkpoint_by_a_stranger_or_with_another_root_proves_nothing()
    {
        using var project = Project.Create();
        using var stranger = SigningKey.Generate();
        var entries = await project.FillAsync(2);
        Assert.True(TlogProof.TryParse(Prove(project, entries[0].Leaf), out var proof));
        Assert.True(SignedNote.TryParse(proof.Checkpoint.Span, out var note));
        var forged = SignedNote.Sign(note.Text, NoteNames.Signer(stranger.KeyId), stranger).ToBytes();
        Assert.Equal(VerifyExitCode.Trust, EntryProofs.Check((proof with { Checkpoint = forged }).ToBytes(), Root(project)).ExitCode);
        var borrowed = Encoding.UTF8.GetString(note.ToBytes()).Replace("\n2\n", "\n3\n", StringComparison.Ordinal);
        Assert.Equal(VerifyExitCode.Integrity, EntryProofs.Check((proof with { Checkpoint = Encoding.UTF8.GetBytes(borrowed) }).ToBytes(), Root(project)).ExitCode);
        Assert.Equal(EntryStatus.InvalidSignature, EntryProofs.Check((proof with { Hashes = [], Index = 0, Checkpoint = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(note.ToBytes()).Replace(RootLine(note), Convert.ToBase64String(Convert.FromHexString(entries[0].Leaf)), StringComparison.Ordinal).Replace("\n2\n", "\n1\n", StringComparison.Ordinal)) }).ToBytes(), Root(project)).Status);
    }

    [Fact]
    public async Task What_no_checkpoint_covers_and_what_does_not_verify_is_not_proved()
    {
        using var project = Project.Create();
        var entry = await project.Log().AppendAsync(Project.Draft(), project.Key, TestContext.Current.CancellationToken);
        var refused = Assert.Throws<ProvenanceException>(() => Prove(project, entry.Leaf));
        Assert.Equal(ProvenanceError.ProofUnusable, refused.Error);
        Assert.Contains("Unanchored", refused.Message, StringComparison.Ordinal);

        var entries = await project.FillAsync(2);
        File.Delete(entries[0].FilePath);
        Assert.Equal(ProvenanceError.ProofUnusable, Assert.Throws<ProvenanceException>(() => Prove(project, entries[1].Leaf)).Error);
        Assert.Equal(ProvenanceError.EntryNotFound, Assert.Throws<ProvenanceException>(() => Prove(project, "ffffffffffff")).Error);
    }

    [Fact]
    public async Task No_changed_byte_leaves_a_proof_of_something_else()
    {
        using var project = Project.Create();
        var entries = await project.FillAsync(3);
        var proof = Prove(project, entries[1].Leaf);
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var changed = (byte[])proof.Clone();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            var verdict = EntryProofs.Check(changed, Root(project));
            Assert.True(verdict.ExitCode != VerifyExitCode.Valid || verdict.Entry?.Leaf == entries[1].Leaf);
            var cut = EntryProofs.Check(proof.AsMemory(0, random.Next(proof.Length)), Root(project));
            Assert.NotEqual(VerifyExitCode.Valid, cut.ExitCode);
        }
    }

    [Fact]
    public void Nothing_throws_whatever_the_bytes() =>
        Prop.ForAll<byte[]>(static bytes => EntryProofs.Check(bytes, new string('0', 64)).Status == EntryStatus.Malformed).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_leaf_of_every_tree_is_proved_at_its_place_and_no_other() => Prop.ForAll<PositiveInt, NonNegativeInt>(static (size, index) =>
    {
        var leaves = Enumerable.Range(0, size.Get).Select(static i => Pae.Leaf(BitConverter.GetBytes(i))).ToArray();
        var at = index.Get % leaves.Length;
        var range = new CompactRange();
        foreach (var leaf in leaves)
            range.Append(leaf);
        var proof = MerkleProof.Inclusion(at, leaves);
        return Enumerable.Range(0, leaves.Length).All(i => MerkleProof.Includes(i, leaves.Length, leaves[at], proof, range.Root()) == (i == at));
    }).QuickCheckThrowOnFailure();

    private static string RootLine(SignedNote note) => note.Text.Split('\n')[2];

    private static string Root(Project project) => project.Trust?.Fingerprint ?? "";

    private static byte[] Prove(Project project, string leaf) => EntryProofs.Make(project.Repository, project.Options, leaf);
}
