using System.Text;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

public sealed class SignedNoteTests
{
    [Fact]
    public void The_note_of_the_specification_verifies_and_its_mutants_do_not()
    {
        var vectors = VectorFile.Read("c2sp/vectors.json");
        var verifier = vectors.GetProperty("signedNote").Text("vkey").Split('+', 3);
        Assert.True(PublicKey.TryCreate(Convert.FromBase64String(verifier[2]).AsSpan(1), out var key));
        Assert.True(Verifies(vectors.GetProperty("signedNote").Text("note"), verifier[0], key));
        foreach (var mutant in vectors.GetProperty("signedNoteMutants").EnumerateArray())
            Assert.False(Verifies(mutant.Text("note"), verifier[0], key), mutant.Text("why"));
    }

    [Fact]
    public void Checkpoints_are_read_as_the_specification_says()
    {
        var vectors = VectorFile.Read("c2sp/vectors.json").GetProperty("checkpointSyntax");
        Assert.True(Checkpoint.TryParse(vectors.Text("body"), out var checkpoint));
        Assert.Equal((vectors.Text("origin"), 20852163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(vectors.Text("body"), checkpoint.ToText());
        foreach (var body in vectors.GetProperty("rejectBodies").EnumerateArray())
            Assert.False(Checkpoint.TryParse(body.GetString() ?? "", out _));
    }

    [Fact]
    public void A_signed_note_comes_back_from_its_bytes()
    {
        using var key = SigningKey.Generate();
        var bytes = SignedNote.Sign("one\ntwo\n", "name", key).ToBytes();
        Assert.True(SignedNote.TryParse(bytes, out var note));
        Assert.Equal("one\ntwo\n", note.Text);
        Assert.True(note.IsSignedBy("name", key.Public));
        Assert.False(note.IsSignedBy("other", key.Public));
        Assert.Equal(bytes, note.ToBytes());
    }

    private static bool Verifies(string note, string name, PublicKey key) =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var parsed) && parsed.IsSignedBy(name, key);
}
