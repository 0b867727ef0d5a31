using System.Text;
using Colophon.Agent;
using Colophon.Agent.Conversations;
using Colophon.Agent.Limits;
using Colophon.Generation.Context;
using Colophon.Generation.Errors;
using Colophon.Generation.Journal;
using Colophon.Generation.Prompts;
using Colophon.Generation.Records;
using Colophon.Generation.Review;
using Colophon.Generation.Scratch;
using Colophon.Generation.Session;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Log;
using Colophon.Security.Audit;
using Colophon.Security.Redaction;
using Colophon.Security.Sandbox;
using Colophon.Specs;
using Colophon.Tools;
using Microsoft.Extensions.AI;
using Proposal = Colophon.Generation.Review.Proposal;

namespace Colophon.Generation.Apply;

/// <summary>How work on a task ended.</summary>
internal enum TaskEnd
{
    Accepted,
    Rejected,
    Stopped,
}

/// <summary>One task from its first prompt to its tick: generate, record, review, and again where the reviewer asks for it.</summary>
internal sealed class TaskWork
{
    private readonly ApplyOptions _options;
    private readonly ApplySession _session;
    private readonly EntryWriter _entries;
    private readonly IChatClient _client;
    private readonly Change _change;
    private readonly TaskItem _item;
    private readonly ProposedTask _task;
    private readonly string _specDirectory;
    private GenerationRun? _run;
    private ContextSelection? _context;
    private Actor? _actor;
    private ChangeSet? _changes;

    internal TaskWork(ApplyOptions options, ApplySession session, EntryWriter entries, IChatClient client, Change change, TaskItem item, string specDirectory)
    {
        (_options, _session, _entries, _client, _change, _item, _specDirectory) = (options, session, entries, client, change, item, specDirectory);
        _task = new ProposedTask(item.Id, item.Description, item.Group);
    }

    private GenerationRun Run => _run ?? throw new InvalidOperationException("The work has not begun.");

    /// <summary>Does the task; goes on where the session stands.</summary>
    internal async Task<TaskEnd> DoAsync(int index, int count, IReviewer reviewer, CancellationToken cancellationToken)
    {
        if (_session.Record.Task != _item.Id)
        {
            GenerationRun.Clear(_session.Folder);
            if (!_session.Tree.IsFresh)
                await _session.Tree.RefreshAsync(cancellationToken).ConfigureAwait(false);
            _session.BeginTry(_item.Id, 1, 0);
        }

        using var run = _run = GenerationRun.Open(_session.Folder, text => Redactor.Scrub(text, _options.Secrets), _options.Listener);
        _actor = await ActorAsync(cancellationToken).ConfigureAwait(false);
        _context = await TaskContext.ChooseAsync(_options.Repository, _options.Log, _change, _item, _specDirectory, _options.Limits.ContextTokens, cancellationToken).ConfigureAwait(false);
        if (run.Conversation.Items.Count < 2)
        {
            if (run.Conversation.Items.Count == 0)
                run.Say(new ConversationItem.System(PromptText.System));
            run.Say(new ConversationItem.User(PromptText.Task(_change, _item, _context)));
        }

        while (true)
        {
            var attempt = _session.Record.Attempt;
            await TellAsync(new ApplyEvent.TaskStarted(_task, index, count, attempt), cancellationToken).ConfigureAwait(false);
            if (attempt == 1)
                await TellAsync(new ApplyEvent.ContextChosen(_context), cancellationToken).ConfigureAwait(false);
            if (_session.Record.State != SessionState.AwaitingReview)
                await GenerateAsync(cancellationToken).ConfigureAwait(false);
            if (await ReviewAsync(reviewer, cancellationToken).ConfigureAwait(false) is { } end)
                return end;
        }
    }

    /// <summary>Lets the model work and records what it proposes.</summary>
    private async Task GenerateAsync(CancellationToken cancellationToken)
    {
        var changes = await AskAsync(cancellationToken).ConfigureAwait(false);
        if (changes.Edits.Count == 0 && Run.Conversation.Items.OfType<ConversationItem.User>().LastOrDefault()?.Text != PromptText.NothingChanged)
        {
            Run.Nudge();
            changes = await AskAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Secrets.Named(changes.Edits) is { } named)
        {
            _options.Journal.Add(SecurityEventKind.SecretRefused, $"a file's name: {named.Path.Value}");
            throw new GenerationException(GenerationError.SecretFound, $"The model named a file like a secret: '{Redactor.Scrub(named.Path.Value)}'; nothing was recorded or written.", "Run the command again without --resume.");
        }

        var draft = EntryDrafts.Generation(_session.Record.GenerationId ?? EntryDraft.NewId(), Facts(), changes.Edits, Commit);
        var entry = await _entries.AppendAsync(draft, cancellationToken).ConfigureAwait(false);
        _changes = changes;
        _session.AwaitReview(entry.Leaf);
    }

