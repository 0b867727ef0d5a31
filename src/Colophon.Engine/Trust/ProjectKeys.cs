using Colophon.Engine.Composition;
using Colophon.Engine.Trust;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;
using Colophon.Security.Errors;

namespace Colophon.Engine;

/// <summary>Who may sign in a project, and changing that. Every change is a new signed version of the trust file and, where the user may sign one, an entry of the log.</summary>
public sealed class ProjectKeys
{
    private readonly EngineParts _parts;
    private readonly GitRepository _repository;

    private ProjectKeys(EngineParts parts, GitRepository repository) => (_parts, _repository) = (parts, repository);

    private string Configuration => _parts.Environment.ConfigurationDirectory;

    /// <summary>The keys of an opened project.</summary>
    /// <exception cref="KernelException">There is no git repository.</exception>
    public static async Task<ProjectKeys> OfAsync(ColophonEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return new ProjectKeys(engine.Parts, await engine.Parts.RepositoryAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Who may sign, what waits, and the user's own key. Never throws for what it finds.</summary>
    public TrustView Show()
    {
        TrustResult result;
        try
        {
            result = TrustStore.Load(_repository, Configuration);
        }
        catch (ProvenanceException e)
        {
            result = new TrustResult(null, e.Error, e.Message);
        }

        var own = OwnKey(out var keyFault);
        return new TrustView
        {
            Trust = result.Trust,
            Fault = result.Fault,
            Pending = result.Trust is { } trust ? TrustChanges.Pending(_repository, trust) : null,
            OwnKey = own is null ? null : PublicKeyText.Of(own),
            OwnKeyId = own?.KeyId,
            OwnKeyPlace = own is null ? null : _parts.KeyChoice.ToString(),
            OwnKeyFault = keyFault,
        };
    }

    /// <summary>Founds the project's trust with the user's key, which is made where there is none.</summary>
    /// <param name="name">The name the user goes by; null for git's.</param>
    /// <param name="cancellationToken">Cancels asking git.</param>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustExists"/>, or the key cannot be opened.</exception>
    public async Task<ProjectTrust> InitAsync(string? name, CancellationToken cancellationToken = default)
    {
        var person = name ?? await _parts.PersonAsync(_repository, cancellationToken).ConfigureAwait(false);
        using var key = KeyChoices.Open(_parts, _parts.KeyChoice, out _, out _);
        return TrustStore.Init(_repository, key, new TrustInit { Name = person, ConfigurationDirectory = Configuration }, _parts.Overrides.Time);
    }

    /// <summary>Pins the root of a project that others founded.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.TrustInvalid"/>: it is another one, or does not hold.</exception>
    public ProjectTrust Pin(string fingerprint) => TrustStore.Pin(_repository, fingerprint.ToLowerInvariant(), Configuration);

    /// <summary>The id of the key that a person names by the beginning of its id or by its holder.</summary>
    /// <exception cref="ProvenanceException">None fits, several do, or the trust does not hold.</exception>
    public string Find(string name)
    {
        var result = TrustStore.Load(_repository, Configuration);
        return TrustChanges.Find(result.Trust ?? throw new ProvenanceException(result.Error ?? ProvenanceError.TrustInvalid, result.Fault ?? "The project's trust does not hold."), name);
    }

    /// <summary>Whether a key signed entries that stand in the log.</summary>
    public bool Signed(string keyId) => _parts.Log(_repository).Entries().Any(e => e.Predicate.Actor.KeyId == keyId);

    /// <summary>Makes a change with the user's key.</summary>
    /// <exception cref="ProvenanceException">It is not possible, the key is no root, or the trust does not hold.</exception>
    public async Task<TrustReport> MakeAsync(TrustEdit edit, CancellationToken cancellationToken = default)
    {
        using var key = _parts.Key();
        var outcome = TrustChanges.Make(_repository, Configuration, edit, [key]);
        return await RecordAsync(outcome, key, edit.GetType().Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Signs the change that waits.</summary>
    /// <exception cref="ProvenanceException">None waits, or the key is no root.</exception>
    public async Task<TrustReport> SignAsync(CancellationToken cancellationToken = default)
    {
        using var key = _parts.Key();
        return await RecordAsync(TrustChanges.Sign(_repository, Configuration, key), key, "Sign", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops the change that waits.</summary>
    /// <exception cref="ProvenanceException">None waits.</exception>
    public void Drop() => TrustChanges.Drop(_repository, Configuration);

    /// <summary>
    /// Makes the user a new key that takes over from the old one. The old one's file is kept under another name. Where other roots have to sign first, run it again
    /// once they did.
    /// </summary>
    /// <param name="to">An existing key that takes over, as <see cref="UserKey.Use"/> takes it; null makes a new key file.</param>
    /// <param name="cancellationToken">Cancels before the log is written.</param>
    /// <exception cref="ProvenanceException">The key is no root and none signs for it, the new one cannot be opened or is trusted already, or the trust does not hold.</exception>
    public async Task<TrustReport> RotateOwnAsync(string? to, CancellationToken cancellationToken = default)
    {
        var choice = to is null ? null : KeyChoices.Parse(to, "--key");
        if (choice is null && _parts.KeyChoice.Kind != SigningKeyKind.File)
            throw new ProvenanceException(ProvenanceError.TrustChangeRefused, $"Your key is '{_parts.KeyChoice}', where Colophon makes no new one.", "Make the new key with `ssh-keygen -t ed25519` and name it, as in `colophon trust rotate --key agent:<comment>`; or `--key file` for a key file of Colophon's own.");
        if (choice?.Kind == SigningKeyKind.File && _parts.KeyChoice.Kind == SigningKeyKind.File)
            choice = null;
        using var old = _parts.Key();
        using var rotation = OwnKeyRotation.Begin(_parts, _repository, choice);
        if (rotation.Next.KeyId == old.KeyId)
            throw new ProvenanceException(ProvenanceError.TrustChangeRefused, $"'{to}' is the key that you sign with already.", "Name another one.");
        var trust = TrustStore.Load(_repository, Configuration).Trust;
        if (choice is not null && trust?.Find(rotation.Next.KeyId) is not null && trust.Find(old.KeyId) is { RevokedAt: null } standing && !(standing.ValidUntil <= _parts.Overrides.Time.GetUtcNow()))
            throw new ProvenanceException(ProvenanceError.TrustChangeRefused, $"The key '{to}' is one of the project's already.", "If it still holds, `colophon key use` lets it sign and `colophon trust revoke` ends the old one; a key that ended is not taken again.");
        if (trust?.Find(rotation.Next.KeyId) is null)
        {
            // What the old key wrote must be vouched for by the old key, and after this it may not any more.
            await SealAsync(old, cancellationToken).ConfigureAwait(false);
            var edit = new TrustEdit.Rotate(old.KeyId, rotation.Next.Public, _parts.Overrides.Time.GetUtcNow());
            var outcome = TrustChanges.Make(_repository, Configuration, edit, [old, rotation.Next]);
            if (!outcome.InForce)
                return new TrustReport(outcome, null, ["Your old key stays in use until the others signed; then run `colophon trust rotate` again."]);
            trust = TrustStore.Load(_repository, Configuration).Trust;
        }

        rotation.Finish(old.KeyId);
        return await RecordAsync(new TrustOutcome(trust?.Version ?? 0, InForce: true, 0), rotation.Next, nameof(TrustEdit.Rotate), cancellationToken).ConfigureAwait(false);
    }

    private async Task SealAsync(SigningKey key, CancellationToken cancellationToken)
    {
        try
        {
            await _parts.Log(_repository).SealAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (ProvenanceException e) when (e.Error == ProvenanceError.KeyNotTrusted)
        {
            // A key that may not sign has nothing to vouch for.
        }
    }

    private async Task<TrustReport> RecordAsync(TrustOutcome outcome, SigningKey key, string change, CancellationToken cancellationToken)
    {
        if (!outcome.InForce)
            return new TrustReport(outcome, null, [$"It waits for {outcome.Missing} more root(s): commit .openspec/audit/v1/trust/pending, and let them run `colophon trust sign`."]);
        var draft = KeyEvents.Draft(TrustStore.Load(_repository, Configuration).Trust, change, await _parts.PersonAsync(_repository, cancellationToken).ConfigureAwait(false));
        try
        {
            var log = _parts.Log(_repository);
            var entry = await log.AppendAsync(draft, key, cancellationToken).ConfigureAwait(false);
            await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
            return new TrustReport(outcome, entry.Leaf, []);
        }
        catch (ProvenanceException e) when (e.Error == ProvenanceError.KeyNotTrusted)
        {
            return new TrustReport(outcome, null, ["Your key may not sign entries, so the log does not mention the change; the trust file itself is signed."]);
        }
    }

    private PublicKey? OwnKey(out string? fault)
    {
        fault = null;
        try
        {
            using var key = _parts.Key();
            return key.Public;
        }
        catch (ColophonException e) when (e is ProvenanceException or KernelException or SecurityException)
        {
            fault = e.Hint is null ? e.Message : $"{e.Message} {e.Hint}";
            return null;
        }
    }
}
