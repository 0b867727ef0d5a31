using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Colophon.Security.Errors;

namespace Colophon.Security.Secrets.Keyrings;

/// <summary>
/// Keeps the passphrase for a while in the user's key ring of the Linux kernel (keyrings(7)): in memory only, gone at its time or when the machine goes down, and readable by no other user. A program of
/// the same user can read it, as it can read a key file; commands in the sandbox cannot, whose filter forbids the calls.
/// </summary>
public sealed unsafe partial class KernelKeyring : IKeyring
{
    private const int UserKeyring = -4;
    private const int ProcessKeyring = -2;
    private const int SetPermissions = 5;
    private const int Link = 8;
    private const int Search = 10;
    private const int Read = 11;
    private const int SetTimeout = 15;
    private const int Invalidate = 21;
    private const int Longest = 4096;

    /// <summary>The possessor may do everything; the user view, read, write, search and set attributes, which other sessions of theirs need. Nobody else anything.</summary>
    private const int OwnerOnly = 0x3f2f0000;

    private static (int Add, int Control)? Calls => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (248, 250),
        Architecture.Arm64 => (217, 219),
        _ => null,
    };

    /// <inheritdoc/>
    public string Name => Keyring.Kernel;

    /// <inheritdoc/>
    public string Title => "the kernel's key ring";

    /// <inheritdoc/>
    public string? Find(string configurationDirectory)
    {
        if (Calls is not { } calls || Key(calls, configurationDirectory) is not (> 0 and var key))
            return null;
        var buffer = new byte[Longest];
        fixed (byte* bytes = buffer)
        {
            var length = Call(calls.Control, Read, key, (nint)bytes, buffer.Length, 0);
            var text = length is > 0 and <= Longest ? Encoding.UTF8.GetString(buffer, 0, (int)length) : null;
            CryptographicOperations.ZeroMemory(buffer);
            return text;
        }
    }

    /// <inheritdoc/>
    public void Keep(string configurationDirectory, string passphrase, TimeSpan? time)
    {
        if (Calls is not { } calls)
            throw Unavailable("this system has none");
        var secret = Encoding.UTF8.GetBytes(passphrase);
        if (secret.Length is 0 or > Longest)
            throw Unavailable($"a passphrase of {secret.Length} bytes does not fit");
        try
        {
            // Who does not possess the ring may not set who can read a key in it.
            _ = Call(calls.Control, Link, UserKeyring, ProcessKeyring, 0, 0);
            fixed (byte* type = "user\0"u8, name = NameOf(configurationDirectory), payload = secret)
            {
                var key = Call(calls.Add, (nint)type, (nint)name, (nint)payload, secret.Length, UserKeyring);
                if (key < 0)
                    throw Failed();
                if (Call(calls.Control, SetPermissions, key, OwnerOnly, 0, 0) < 0 || Call(calls.Control, SetTimeout, key, (nint)(time ?? TimeSpan.Zero).TotalSeconds, 0, 0) < 0)
                {
                    var failure = Failed();
                    _ = Call(calls.Control, Invalidate, key, 0, 0, 0);
                    throw failure;
                }
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <inheritdoc/>
    public bool Forget(string configurationDirectory)
    {
        if (Calls is not { } calls || Key(calls, configurationDirectory) is not (> 0 and var key))
            return false;
        return Call(calls.Control, Invalidate, key, 0, 0, 0) >= 0 ? true : throw Failed();
    }

    private static nint Key((int Add, int Control) calls, string configurationDirectory)
    {
        fixed (byte* type = "user\0"u8, name = NameOf(configurationDirectory))
            return Call(calls.Control, Search, UserKeyring, (nint)type, (nint)name, 0);
    }

    private static byte[] NameOf(string configurationDirectory) => Encoding.UTF8.GetBytes($"colophon:{Keyring.FolderId(configurationDirectory)}\0");

    /// <inheritdoc/>
    public KeyringState Look() => Calls is null ? new KeyringState(false, "this system has none") : new KeyringState(true, "in memory, for a time");

    private static SecurityException Failed() => Unavailable(new Win32Exception(Marshal.GetLastPInvokeError()).Message);

    private static SecurityException Unavailable(string why) =>
        new(SecurityError.KeyringUnavailable, $"The kernel's key ring cannot keep a passphrase: {why}.", "Set COLOPHON_PASSPHRASE where you need it, or sign with an ssh-agent: `colophon key use agent`.");

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint a, nint b, nint c, nint d, nint e);
}
