using System.Runtime.InteropServices;

namespace Colophon.Provenance.Keys;

/// <summary>An Ed25519 key inside libcrypto; several threads may use one.</summary>
internal sealed class EvpKey : SafeHandle, ISigner
{
    internal const int SignatureLength = 64;
    internal const int KeyLength = 32;

    private EvpKey(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    internal static unsafe EvpKey FromSeed(ReadOnlySpan<byte> seed)
    {
        fixed (byte* bytes = seed)
            return Checked(LibCrypto.NewPrivateKey(LibCrypto.Ed25519, 0, bytes, (nuint)seed.Length));
    }

    internal static unsafe EvpKey FromPublic(ReadOnlySpan<byte> point)
    {
        fixed (byte* bytes = point)
            return Checked(LibCrypto.NewPublicKey(LibCrypto.Ed25519, 0, bytes, (nuint)point.Length));
    }

    internal unsafe byte[] PublicBytes()
    {
        var target = new byte[KeyLength];
        var length = (nuint)KeyLength;
        fixed (byte* bytes = target)
        {
            if (LibCrypto.GetPublicKey(this, bytes, ref length) != 1 || length != KeyLength)
                throw Failed("deriving the public key");
        }

        return target;
    }

    /// <inheritdoc/>
    public unsafe byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[SignatureLength];
        var length = (nuint)SignatureLength;
        var context = LibCrypto.NewContext();
        fixed (byte* target = signature, bytes = NotEmpty(message))
        {
            var done = LibCrypto.SignInit(context, 0, 0, 0, this) == 1
                && LibCrypto.Sign(context, target, ref length, bytes, (nuint)message.Length) == 1
                && length == SignatureLength;
            LibCrypto.FreeContext(context);
            return done ? signature : throw Failed("signing");
        }
    }

    internal unsafe bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var context = LibCrypto.NewContext();
        fixed (byte* seal = signature, bytes = NotEmpty(message))
        {
            var ready = LibCrypto.VerifyInit(context, 0, 0, 0, this) == 1;
            var genuine = ready && LibCrypto.Verify(context, seal, (nuint)signature.Length, bytes, (nuint)message.Length) == 1;
            LibCrypto.FreeContext(context);
            if (!genuine)
                LibCrypto.ClearErrors();
            return ready ? genuine : throw Failed("verifying");
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeKey(handle);
        return true;
    }

    private static ReadOnlySpan<byte> NotEmpty(ReadOnlySpan<byte> message) => message.IsEmpty ? "\0"u8 : message;

    private static EvpKey Checked(nint handle) => handle != 0 ? new EvpKey(handle) : throw Failed("taking the key");

    private static ProvenanceException Failed(string what)
    {
        LibCrypto.ClearErrors();
        return new(ProvenanceError.CryptoMissing, $"libcrypto failed at {what}.", "Check that OpenSSL is not restricted to algorithms without Ed25519.");
    }
}
