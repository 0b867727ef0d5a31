using Colophon.Engine.Composition;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;

namespace Colophon.Engine.Trust;

/// <summary>
/// The user's next key, in files of its own until it is trusted. A run that is killed at any moment goes on where it was: a next key that lies there is used, and the old
/// key's files are only moved, never deleted.
/// </summary>
internal sealed class OwnKeyRotation : IDisposable
{
    private readonly EngineParts _parts;
    private readonly string _folder;
    private readonly SigningKeyChoice? _choice;

    private OwnKeyRotation(EngineParts parts, string folder, SigningKey next, SigningKeyChoice? choice) => (_parts, _folder, Next, _choice) = (parts, folder, next, choice);

    internal SigningKey Next { get; }

    /// <summary>Opens or makes the next key; one that a killed run made is used.</summary>
    /// <param name="parts">The user's settings.</param>
    /// <param name="repository">The project; no key may lie in it.</param>
    /// <param name="to">An existing key that is to take over; null for a new key file.</param>
    internal static OwnKeyRotation Begin(EngineParts parts, GitRepository repository, SigningKeyChoice? to)
    {
        var current = SigningKey.DefaultPath(parts.Environment.ConfigurationDirectory);
        var folder = Path.GetDirectoryName(current) ?? "/";
        if (to is not null)
        {
            var key = KeyChoices.Open(parts, to, out var kept, out _);
            return new OwnKeyRotation(parts, folder, key, kept);
        }

        var path = Path.Combine(folder, "next.json");
        // One key file protects both, so that taking over is a single rename.
        if (!File.Exists(path) && File.Exists(Path.ChangeExtension(current, ".kek")))
            Copy(Path.ChangeExtension(current, ".kek"), Path.ChangeExtension(path, ".kek"));
        return new OwnKeyRotation(parts, folder, File.Exists(path)
            ? SigningKey.Load(path, parts.KeyAccess.Passphrase())
            : SigningKey.Create(path, new SigningKeyOptions { Passphrase = parts.KeyAccess.Passphrase(), ProjectRoot = repository.Root }), null);
    }

    /// <summary>Puts the next key in the old one's place.</summary>
    internal void Finish(string oldKeyId)
    {
        if (_choice is not null)
        {
            KeyChoices.Keep(_parts, _choice);
            return;
        }

        foreach (var part in (string[])[".kek", ".json"])
        {
            if (File.Exists(At("signing" + part)))
                Copy(At("signing" + part), At($"old-{oldKeyId[..12]}{part}"));
        }

        if (File.Exists(At("next.kek")) && !File.Exists(At("signing.kek")))
            Copy(At("next.kek"), At("signing.kek"));
        // The old key is on the disk under its new name before the next one takes its place.
        File.Move(At("next.json"), At("signing.json"), overwrite: true);
        AtomicFile.FlushDirectory(_folder);
        File.Delete(At("next.kek"));
    }

    public void Dispose() => Next.Dispose();

    // A key that is lost cannot be made again.
    private static void Copy(string from, string to) => AtomicFile.Write(to, File.ReadAllBytes(from), UnixFileMode.UserRead | UnixFileMode.UserWrite);

    private string At(string name) => Path.Combine(_folder, name);
}
