using System.Numerics;

namespace Colophon.Provenance.Tests;

internal static class Signatures
{
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    /// <summary>The same signature with S + L for S: a lax verifier takes both.</summary>
    internal static byte[] Malleated(byte[] signature)
    {
        var scalar = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        byte[] result = [.. signature.AsSpan(0, 32), .. new byte[32]];
        Assert.True(scalar.TryWriteBytes(result.AsSpan(32), out _, isUnsigned: true));
        return result;
    }
}
