using Colophon.Engine.Trust;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Security.Audit;
using Colophon.Security.Consent;
using Colophon.Security.Errors;
using Colophon.Security.Redaction;
using Colophon.Security.Sandbox;

namespace Colophon.Engine.Composition;

/// <summary>Puts the floors together. Plain constructors: what depends on what can be read here from top to bottom.</summary>
internal sealed class EngineParts
{
    public EngineParts(EngineFolders folders, EngineEnvironment environment, EngineOverrides overrides)
    {
        (Folders, Environment, Overrides) = (folders, environment, overrides);
        Configuration = LayeredConfiguration.Load(Sources(folders, environment, overrides));
        Passphrase = new PassphraseSource(environment, Configuration, overrides.Time);
        Models = new ModelComposition(this, null);
    }

    private const string SystemFile = "/etc/colophon/config.toml";

    private ScanOptions? _secrets;

    public EngineFolders Folders { get; }

    public EngineEnvironment Environment { get; }

    public EngineOverrides Overrides { get; }

    public LayeredConfiguration Configuration { get; }

    public ModelComposition Models { get; }

    /// <summary>What protects the signing key and the secret store.</summary>
    public PassphraseSource Passphrase { get; }

    /// <summary>The secrets that this process came to hold, which no text may repeat whatever they look like.</summary>
    public KnownSecrets Known { get; } = new();

    /// <summary>Takes note of consents, denials and secrets read.</summary>
    public SecurityJournal Journal { get; } = new();

    /// <summary>Where each layer of the configuration lies.</summary>
    public static ConfigurationSources Sources(EngineFolders folders, EngineEnvironment environment, EngineOverrides overrides)
    {
        var options = overrides.Settings.Select(static s => (s.Key, s.Value, $"--set {s.Key}")).ToList();
        if (overrides.Model is { } model)
            options.Add(("model.default", model, "--model"));
        return new ConfigurationSources
        {
            SystemFile = SystemFile,
            UserFile = Path.Combine(environment.ConfigurationDirectory, "config.toml"),
            ProjectFile = folders.ProjectFile,
            Environment = environment.Variables,
            CommandLine = options,
        };
    }

    /// <summary>The configuration without a project's: for what only its user may set. What is wrong in it is left out.</summary>
    public static LayeredConfiguration UserConfiguration(EngineEnvironment environment) => LayeredConfiguration.Read(new ConfigurationSources
    {
        SystemFile = SystemFile,
        UserFile = Path.Combine(environment.ConfigurationDirectory, "config.toml"),
        Environment = environment.Variables,
    }).Configuration;

    /// <summary>The folder of <c>openspec/</c> that a change lies in.</summary>
    public static string TreeRoot(Specs.Change change) => change.Directory[..^(change.Path.Length + 1)];

    /// <summary>The repository.</summary>
    /// <exception cref="Kernel.Errors.KernelException">There is none.</exception>
    public async Task<GitRepository> RepositoryAsync(CancellationToken cancellationToken) =>
        Folders.Repository ?? await GitRepository.DiscoverAsync(Folders.Directory, cancellationToken).ConfigureAwait(false);

    public AuditLog Log(GitRepository repository) => AuditLog.Open(repository, AuditOptions);

    public AuditOptions AuditOptions => new()
    {
        ConfigurationDirectory = Environment.ConfigurationDirectory,
        Time = Overrides.Time,
        Scrub = text => Redactor.Scrub(text, Secrets),
        Archives = Archive is { } archive ? [archive] : [],
    };

    /// <summary>What the scanner for secrets leaves alone, and what it takes whatever it looks like. A project may name single texts only, so it cannot switch the scanner off.</summary>
    /// <exception cref="Kernel.Errors.KernelException">The list names a text in another form.</exception>
    public ScanOptions Secrets => _secrets ??= new ScanOptions
    {
        AllowedHashes = Configuration.TextList("secrets.allow").Select(Allowed).ToHashSet(StringComparer.Ordinal),
        AllowedPaths = Globs("secrets.allow_paths"),
        Known = Known,
    };

    /// <summary>Where old entries are moved to, or null where nobody said.</summary>
    public string? Archive => Configuration.Text("retention.archive") is { Length: > 0 } folder ? Path.GetFullPath(folder, Environment.ConfigurationDirectory) : null;

    /// <summary>Paths that the user's own configuration names, relative to its folder.</summary>
    public IReadOnlyList<string> UserPaths(string name) => [.. Configuration.TextList(name).Select(path => Path.GetFullPath(path, Environment.ConfigurationDirectory))];

    /// <summary>Which key the user signs with.</summary>
    /// <exception cref="Kernel.Errors.KernelException">The setting is none of the forms.</exception>
    public SigningKeyChoice KeyChoice =>
        Configuration.Find(KeyChoices.Setting) is { Value: string text } value ? KeyChoices.Parse(text, $"{value.Origin.Source}: {KeyChoices.Setting}") : SigningKeyChoice.Own;

    /// <summary>What opening the key may need.</summary>
    public SigningKeyAccess KeyAccess => new()
    {
        ConfigurationDirectory = Environment.ConfigurationDirectory,
        Passphrase = () => Known.Add(Passphrase.Value),
        Home = Environment.Variable("HOME"),
        AgentSocket = Environment.Variable("SSH_AUTH_SOCK"),
        ProjectRoot = Folders.Repository?.Root,
        Time = Overrides.Time,
    };

