using System.Reflection;
using System.Runtime.InteropServices;

namespace Colophon.Provenance.Keys;

/// <summary>The doors into OpenSSL's libcrypto that Ed25519 and scrypt need; .NET has neither. Version 1.1.1 and every 3.x serve.</summary>
internal static partial class LibCrypto
{
    internal const int Ed25519 = 1087;
    private const string Name = "colophon-libcrypto";

    private static readonly string[] Candidates = ["libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto.dylib"];

    static LibCrypto() => NativeLibrary.SetDllImportResolver(typeof(LibCrypto).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Name)
            return 0;
        foreach (var candidate in Candidates)
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
                return handle;
        }

        throw new ProvenanceException(
            ProvenanceError.CryptoMissing, $"No OpenSSL library was found (tried {string.Join(", ", Candidates)}).", "Install OpenSSL 3 (Debian: libssl3).");
    }

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    internal static unsafe partial nint NewPrivateKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    internal static unsafe partial nint NewPublicKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    internal static unsafe partial int GetPublicKey(EvpKey key, byte* target, ref nuint length);

    [LibraryImport(Name, EntryPoint = "EVP_PKEY_free")]
    internal static partial void FreeKey(nint key);

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_new")]
    internal static partial nint NewContext();

    [LibraryImport(Name, EntryPoint = "EVP_MD_CTX_free")]
    internal static partial void FreeContext(nint context);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSignInit")]
    internal static partial int SignInit(nint context, nint keyContext, nint digest, nint engine, EvpKey key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestSign")]
    internal static unsafe partial int Sign(nint context, byte* signature, ref nuint signatureLength, byte* message, nuint messageLength);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerifyInit")]
    internal static partial int VerifyInit(nint context, nint keyContext, nint digest, nint engine, EvpKey key);

    [LibraryImport(Name, EntryPoint = "EVP_DigestVerify")]
    internal static unsafe partial int Verify(nint context, byte* signature, nuint signatureLength, byte* message, nuint messageLength);

    [LibraryImport(Name, EntryPoint = "EVP_PBE_scrypt")]
    internal static unsafe partial int Scrypt(byte* secret, nuint secretLength, byte* salt, nuint saltLength, ulong cost, ulong block, ulong lanes, ulong memory, byte* key, nuint keyLength);

    [LibraryImport(Name, EntryPoint = "ERR_clear_error")]
    internal static partial void ClearErrors();
}
