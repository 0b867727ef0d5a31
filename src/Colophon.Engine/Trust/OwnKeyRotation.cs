using Colophon.Engine.Composition;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;

namespace Colophon.Engine.Trust;

/// <summary>
/// The user's next key, in files of its own until it is trusted. A run that is killed at any moment goes on where it was: a next key that lies there is used, and the old
/// key's files are only moved, never deleted.
/// </summary>
internal sealed class OwnKeyRotation : IDisposable
{
    private readonly string _folder;

    private OwnKeyRotation(string folder, SigningKey next) => (_folder, Next) = (folder, next);

    internal SigningKey Next { get; }

    internal static OwnKeyRotation Begin(EngineParts parts, GitRepository repository)
    {
        var current = SigningKey.DefaultPath(parts.Environment.ConfigurationDirectory);
        var folder = Path.GetDirectoryName(current) ?? "/";
        var path = Path.Combine(folder, "next.json");
        // One key file protects both, so that taking over is a single rename.
        if (!File.Exists(path) && File.Exists(Path.ChangeExtension(current, ".kek")))
            File.Copy(Path.ChangeExtension(current, ".kek"), Path.ChangeExtension(path, ".kek"), overwrite: true);
        return new OwnKeyRotation(folder, File.Exists(path)
            ? SigningKey.Load(path, parts.Environment.Passphrase)
            : SigningKey.Create(path, new SigningKeyOptions { Passphrase = parts.Environment.Passphrase, ProjectRoot = repository.Root }));
    }

    /// <summary>Puts the next key in the old one's place.</summary>
    internal void Finish(string oldKeyId)
    {
        foreach (var part in (string[])[".kek", ".json"])
        {
            if (File.Exists(At("signing" + part)))
                File.Copy(At("signing" + part), At($"old-{oldKeyId[..12]}{part}"), overwrite: true);
        }

        if (File.Exists(At("next.kek")) && !File.Exists(At("signing.kek")))
            File.Copy(At("next.kek"), At("signing.kek"));
        File.Move(At("next.json"), At("signing.json"), overwrite: true);
        File.Delete(At("next.kek"));
    }

    public void Dispose() => Next.Dispose();

    private string At(string name) => Path.Combine(_folder, name);
}