    /// <summary>The person as an entry names them, with where they stand in git.</summary>
    public async Task<Actor> ActorAsync(GitRepository repository, CancellationToken cancellationToken) => new()
    {
        Name = await PersonAsync(repository, cancellationToken).ConfigureAwait(false),
        Branch = await repository.BranchAsync(cancellationToken).ConfigureAwait(false),
        Commit = await repository.HeadAsync(cancellationToken).ConfigureAwait(false),
    };

    /// <summary>The user's signing key.</summary>
    /// <exception cref="ProvenanceException">It is missing or cannot be opened.</exception>
    /// <exception cref="Kernel.Errors.KernelException">The setting is none of the forms.</exception>
    public SigningKey Key() => SigningKey.Open(KeyChoice, KeyAccess);

    /// <summary>Makes sure that what will be signed will count, before anything is spent on it.</summary>
    /// <param name="repository">The project.</param>
    /// <param name="key">The key that will sign.</param>
    /// <param name="kinds">The kinds of entries that it will sign; none where it signs for the log only.</param>
    /// <exception cref="ProvenanceException">The project has no trust root, or it does not hold, or the key is not among its keys.</exception>
    public void CheckTrust(GitRepository repository, SigningKey key, params ReadOnlySpan<EntryKind> kinds)
    {
        var result = TrustStore.Load(repository, Environment.ConfigurationDirectory);
        if (result.Trust is not { } trust)
        {
            var hint = result.Error == ProvenanceError.TrustMissing ? "Run `colophon init`." : "Nothing is signed or believed until this is cleared up; `colophon doctor` shows more.";
            throw new ProvenanceException(result.Error ?? ProvenanceError.TrustInvalid, result.Fault ?? "The project's trust does not hold.", hint);
        }

        for (var i = 0; i < Math.Max(1, kinds.Length); i++)
        {
            if (trust.WhyNot(key.KeyId, kinds.IsEmpty ? null : kinds[i], Overrides.Time.GetUtcNow()) is { } why)
                throw new ProvenanceException(ProvenanceError.KeyNotTrusted, $"Your key {key.KeyId[..12]} may not sign here: {why}.", trust.Find(key.KeyId) is null ? "Ask a holder of the project's trust root to add it: `colophon trust show` prints what they need." : "Sign with a key that holds, or have a root let a new one take over: `colophon trust rotate`.");
        }
    }

    /// <summary>The sandbox; null where the kernel has none and nobody allowed to do without.</summary>
    public ISandbox? Sandbox()
    {
        try
        {
            return new LandlockSandbox(Overrides.Time);
        }
        catch (SecurityException e) when (e.Error == SecurityError.SandboxUnavailable)
        {
            return Consent() is { } consent ? new UnconfinedSandbox(consent, Overrides.Time) : null;
        }
    }

    /// <summary>The name the person goes by in the log.</summary>
    public async Task<string> PersonAsync(GitRepository repository, CancellationToken cancellationToken) => (await NameAsync(repository, cancellationToken).ConfigureAwait(false)).Name;

    /// <summary>The name the person goes by in the log, and where it comes from: the user's own setting, git, or what the trust file calls the key's holder.</summary>
    public async Task<Person> NameAsync(GitRepository repository, CancellationToken cancellationToken)
    {
        if (Configuration.Text("audit.pseudonym") is { Length: > 0 } pseudonym)
            return new Person(pseudonym, PersonSource.Setting);
        var name = await repository.Git.TryRunAsync(["config", "user.name"], default, cancellationToken).ConfigureAwait(false);
        if (name is { ExitCode: 0, Text.Length: > 0 })
            return new Person(name.Text, PersonSource.Git);
        return Holder(repository) is { } holder ? new Person(holder, PersonSource.Trust) : new Person("unknown", PersonSource.Nowhere);
    }

    /// <summary>What the trust file calls the holder of the user's key; null where the key cannot be opened or is not trusted.</summary>
    public string? Holder(GitRepository repository)
    {
        try
        {
            using var key = Key();
            return TrustStore.Load(repository, Environment.ConfigurationDirectory).Trust?.Find(key.KeyId)?.Name is { Length: > 0 } name ? name : null;
        }
        catch (Kernel.Errors.ColophonException e) when (e is ProvenanceException or SecurityException)
        {
            return null;
        }
    }

    /// <summary>The globs that a setting lists.</summary>
    /// <exception cref="Kernel.Errors.KernelException">One is none.</exception>
    public IReadOnlyList<PathGlob> Globs(string name) => [.. Configuration.TextList(name).Select(text => PathGlob.TryParse(text, out var glob)
        ? glob
        : throw new Kernel.Errors.KernelException(Kernel.Errors.KernelError.ConfigurationInvalid, $"{Configuration.Find(name)?.Origin}: {name}: '{text}' is no pattern.", "For example: tests/fixtures/**, *.golden, {samples,docs}/**"))];

    private static string Allowed(string text)
    {
        const string prefix = "sha256:";
        var hash = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : "";
        return hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
            ? hash
            : throw new Kernel.Errors.KernelException(Kernel.Errors.KernelError.ConfigurationInvalid, $"secrets.allow: '{text}' is no sha256:<64 hex digits>.", "Name the hash of the text, which the message about the secret shows, never the text.");
    }

    private UnconfinedConsent? Consent()
    {
        const string key = "sandbox.allow_unsandboxed";
        if (!Configuration.Boolean(key) || Configuration.Find(key) is not { } value)
            return null;
        return value.Origin.Layer == ConfigurationLayer.CommandLine ? new UnconfinedConsent.CommandLine(value.Origin.Source) : new UnconfinedConsent.UserConfiguration(value.Origin.Source);
    }
}
