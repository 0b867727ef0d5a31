using System.Globalization;
using Colophon.Engine.Composition;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;
using Colophon.Security.Sandbox;
using Colophon.Specs;

namespace Colophon.Engine.Doctor;

/// <summary>Looks at everything Colophon needs. Each look is on its own, so that one fault does not hide another.</summary>
internal sealed class Examination
{
    private const long LittleRoom = 200L * 1024 * 1024;

    private readonly List<DoctorCheck> _checks = [];

    internal static async Task<DoctorReport> RunAsync(string directory, EngineOverrides overrides, CancellationToken cancellationToken)
    {
        var examination = new Examination();
        var environment = EngineEnvironment.Of(overrides.Environment);
        var repository = await examination.GitAsync(directory, cancellationToken).ConfigureAwait(false);
        var folders = new EngineFolders(Path.GetFullPath(directory), repository);
        examination.Configuration(folders, environment, overrides);
        examination.OpenSpec(folders);
        examination.Sandbox();
        var key = examination.Key(folders, environment, overrides);
        examination.Keyrings(folders, environment, overrides);
        examination.Trust(repository, environment, key);
        await examination.IgnoredAsync(repository, cancellationToken).ConfigureAwait(false);
        examination.Provider(folders, environment, overrides);
        examination.Disk(folders);
        return new DoctorReport(examination._checks);
    }

    private async Task<GitRepository?> GitAsync(string directory, CancellationToken cancellationToken)
    {
        GitRepository? found = null;
        await LookAsync("git", async () =>
        {
            var version = (await new GitRunner(directory).RunAsync(["version"], default, cancellationToken).ConfigureAwait(false)).Text;
            found = await GitRepository.DiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
            var head = await found.HeadAsync(cancellationToken).ConfigureAwait(false);
            if (head is null)
                return Bad("git", $"{version}; '{found.Root}' has no commit yet", "Commit something before `colophon apply`.");
            var branch = await found.BranchAsync(cancellationToken).ConfigureAwait(false);
            return Good("git", $"{version}; {found.Root} on {branch ?? "a detached HEAD"}");
        }).ConfigureAwait(false);
        return found;
    }

    private void Configuration(EngineFolders folders, EngineEnvironment environment, EngineOverrides overrides) => Look("configuration", () =>
    {
        var (configuration, problems) = LayeredConfiguration.Read(EngineParts.Sources(folders, environment, overrides));
        foreach (var problem in problems)
            _checks.Add(Bad("configuration", $"{problem.Origin}: {problem.Message}", problem.Hint));
        var set = configuration.Values.Count(static v => v.Origin.Layer != ConfigurationLayer.BuiltIn);
        return problems.Count == 0 ? Good("configuration", $"{Counted(set, "value")} set") : null;
    });

    private void OpenSpec(EngineFolders folders) => Look("openspec", () =>
        SpecTree.Find(folders.Directory) is { } tree
            ? Good("openspec", $"{Path.Combine(tree.Root, "openspec")}: {Counted(tree.Changes.Count, "open change")}, {Counted(tree.Specs.Count, "specification")}")
            : new DoctorCheck("openspec", DoctorStatus.Warning, "There is no openspec/ folder here.", "Run `colophon init`."));

    private void Sandbox() => Look("sandbox", () =>
    {
        var probe = SandboxProbe.Run();
        var findings = string.Join("; ", probe.Findings);
        return probe.Available ? Good("sandbox", findings) : Bad("sandbox", findings, "Models get no shell here. Use a kernel with Landlock, or allow unconfined commands in your own configuration.");
    });

    private string? Key(EngineFolders folders, EngineEnvironment environment, EngineOverrides overrides)
    {
        string? id = null;
        Look("key", () =>
        {
            var parts = new EngineParts(folders, environment, overrides);
            using var key = parts.Key();
            id = key.KeyId;
            // An agent may hold a key that it will not sign with.
            key.Sign("colophon doctor"u8);
            var place = parts.KeyChoice.Kind switch
            {
                SigningKeyKind.Agent => $"in the ssh-agent at {environment.Variable("SSH_AUTH_SOCK")} ({PublicKeyText.Fingerprint(key.Public)})",
                SigningKeyKind.OpenSshFile => $"in {parts.KeyChoice.Path(environment.Variable("HOME"))} ({PublicKeyText.Fingerprint(key.Public)})",
                _ => $"in {SigningKey.DefaultPath(environment.ConfigurationDirectory)}{Protection(parts)}",
            };
            return Good("key", $"{key.KeyId[..12]} {place}; it signs Ed25519");
        });
        return id;
    }

