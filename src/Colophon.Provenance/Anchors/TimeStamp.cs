using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Colophon.Provenance.Anchors;

/// <summary>
/// Time-stamps of RFC 3161: a time-stamping authority signs the statement's digest and its time. Requests and replies are files, so any way to reach an authority will do; nothing here speaks to the network.
/// </summary>
internal static class TimeStamp
{
    /// <summary>The request for an authority (a <c>.tsq</c> file), asking for its certificate to be sent along.</summary>
    internal static byte[] Request(AnchorStatement statement)
    {
        var nonce = RandomNumberGenerator.GetBytes(8);
        nonce[0] &= 0x7f;
        return Rfc3161TimestampRequest.CreateFromHash(statement.Digest, HashAlgorithmName.SHA256, requestedPolicyId: null, nonce: nonce, requestSignerCertificates: true).Encode();
    }

    /// <summary>Takes the token out of an authority's reply (a <c>.tsr</c> file), or takes a token as it is.</summary>
    /// <param name="reply">DER.</param>
    /// <param name="fault">What is wrong, in one sentence.</param>
    internal static Rfc3161TimestampToken? Read(ReadOnlyMemory<byte> reply, out string fault)
    {
        fault = "it is no time-stamp of RFC 3161";
        if (Rfc3161TimestampToken.TryDecode(reply, out var bare, out var used) && used == reply.Length)
            return bare;
        try
        {
            var response = new AsnReader(reply, AsnEncodingRules.DER).ReadSequence();
            var status = response.ReadSequence();
            if (status.ReadInteger() is var code && code > 1)
            {
                fault = $"the authority refused the request (status {code})";
                return null;
            }

            return Rfc3161TimestampToken.TryDecode(response.ReadEncodedValue(), out var token, out _) ? token : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>Whether a token is over a statement and its signature holds, by whatever certificate it brings along.</summary>
    internal static bool IsOver(Rfc3161TimestampToken token, AnchorStatement statement, out string fault)
    {
        fault = "its signature is not over this statement";
        return token.VerifySignatureForHash(statement.Digest, HashAlgorithmName.SHA256, out _);
    }

    /// <summary>Whether the authority behind a token that holds is trusted.</summary>
    /// <param name="token">The token.</param>
    /// <param name="statement">The statement it is over.</param>
    /// <param name="authority">The certificates that are trusted as roots; the chain is followed offline, as of the time of the stamp.</param>
    /// <param name="signer">The authority's name.</param>
    /// <param name="fault">Why it does not count.</param>
    internal static bool IsTrusted(Rfc3161TimestampToken token, AnchorStatement statement, X509Certificate2Collection authority, [NotNullWhen(true)] out string? signer, out string fault)
    {
        (signer, fault) = (null, "no authority is trusted for it");
        if (authority.Count == 0 || !token.VerifySignatureForHash(statement.Digest, HashAlgorithmName.SHA256, out var certificate, authority))
            return false;
        using (certificate)
        using (var chain = new X509Chain())
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authority);
            chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            chain.ChainPolicy.DisableCertificateDownloads = true;
            chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.LocalDateTime;
            chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.8"));
            if (!chain.Build(certificate))
            {
                fault = $"its authority is not trusted: {chain.ChainStatus.FirstOrDefault().StatusInformation}".TrimEnd();
                return false;
            }

            signer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
            return true;
        }
    }
}
