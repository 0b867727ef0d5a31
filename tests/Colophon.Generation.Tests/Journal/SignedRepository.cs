using Colophon.Generation.Journal;
using Colophon.Generation.Records;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Generation.Tests.Journal;

/// <summary>A repository with a trust root and a generation to decide about.</summary>
internal sealed class SignedRepository : IDisposable
{
    public const string TasksFile = "openspec/changes/add-x/tasks.md";

    private readonly TemporaryFolder _home = new();
    private readonly SigningKey _key = SigningKey.Generate();
    private SigningKey? _other;

    private SignedRepository(TestRepository files, GitRepository repository) => (Files, Repository) = (files, repository);

    public TestRepository Files { get; }

    public GitRepository Repository { get; }

    public string Generation { get; private set; } = "";

    public AuditLog Log => AuditLog.Open(Repository, new AuditOptions { ConfigurationDirectory = _home.Path });

    public WriteTransaction Transaction => new(Repository, new EntryWriter(Log, _key));

    public JournalStore Journal => new(Repository);

    public IEnumerable<Entry> Decisions => Log.Entries().Where(static e => e.Predicate.Kind == EntryKind.Decision);

    public bool IsTicked => Files.Read(TasksFile).Contains("[x] 1.1", StringComparison.Ordinal);

    public static async Task<SignedRepository> CreateAsync(params (string Path, string Text)[] files)
    {
        var folder = await TestRepository.CreateAsync([(TasksFile, "- [ ] 1.1 Do\r\n- [ ] 1.2 More\r\n"), .. files]);
        var made = new SignedRepository(folder, await folder.OpenAsync());
        TrustStore.Init(made.Repository, made._key, new TrustInit { Name = "Test", ConfigurationDirectory = made._home.Path }, TimeProvider.System);
        var generation = await made.Log.AppendAsync(
            new EntryDraft { Kind = EntryKind.Generation, Id = EntryDraft.NewId(), Change = "add-x", Actor = new Actor { Name = "Test" } }, made._key, CancellationToken.None);
        made.Generation = generation.Leaf;
        return made;
    }

    /// <summary>Transactions of somebody whose key has a role here.</summary>
    public WriteTransaction TransactionOf(KeyRole role)
    {
        _other = SigningKey.Generate();
        TrustChanges.Make(Repository, _home.Path, new TrustEdit.Add(_other.Public, "Other", role, DateTimeOffset.UnixEpoch, null, IsRoot: false), [_key]);
        return new WriteTransaction(Repository, new EntryWriter(Log, _other));
    }

    public WriteIntent Intent(params FileEdit[] edits)
    {
        var id = EntryDraft.NewId();
        var draft = new EntryDraft
        {
            Kind = EntryKind.Decision,
            Id = id,
            Change = "add-x",
            Actor = new Actor { Name = "Test" },
            Decision = new Decision { Target = Generation, Accepted = true },
            Files = [.. edits.Select(static e => FileRecords.Of(e, null, []))],
        };
        return new WriteIntent
        {
            Id = id,
            Change = "add-x",
            Task = "1.1",
            TasksFile = TasksFile,
            Session = "s",
            Decision = DraftBytes.Write(draft),
            Steps = FileStep.Of(edits),
            NewFolders = [],
        };
    }

    public static FileEdit Create(string path, string text) => new() { Path = WorkspacePath.Parse(path), Action = EditAction.Create, After = State(text) };

    public static FileEdit Modify(string path, string old, string text) => new() { Path = WorkspacePath.Parse(path), Action = EditAction.Modify, Before = State(old), After = State(text) };

    public static FileEdit Delete(string path, string old) => new() { Path = WorkspacePath.Parse(path), Action = EditAction.Delete, Before = State(old) };

    public static FileEdit Rename(string from, string to, string text) =>
        new() { Path = WorkspacePath.Parse(to), Action = EditAction.Rename, RenamedFrom = WorkspacePath.Parse(from), Before = State(text), After = State(text) };

    public static FileState State(string text) => new(System.Text.Encoding.UTF8.GetBytes(text), (UnixFileMode)0b110_100_100);

    public void Dispose()
    {
        _key.Dispose();
        _other?.Dispose();
        Files.Dispose();
        _home.Dispose();
    }
}