    private async Task<ChangeSet> AskAsync(CancellationToken cancellationToken)
    {
        if (!Run.IsFinished)
            await Run.RunAsync(AgentRun(), cancellationToken).ConfigureAwait(false);
        return await _session.Tree.ChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Shows the proposal and carries out the answer.</summary>
    /// <returns>How the task ended, or null where the model tries again.</returns>
    private async Task<TaskEnd?> ReviewAsync(IReviewer reviewer, CancellationToken cancellationToken)
    {
        var generation = _session.Record.GenerationLeaf ?? throw Broken();
        // A killed run may have recorded a rejection and not come further.
        if (_session.Resumed && _entries.Find(_session.Record.DecisionId ?? "") is { Predicate.Decision: { Accepted: false, Reason: var reason } } standing)
            return await TryAgainAsync(new ReviewAnswer.Reject(reason ?? "", Retry: true), standing, cancellationToken).ConfigureAwait(false);

        var proposal = await ProposeAsync(cancellationToken).ConfigureAwait(false);
        await TellAsync(new ApplyEvent.ProposalReady(proposal), cancellationToken).ConfigureAwait(false);
        var policy = reviewer.IsPolicy;
        switch (await reviewer.ReviewAsync(proposal, cancellationToken).ConfigureAwait(false))
        {
            case ReviewAnswer.Accept accept:
                var acceptance = Acceptance.Of(proposal, accept);
                var secrets = Secrets.In(acceptance.Edits, _options.Secrets);
                foreach (var secret in secrets)
                    _options.Journal.Add(accept.SecretsConfirmed ? SecurityEventKind.Consent : SecurityEventKind.SecretRefused, $"{secret.Path} line {secret.Line}: {secret.Kind}{(accept.SecretsConfirmed ? ", confirmed as meant" : "")}");
                if (secrets.Count > 0 && !accept.SecretsConfirmed)
                    throw SecretFound(secrets[0]);
                await WriteAsync(proposal, acceptance, generation, policy, cancellationToken).ConfigureAwait(false);
                return TaskEnd.Accepted;
            case ReviewAnswer.Reject reject:
                var draft = EntryDrafts.Rejected(_session.Record.DecisionId ?? EntryDraft.NewId(), Facts(), generation, reject.Reason, policy);
                var entry = await _entries.AppendAsync(draft, cancellationToken).ConfigureAwait(false);
                return await TryAgainAsync(reject, entry, cancellationToken).ConfigureAwait(false);
            default:
                return TaskEnd.Stopped;
        }
    }

    private async Task<TaskEnd?> TryAgainAsync(ReviewAnswer.Reject reject, Entry entry, CancellationToken cancellationToken)
    {
        var again = reject.Retry && _session.Record.Attempt < _options.Limits.Attempts;
        if (again)
        {
            var told = PromptText.Rejected(reject.Reason);
            if (Run.Conversation.Items[^1] is not ConversationItem.User { Text: var last } || last != told)
                Run.Say(new ConversationItem.User(told));
            _session.BeginTry(_item.Id, _session.Record.Attempt + 1, Run.Conversation.Items.Count);
        }

        await TellAsync(new ApplyEvent.Rejected(_task, reject.Reason, entry.Leaf, again), cancellationToken).ConfigureAwait(false);
        return again ? null : TaskEnd.Rejected;
    }

    private async Task WriteAsync(Proposal proposal, Acceptance acceptance, string generation, bool policy, CancellationToken cancellationToken)
    {
        var id = _session.Record.DecisionId ?? throw Broken();
        var intent = new WriteIntent
        {
            Id = id,
            Change = _change.Name,
            Task = _item.Id,
            TasksFile = $"{_specDirectory}/changes/{_change.Name}/tasks.md",
            Session = _session.Record.Id,
            Decision = DraftBytes.Write(EntryDrafts.Accepted(id, Facts(), generation, acceptance, proposal, policy, Commit)),
            Steps = FileStep.Of(acceptance.Edits),
            NewFolders = [],
        };

        // From here on nobody interrupts: it takes milliseconds, and half of it would have to be recovered.
        var entry = await new WriteTransaction(_options.Repository, _entries).RunAsync(intent, CancellationToken.None).ConfigureAwait(false);
        _session.LeaveTask();
        var paths = intent.Steps.Select(static s => s.Path.Value).ToList();
        await TellAsync(new ApplyEvent.Accepted(_task, paths, entry.Leaf), cancellationToken).ConfigureAwait(false);
    }

    private async Task<Proposal> ProposeAsync(CancellationToken cancellationToken)
    {
        var raw = _changes ?? await _session.Tree.ChangesAsync(cancellationToken).ConfigureAwait(false);
        var changes = ProposalBuilder.OntoUserTree(raw, _options.Repository.Root, _session.Tree.Root);
        foreach (var denied in changes.LeftOut)
            _options.Journal.Add(SecurityEventKind.ChangeDenied, denied);
        return new Proposal
        {
            Change = _change.Name,
            Task = _task,
            Attempt = _session.Record.Attempt,
            Attempts = _options.Limits.Attempts,
            Model = _options.Model,
            Summary = Run.Conversation.LastText ?? "",
            Files = [.. changes.Edits.Select(ProposalText.Of)],
            LeftOut = changes.LeftOut,
            Secrets = Secrets.In(changes.Edits, _options.Secrets),
        };
    }

    private AgentRun AgentRun()
    {
        var replies = Run.Conversation.Items.OfType<ConversationItem.Assistant>().ToList();
        return new AgentRun
        {
            Client = _client,
            Tools = _options.Tools,
            Context = new ToolContext
            {
                Workspace = new Workspace(_session.Tree.Root),
                RootAliases = [_options.Repository.Root],
                Sandbox = _options.Sandbox,
                Journal = _options.Journal,
                Protected = new ProtectedPaths(_specDirectory, _change.Name).Reason,
                Policy = new SandboxPolicy
                {
                    WritableRoots = [_session.Tree.Root],
                    ReadableRoots = [.. _options.ReadableRoots, .. Dependencies()],
                    AllowNetwork = _options.AllowNetwork,
                    PrivateFolder = Path.Combine(_session.Folder, "home"),
                },
            },
            Limits = AgentLimits.None.Turns(_options.Limits.Turns).Tokens(_options.Limits.Tokens),
            Spent = new AgentProgress
            {
                Turns = replies.Count,
                InputTokens = replies.Sum(static r => r.Facts.InputTokens ?? 0),
                OutputTokens = replies.Sum(static r => r.Facts.OutputTokens ?? 0),
            },
            Options = _options.ChatOptions,
            Time = _options.Time,
        };
    }

    // Installed packages are ignored by git and so not in the copy; tools that look upwards find the user's own.
    private IEnumerable<string> Dependencies() =>
        ((string[])["node_modules", ".venv", "venv", "vendor"]).Select(name => Path.Combine(_options.Repository.Root, name)).Where(Directory.Exists);

    private TryFacts Facts() => new()
    {
        Change = _change,
        Task = _item,
        Attempt = _session.Record.Attempt,
        Actor = _actor ?? throw new InvalidOperationException("The work has not begun."),
        Model = _options.Model,
        SandboxDescription = _options.Sandbox?.Description ?? "none",
        Prompt = string.Join("\n\n", Run.Conversation.Items.Take(2).Select(static i => i switch { ConversationItem.System s => s.Text, ConversationItem.User u => u.Text, _ => "" })),
        Context = _context ?? throw new InvalidOperationException("The work has not begun."),
        Items = [.. Run.Conversation.Items.Skip(_session.Record.FirstItem)],
    };

    private async Task<Actor> ActorAsync(CancellationToken cancellationToken) => new()
    {
        Name = _options.Person,
        Session = _session.Record.Id,
        Branch = await _options.Repository.BranchAsync(cancellationToken).ConfigureAwait(false),
        Commit = await _options.Repository.HeadAsync(cancellationToken).ConfigureAwait(false),
    };

    private Commitment? Commit(byte[] content) => _options.Log.Commit(Encoding.UTF8.GetString(content));

    private ValueTask TellAsync(ApplyEvent applyEvent, CancellationToken cancellationToken) => _options.Listener(applyEvent, cancellationToken);

    private static GenerationException SecretFound(SecretFlag flag) => new(
        GenerationError.SecretFound,
        $"'{flag.Path}' line {flag.Line} holds what looks like a secret ({flag.Kind}); nothing was written.",
        $"Review it with --resume: reject it, leave the file out, or confirm that it is meant. Where it is none: [secrets] allow = [\"sha256:{flag.Hash}\"].");

    private GenerationException Broken() =>
        new(GenerationError.SessionBroken, $"The session '{_session.Record.Id}' is damaged.", "Run the command again without --resume.");
}
