using Colophon.Engine.Composition;
using Colophon.Engine.Doctor;
using Colophon.Engine.Init;
using Colophon.Generation.Apply;
using Colophon.Generation.Errors;
using Colophon.Generation.Journal;
using Colophon.Generation.Review;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;
using Colophon.Security.Audit;
using Colophon.Security.Sandbox;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>The one door to Colophon: a project opened, with plain requests in and events out.</summary>
public sealed class ColophonEngine : IAsyncDisposable
{
    private readonly EngineParts _parts;
    private readonly ColophonException? _recoveryFailure;

    private ColophonEngine(EngineParts parts, IReadOnlyList<RecoveryNote> recovered, ColophonException? recoveryFailure) =>
        (_parts, Recovered, _recoveryFailure) = (parts, recovered, recoveryFailure);

    /// <summary>The directory the engine was opened in, absolute.</summary>
    public string Directory => _parts.Folders.Directory;

    /// <summary>The configuration in force, every value with its origin.</summary>
    public LayeredConfiguration Configuration => _parts.Configuration;

    /// <summary>What opening found of an interrupted run and did about it; worth a line each to the user.</summary>
    public IReadOnlyList<RecoveryNote> Recovered { get; }

    internal EngineParts Parts => _parts;

    /// <summary>Opens the project around a directory: reads the configuration and finishes or rolls back what a killed run left.</summary>
    /// <param name="directory">Any directory of the project, absolute.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="KernelException">The configuration is wrong, or git is missing.</exception>
    public static async Task<ColophonEngine> OpenAsync(string directory, EngineOverrides? overrides = null, CancellationToken cancellationToken = default)
    {
        var given = overrides ?? new EngineOverrides();
        var environment = EngineEnvironment.Of(given.Environment);
        var repository = await GitRepository.TryDiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        var parts = new EngineParts(new EngineFolders(Path.GetFullPath(directory), repository), environment, given);
        if (repository is null)
            return new ColophonEngine(parts, [], null);
        try
        {
            var log = parts.Log(repository);
            await log.HealAsync(cancellationToken).ConfigureAwait(false);
            return new ColophonEngine(parts, await ChangeApplier.RecoverAsync(repository, log, parts.Key, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ColophonException e)
        {
            // Reading must stay possible where finishing is not (the key is locked, the disk read-only); only the next apply insists.
            return new ColophonEngine(parts, [], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ColophonEngine(parts, [], new KernelException(KernelError.WriteFailed, $"What an interrupted run left cannot be cleared up: {e.Message}", "Check permissions and the room on the disk.", e));
        }
    }

    /// <summary>Makes a project ready for Colophon; what is there already is left as it is.</summary>
    /// <param name="directory">A directory inside a git repository, absolute.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="key">The key that the user will sign with, as <see cref="UserKey.Use"/> takes it; null leaves it as it is.</param>
    /// <param name="cancellationToken">Cancels between two files.</param>
    /// <exception cref="ColophonException">Not a git repository, the key cannot be opened, or a file cannot be written.</exception>
    public static Task<InitReport> InitAsync(string directory, EngineOverrides? overrides = null, string? key = null, CancellationToken cancellationToken = default) =>
        ProjectInit.RunAsync(directory, overrides ?? new EngineOverrides(), key, cancellationToken);

    /// <summary>Looks at everything Colophon needs and says what is missing. Never throws for what it finds.</summary>
    /// <param name="directory">Any directory, absolute.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the examination.</param>
    public static Task<DoctorReport> DoctorAsync(string directory, EngineOverrides? overrides = null, CancellationToken cancellationToken = default) =>
        Examination.RunAsync(directory, overrides ?? new EngineOverrides(), cancellationToken);

    /// <summary>Turns a change's open tasks into reviewed, signed code. Ends by itself, or with an exception.</summary>
    /// <param name="request">What to apply.</param>
    /// <param name="reviewer">Decides about each proposal.</param>
    /// <param name="cancellationToken">Interrupts; the session can be resumed.</param>
    /// <exception cref="ColophonException">Thrown by the enumeration: anything that ends the run early.</exception>
    public IAsyncEnumerable<EngineEvent> ApplyAsync(ApplyRequest request, IReviewer reviewer, CancellationToken cancellationToken = default)
    {
        // Disposed of by the enumeration.
        var handoff = new EventHandoff();
        return handoff.RunAsync(token => ApplyAsync(request, reviewer, handoff, token), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task ApplyAsync(ApplyRequest request, IReviewer reviewer, EventHandoff handoff, CancellationToken cancellationToken)
    {
        if (_recoveryFailure is not null)
            throw _recoveryFailure;
        foreach (var note in Recovered)
        {
            if (!note.Finished && note.Change == request.Change && !request.Resume)
                throw new GenerationException(GenerationError.RolledBack, note.Message, "Your text stands and the accepted text is kept: review it again with --resume, or run the command once more for a fresh try.");
        }

        var repository = await _parts.RepositoryAsync(cancellationToken).ConfigureAwait(false);
        var specs = ProjectSpecs.Open(_parts, Directory);
        var change = specs.Change(request.Change);
        await ChangeGate.DemandAsync(this, change, ChangeStep.Apply, cancellationToken).ConfigureAwait(false);
        using var key = _parts.Key();
        _parts.CheckTrust(repository, key, EntryKind.Generation, EntryKind.Decision);
        var models = request.Resume ? _parts.Models.Resuming(ChangeApplier.InterruptedModel(repository, request.Change)) : _parts.Models;
        models.Client(null).Dispose();
        var sandbox = _parts.Sandbox();
        if (sandbox is null)
            await handoff.OfferAsync(new EngineEvent.Notice("This kernel offers no sandbox, so the model gets no shell.", "Use a kernel with Landlock, or allow unconfined commands in your own configuration."), cancellationToken).ConfigureAwait(false);
        else if (sandbox is UnconfinedSandbox)
            _parts.Journal.Add(SecurityEventKind.Consent, $"commands run without a sandbox: {sandbox.Description}");
        if (sandbox is not null && Configuration.Boolean("sandbox.network"))
            _parts.Journal.Add(SecurityEventKind.Consent, $"commands may use the network: {Configuration.Find("sandbox.network")?.Origin.Source}");

        var person = await _parts.NameAsync(repository, cancellationToken).ConfigureAwait(false);
        if (person.Advice is { } advice)
            await handoff.OfferAsync(new EngineEvent.Notice(advice, Person.HowToSet), cancellationToken).ConfigureAwait(false);
        var translation = new EventTranslation(_parts.Overrides.Time, _parts.Secrets);
        var options = new ApplyOptions
        {
            Repository = repository,
            Specs = specs,
            Log = _parts.Log(repository),
            Key = key,
            Person = person.Name,
            Client = scratch => models.Client(scratch, (failure, wait, token) => handoff.OfferAsync(EventTranslation.Of(failure, wait), token)),
            Model = models.Model ?? "",
            ChatOptions = models.Options,
            Sandbox = sandbox,
            Secrets = _parts.Secrets,
            ReadableRoots = Configuration.TextList("sandbox.read"),
            Journal = _parts.Journal,
            AllowNetwork = Configuration.Boolean("sandbox.network"),
            Limits = Limits(),
            Time = _parts.Overrides.Time,
            Listener = async (happened, token) =>
            {
                foreach (var told in translation.Of(happened))
                    await handoff.OfferAsync(told, token).ConfigureAwait(false);
            },
        };
        var result = await new ChangeApplier(options).ApplyAsync(new ApplyOrder(request.Change, request.Task, request.Resume), reviewer, cancellationToken).ConfigureAwait(false);
        if (result.End != ApplyEnd.NothingToDo && await IgnoredLog.OfRulesAsync(repository, cancellationToken).ConfigureAwait(false) is { } ignored)
            await handoff.OfferAsync(new EngineEvent.Notice($"{ignored.Message}.", ignored.Hint), cancellationToken).ConfigureAwait(false);
        await handoff.OfferAsync(Finished(result, specs.Change(request.Change)), cancellationToken).ConfigureAwait(false);
    }

    private static EngineEvent.ApplyFinished Finished(ApplyResult result, Change change)
    {
        var outcome = result.End switch
        {
            ApplyEnd.Done => ApplyOutcome.Done,
            ApplyEnd.Rejected => ApplyOutcome.Rejected,
            ApplyEnd.Stopped => ApplyOutcome.Stopped,
            _ => ApplyOutcome.NothingToDo,
        };
        return new EngineEvent.ApplyFinished(outcome, result.Accepted, change.TotalTasks - change.CompletedTasks);
    }

    private ApplyLimits Limits() => new()
    {
        Turns = (int)Configuration.Integer("limits.turns"),
        Tokens = Configuration.Integer("limits.tokens"),
        ContextTokens = (int)Math.Min(int.MaxValue, Configuration.Integer("limits.context_tokens")),
        Attempts = (int)Configuration.Integer("review.attempts"),
    };
}
