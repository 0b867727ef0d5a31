using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Colophon.Security.Errors;

namespace Colophon.Security.Secrets.Keyrings;

/// <summary>The key ring of macOS: a generic password in the login keychain, by Keychain Services (<c>SecItemAdd</c> and its siblings). A locked one asks by itself where the session has a display.</summary>
public sealed partial class KeychainKeyring : IKeyring
{
    private const string SecurityLibrary = "/System/Library/Frameworks/Security.framework/Security";
    private const string FoundationLibrary = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation";
    private const string ServiceName = "org.colophon.passphrase";
    private const uint Utf8 = 0x08000100;
    private const int NotFound = -25300;
    private const int InteractionNotAllowed = -25308;
    private const int AuthenticationFailed = -25293;
    private const int Cancelled = -128;

    /// <inheritdoc/>
    public string Name => Keyring.Keychain;

    /// <inheritdoc/>
    public string Title => "the macOS keychain";

    /// <inheritdoc/>
    public string? Find(string configurationDirectory) => OperatingSystem.IsMacOS() ? Copy(configurationDirectory) : null;

    /// <inheritdoc/>
    public void Keep(string configurationDirectory, string passphrase, TimeSpan? time)
    {
        if (!OperatingSystem.IsMacOS())
            throw Unavailable("is not here: this is no macOS");
        if (time is not null)
            throw Unavailable("keeps a passphrase until it is forgotten, not for a time");
        Replace(configurationDirectory, passphrase);
    }

    /// <inheritdoc/>
    public bool Forget(string configurationDirectory) => OperatingSystem.IsMacOS() && Delete(configurationDirectory);

    /// <inheritdoc/>
    public KeyringState Look() => OperatingSystem.IsMacOS() ? new KeyringState(true, "the login keychain") : new KeyringState(false, "this is no macOS");

    [SupportedOSPlatform("macos")]
    private static string? Copy(string folder)
    {
        using var objects = new Objects();
        var query = objects.Query(folder, (objects.Constant("kSecReturnData"), objects.True));
        var status = SecItemCopyMatching(query, out var data);
        if (status == NotFound)
            return null;
        Check(status);
        objects.Own(data);
        var bytes = new byte[(int)CFDataGetLength(data)];
        Marshal.Copy(CFDataGetBytePtr(data), bytes, 0, bytes.Length);
        var text = Encoding.UTF8.GetString(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    [SupportedOSPlatform("macos")]
    private static void Replace(string folder, string passphrase)
    {
        using var objects = new Objects();
        var secret = Encoding.UTF8.GetBytes(passphrase);
        var value = (objects.Constant("kSecValueData"), objects.Own(CFDataCreate(0, secret, secret.Length)));
        CryptographicOperations.ZeroMemory(secret);
        var status = SecItemUpdate(objects.Query(folder), objects.Dictionary([value]));
        if (status == NotFound)
            status = SecItemAdd(objects.Query(folder, value, (objects.Constant("kSecAttrLabel"), objects.Text($"Colophon: passphrase of {folder}"))), 0);
        Check(status);
    }

    [SupportedOSPlatform("macos")]
    private static bool Delete(string folder)
    {
        using var objects = new Objects();
        var status = SecItemDelete(objects.Query(folder));
        if (status == NotFound)
            return false;
        Check(status);
        return true;
    }

    private static void Check(int status)
    {
        if (status is InteractionNotAllowed or AuthenticationFailed or Cancelled)
            throw new SecurityException(SecurityError.KeyringLocked, "The macOS keychain is locked, or was not allowed to open.", "Run `security unlock-keychain`, set COLOPHON_PASSPHRASE, or leave the ring out: signing.keyrings = [].");
        if (status != 0)
            throw Unavailable($"answers with status {status.ToString(CultureInfo.InvariantCulture)} (`security error {status.ToString(CultureInfo.InvariantCulture)}` explains it)");
    }

    private static SecurityException Unavailable(string why) => new(SecurityError.KeyringUnavailable, $"The macOS keychain {why}.", "Set COLOPHON_PASSPHRASE where you need it, or sign with an ssh-agent: `colophon key use agent`.");

    /// <summary>The objects of Core Foundation that one question takes, released together.</summary>
    [SupportedOSPlatform("macos")]
    private sealed class Objects : IDisposable
    {
        private readonly nint _security = NativeLibrary.Load(SecurityLibrary);
        private readonly nint _foundation = NativeLibrary.Load(FoundationLibrary);
        private readonly List<nint> _owned = [];

        internal nint True => Marshal.ReadIntPtr(NativeLibrary.GetExport(_foundation, "kCFBooleanTrue"));

        internal nint Constant(string name) => Marshal.ReadIntPtr(NativeLibrary.GetExport(_security, name));

        internal nint Own(nint value)
        {
            _owned.Add(value);
            return value;
        }

        internal nint Text(string text) => Own(CFStringCreateWithCString(0, text, Utf8));

        internal nint Query(string folder, params ReadOnlySpan<(nint Key, nint Value)> more) => Dictionary(
        [
            (Constant("kSecClass"), Constant("kSecClassGenericPassword")),
            (Constant("kSecAttrService"), Text(ServiceName)),
            (Constant("kSecAttrAccount"), Text(Keyring.FolderId(folder))),
            .. more,
        ]);

        internal nint Dictionary((nint Key, nint Value)[] pairs) => Own(CFDictionaryCreate(
            0,
            [.. pairs.Select(static p => p.Key)],
            [.. pairs.Select(static p => p.Value)],
            pairs.Length,
            NativeLibrary.GetExport(_foundation, "kCFTypeDictionaryKeyCallBacks"),
            NativeLibrary.GetExport(_foundation, "kCFTypeDictionaryValueCallBacks")));

        public void Dispose()
        {
            foreach (var value in _owned)
                CFRelease(value);
            NativeLibrary.Free(_security);
            NativeLibrary.Free(_foundation);
        }
    }

    [LibraryImport(SecurityLibrary)]
    private static partial int SecItemAdd(nint attributes, nint result);

    [LibraryImport(SecurityLibrary)]
    private static partial int SecItemCopyMatching(nint query, out nint result);

    [LibraryImport(SecurityLibrary)]
    private static partial int SecItemUpdate(nint query, nint attributes);

    [LibraryImport(SecurityLibrary)]
    private static partial int SecItemDelete(nint query);

    [LibraryImport(FoundationLibrary)]
    private static partial nint CFDataCreate(nint allocator, ReadOnlySpan<byte> bytes, nint length);

    [LibraryImport(FoundationLibrary)]
    private static partial nint CFDataGetLength(nint data);

    [LibraryImport(FoundationLibrary)]
    private static partial nint CFDataGetBytePtr(nint data);

    [LibraryImport(FoundationLibrary, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CFStringCreateWithCString(nint allocator, string text, uint encoding);

    [LibraryImport(FoundationLibrary)]
    private static partial nint CFDictionaryCreate(nint allocator, ReadOnlySpan<nint> keys, ReadOnlySpan<nint> values, nint count, nint keyCallBacks, nint valueCallBacks);

    [LibraryImport(FoundationLibrary)]
    private static partial void CFRelease(nint value);
}
