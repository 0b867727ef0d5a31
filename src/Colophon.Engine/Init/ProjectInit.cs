using System.Text;
using Colophon.Engine.Composition;
using Colophon.Engine.Trust;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;
using Colophon.Specs;

namespace Colophon.Engine.Init;

/// <summary>Makes a project ready: specifications, settings, a signing key, a trust root. Running it again changes nothing.</summary>
internal sealed class ProjectInit
{
    private readonly string _root;
    private readonly List<string> _created = [];
    private readonly List<string> _kept = [];
    private readonly List<string> _notes = [];

    private ProjectInit(string root) => _root = root;

    internal static async Task<InitReport> RunAsync(string directory, EngineOverrides overrides, string? keyChoice, CancellationToken cancellationToken)
    {
        var repository = await GitRepository.DiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        var parts = new EngineParts(new EngineFolders(Path.GetFullPath(directory), repository), EngineEnvironment.Of(overrides.Environment), overrides);
        return await new ProjectInit(repository.Root).RunAsync(repository, parts, keyChoice, cancellationToken).ConfigureAwait(false);
    }

    private async Task<InitReport> RunAsync(GitRepository repository, EngineParts parts, string? keyChoice, CancellationToken cancellationToken)
    {
        // Before anything is written: a key that cannot be had leaves no half a project.
        using var key = Key(parts, keyChoice);
        if (SpecTree.Find(parts.Folders.Directory) is { } standing)
        {
            _kept.Add(Path.GetRelativePath(_root, Path.Combine(standing.Root, "openspec")) + "/");
        }
        else
        {
            Make("openspec/config.yaml", Templates.OpenSpec);
            Make("openspec/specs/.gitkeep", "");
            Make("openspec/changes/archive/.gitkeep", "");
        }

        Make(".colophon/config.toml", Templates.Settings());
        Make(".colophon/.gitignore", "/state/\n");

        var fingerprint = Trust(repository, parts, key, await parts.PersonAsync(repository, cancellationToken).ConfigureAwait(false));
        parts.Log(repository).Prepare();
        if (await IgnoredLog.OfRulesAsync(repository, cancellationToken).ConfigureAwait(false) is { } ignored)
            _notes.Add($"{ignored.Message}. {ignored.Hint}");
        if (await repository.HeadAsync(cancellationToken).ConfigureAwait(false) is null)
            _notes.Add("The repository has no commit yet; make one before `colophon apply`.");
        return new InitReport { Root = _root, Created = _created, Kept = _kept, KeyId = key.KeyId, Fingerprint = fingerprint, Notes = _notes };
    }

    private SigningKey Key(EngineParts parts, string? text)
    {
        var choice = text is null ? parts.KeyChoice : KeyChoices.Parse(text, "--key");
        var key = KeyChoices.Open(parts, choice, out var kept, out var created);
        if (created is not null)
        {
            _created.Add(created);
            if (parts.Passphrase.Value is null)
                _notes.Add("The signing key is protected by a key file beside it; set COLOPHON_PASSPHRASE before `colophon init` to protect it by a passphrase.");
        }
        else
        {
            _kept.Add(choice.Kind == SigningKeyKind.File ? SigningKey.DefaultPath(parts.Environment.ConfigurationDirectory) : kept.ToString());
        }

        if (text is not null && KeyChoices.Keep(parts, kept))
            _notes.Add($"Your settings now say signing.key = \"{kept}\", for all your projects; `colophon key use` changes it.");
        return key;
    }

    private string? Trust(GitRepository repository, EngineParts parts, SigningKey key, string person)
    {
        const string first = ".openspec/audit/v1/trust/0001.json";
        if (!File.Exists(Path.Combine(_root, first)))
        {
            var founded = TrustStore.Init(repository, key, new TrustInit { Name = person, ConfigurationDirectory = parts.Environment.ConfigurationDirectory }, parts.Overrides.Time);
            _created.Add(first);
            return founded.Fingerprint;
        }

        _kept.Add(first);
        var result = TrustStore.Load(repository, parts.Environment.ConfigurationDirectory);
        if (result.Trust is null)
            _notes.Add(result.Fault ?? "The project's trust does not hold.");
        else if (result.Trust.Find(key.KeyId) is null)
            _notes.Add($"Your key {key.KeyId[..12]} is not among the project's keys; ask a holder of its trust root to add it.");
        return result.Trust?.Fingerprint;
    }

    private void Make(string path, string content)
    {
        try
        {
            (AtomicFile.TryCreate(Path.Combine(_root, path), Encoding.UTF8.GetBytes(content)) ? _created : _kept).Add(path);
        }
        catch (KernelException e) when (e.Error == KernelError.WriteFailed)
        {
            throw new KernelException(KernelError.WriteFailed, e.Message, "`colophon init` writes into the project; is the tree read-only or the disk full?", e);
        }
    }
}
