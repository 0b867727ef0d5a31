using System.Text;
using System.Text.Json;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

public sealed class EnvelopeTests
{
    [Fact]
    public void The_vectors_of_dsse_encode_and_verify()
    {
        var vectors = VectorFile.Read("dsse/vectors.json");
        foreach (var vector in vectors.GetProperty("vectors").EnumerateArray())
        {
            var envelope = vector.GetProperty("envelope");
            var payload = Convert.FromBase64String(envelope.Text("payload").Replace('-', '+').Replace('_', '/'));
            var pae = Pae.Of(envelope.Text("payloadType"), payload);
            var supported = vector.GetProperty("supportedPayloadTypes").EnumerateArray().Any(t => t.GetString() == envelope.Text("payloadType"));
            // What a swapped type was signed as is listed; our encoding of what the envelope claims must differ from it.
            Assert.Equal(vector.Text("id") != "payload-type-swapped", vector.Hex("pae").AsSpan().SequenceEqual(pae));
            var signers = vector.GetProperty("trustedKeys").EnumerateArray()
                .Count(k => envelope.GetProperty("signatures").EnumerateArray().Any(s => Verifies(vectors, k.GetString() ?? "", pae, s.Text("sig"))));
            Assert.Equal(vector.Text("expect") == "accept", supported && signers >= vector.GetProperty("threshold").GetInt32());
        }
    }

    [Fact]
    public void An_envelope_comes_back_from_its_bytes_and_survives_crlf()
    {
        using var key = SigningKey.Generate();
        var sealedOne = Envelope.Seal("t/x", "{\"a\":1}"u8.ToArray(), key);
        foreach (var file in new[] { sealedOne.ToBytes(), Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sealedOne.ToBytes()).Replace("\n", "\r\n", StringComparison.Ordinal)) })
        {
            Assert.True(Envelope.TryRead(file, out var read, out var fault), fault);
            Assert.Equal(sealedOne.Pae, read.Pae);
            Assert.True(key.Public.Verify(read.Pae, Assert.Single(read.Signatures).Signature.Span));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":[]}")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":[]}\n\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"payloadType\":\"t\",\"signatures\":[]}\n")]
    [InlineData("{}\n{\"signatures\":[]}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"a\"}]}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":[{\"keyid\":\"a\",\"sig\":\"?\"}]}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":null}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":{}}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":[null]}\n")]
    [InlineData("{}\n{\"payloadType\":\"t\",\"signatures\":[5,{\"keyid\":\"a\",\"sig\":\"AAAA\"}]}\n")]
    [InlineData("{}\n[]\n")]
    public void What_is_not_two_lines_of_the_form_is_refused(string file) => Assert.False(Envelope.TryRead(Encoding.UTF8.GetBytes(file), out _, out _));

    [Fact]
    public void Fuzzed_envelopes_never_throw()
    {
        using var key = SigningKey.Generate();
        var good = Envelope.Seal("t/x", "{\"a\":1}"u8.ToArray(), key).ToBytes();
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            var bad = good.AsSpan(0, random.Next(good.Length + 1)).ToArray();
            for (var flips = random.Next(4); flips > 0 && bad.Length > 0; flips--)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Envelope.TryRead(bad, out _, out _);
        }
    }

    private static bool Verifies(JsonElement vectors, string name, byte[] pae, string signature)
    {
        Assert.True(PublicKey.TryCreate(vectors.GetProperty("keys").GetProperty(name).Hex("public"), out var key));
        return key.Verify(pae, Convert.FromBase64String(signature.Replace('-', '+').Replace('_', '/')));
    }
}
