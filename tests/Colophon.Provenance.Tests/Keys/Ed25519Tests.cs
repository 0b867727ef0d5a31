using Colophon.Provenance.Keys;

namespace Colophon.Provenance.Tests.Keys;

public sealed class Ed25519Tests
{
    [Fact]
    public void The_vectors_of_rfc_8032_sign_and_verify()
    {
        foreach (var vector in VectorFile.Read("rfc8032/ed25519.json").GetProperty("vectors").EnumerateArray())
        {
            using var key = SigningKey.FromSeed(vector.Hex("secretKey"));
            Assert.Equal(vector.Hex("publicKey"), key.Public.Bytes.ToArray());
            Assert.Equal(vector.Hex("signature"), key.Sign(vector.Hex("message")));
            Assert.True(key.Public.Verify(vector.Hex("message"), vector.Hex("signature")));
        }
    }

    [Fact]
    public void All_151_cases_of_wycheproof_come_out_as_they_should()
    {
        var count = 0;
        foreach (var group in VectorFile.Read("wycheproof/ed25519_test.json").GetProperty("testGroups").EnumerateArray())
        {
            Assert.True(PublicKey.TryCreate(group.GetProperty("publicKey").Hex("pk"), out var key));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                Assert.True((test.Text("result") == "valid") == key.Verify(test.Hex("msg"), test.Hex("sig")), $"case {test.GetProperty("tcId")}");
                count++;
            }
        }

        Assert.Equal(151, count);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f70751")]
    public void Small_order_and_non_canonical_points_are_no_keys_and_no_r(string hex)
    {
        var point = Convert.FromHexString(hex);
        Assert.False(PublicKey.TryCreate(point, out _));
        Assert.False(Ed25519Encoding.IsSoundSignature([.. point, .. new byte[32]]));
    }

    [Fact]
    public void A_scalar_that_is_not_reduced_is_refused()
    {
        using var key = SigningKey.Generate();
        var signature = key.Sign("x"u8);
        Assert.True(key.Public.Verify("x"u8, signature));
        Assert.False(key.Public.Verify("x"u8, Signatures.Malleated(signature)));
    }
}