    private static string Protection(EngineParts parts) => SigningKey.NeedsPassphrase(SigningKey.DefaultPath(parts.Environment.ConfigurationDirectory))
        ? $" (passphrase from {parts.Passphrase.Origin})"
        : " (protected by a key file beside it)";

    /// <summary>Only where a passphrase is needed: a look may start the desktop's service.</summary>
    private void Keyrings(EngineFolders folders, EngineEnvironment environment, EngineOverrides overrides) => Look("keyring", () =>
    {
        var source = new EngineParts(folders, environment, overrides).Passphrase;
        if (!source.IsNeeded)
            return null;
        var looks = source.Keyrings.Select(static ring => (ring.Name, State: ring.Look())).ToList();
        var message = looks.Count == 0 ? $"{PassphraseSource.Setting} names none" : string.Join("; ", looks.Select(static l => $"{l.Name}: {(l.State.Here ? "" : "not here, ")}{l.State.Message}"));
        return looks.Any(static l => l.State.Here) ? Good("keyring", message) : new DoctorCheck("keyring", DoctorStatus.Warning, message, "Set COLOPHON_PASSPHRASE where you need it, or sign with an ssh-agent.");
    });

    private void Trust(GitRepository? repository, EngineEnvironment environment, string? keyId)
    {
        if (repository is null)
            return;
        Look("trust", () =>
        {
            var result = TrustStore.Load(repository, environment.ConfigurationDirectory);
            if (result.Trust is not { } trust)
                return Bad("trust", result.Fault ?? "The trust does not hold.", result.Error == ProvenanceError.TrustMissing ? "Run `colophon init`." : null);
            return keyId is not null && trust.Find(keyId) is null
                ? Bad("trust", $"Your key {keyId[..12]} is not among the project's {trust.Keys.Count} keys.", "Ask a holder of the trust root to add it.")
                : Good("trust", $"version {trust.Version.ToString(CultureInfo.InvariantCulture)}, {Counted(trust.Keys.Count, "key")}, root {trust.Fingerprint[..16]}");
        });
    }

    private async Task IgnoredAsync(GitRepository? repository, CancellationToken cancellationToken)
    {
        if (repository is not null && await IgnoredLog.OfRulesAsync(repository, cancellationToken).ConfigureAwait(false) is { } ignored)
            _checks.Add(new DoctorCheck("log", DoctorStatus.Warning, ignored.Message, ignored.Hint));
    }

    private void Provider(EngineFolders folders, EngineEnvironment environment, EngineOverrides overrides) => Look("provider", () =>
    {
        var parts = new EngineParts(folders, environment, overrides);
        using var client = parts.Models.Client(null);
        return Good("provider", $"{parts.Models.Model} (not called)");
    });

    private void Disk(EngineFolders folders) => Look("disk", () =>
    {
        var free = new DriveInfo(folders.Root).AvailableFreeSpace;
        var room = string.Create(CultureInfo.InvariantCulture, $"{free / (1024 * 1024)} MiB free for the scratch worktrees");
        return free < LittleRoom ? new DoctorCheck("disk", DoctorStatus.Warning, room, "A scratch worktree is a copy of your tree; make room.") : Good("disk", room);
    });

    private void Look(string name, Func<DoctorCheck?> look)
    {
        try
        {
            if (look() is { } check)
                _checks.Add(check);
        }
        catch (Exception e) when (e is ColophonException or IOException or UnauthorizedAccessException)
        {
            _checks.Add(Bad(name, e.Message, (e as ColophonException)?.Hint));
        }
    }

    private async Task LookAsync(string name, Func<Task<DoctorCheck>> look)
    {
        try
        {
            _checks.Add(await look().ConfigureAwait(false));
        }
        catch (Exception e) when (e is ColophonException or IOException or UnauthorizedAccessException)
        {
            _checks.Add(Bad(name, e.Message, (e as ColophonException)?.Hint));
        }
    }

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static DoctorCheck Good(string name, string message) => new(name, DoctorStatus.Good, message);

    private static DoctorCheck Bad(string name, string message, string? hint) => new(name, DoctorStatus.Bad, message, hint);
}
