using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Tests;

/// <summary>A git repository with a trust root and a key, in a temporary folder.</summary>
internal sealed class Project : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Project(bool founded)
    {
        Directory.CreateDirectory(Root);
        Repository = new GitRepository(Root, Path.Combine(Root, ".git"), Path.Combine(Root, ".git"));
        Directory.CreateDirectory(Repository.GitDirectory);
        if (founded)
            Trust = TrustStore.Init(Repository, Key, new TrustInit { Name = "Ada", ConfigurationDirectory = Configuration }, Clock);
    }

    internal string Root => _folder.Sub("repo");

    internal string Configuration => _folder.Sub("config");

    internal string Audit => Path.Combine(Root, ".openspec/audit/v1");

    internal GitRepository Repository { get; private set; }

    internal SigningKey Key { get; } = SigningKey.Generate();

    internal ProjectTrust? Trust { get; }

    internal ManualClock Clock { get; } = new();

    internal static Project Create() => new(founded: true);

    internal static Project WithoutTrust() => new(founded: false);

    /// <summary>A project whose git repository is real, for what asks git.</summary>
    internal static async Task<Project> CreateRealAsync(string objects = "sha1")
    {
        var project = new Project(founded: false);
        Directory.Delete(project.Repository.GitDirectory);
        await project.Repository.Git.RunAsync(["init", "-q", "-b", "main", $"--object-format={objects}"]);
        project.Repository = await GitRepository.DiscoverAsync(project.Root, default);
        await project.Repository.Git.RunAsync(["config", "user.name", "t"]);
        await project.Repository.Git.RunAsync(["config", "user.email", "t@example.org"]);
        TrustStore.Init(project.Repository, project.Key, new TrustInit { Name = "Ada", ConfigurationDirectory = project.Configuration }, project.Clock);
        return project;
    }

    internal AuditOptions Options => new() { ConfigurationDirectory = Configuration, Time = Clock };

    internal AuditLog Log() => AuditLog.Open(Repository, Options);

    internal static EntryDraft Draft(string change = "add-login", EntryKind kind = EntryKind.Generation) => new()
    {
        Kind = kind,
        Id = EntryDraft.NewId(),
        Change = change,
        Actor = new Actor { Name = "Ada", Branch = "main" },
        Spec = new SpecReference { Task = "1.1", Description = "Check the password" },
        Files = [Change("src/login.py", "a\n", "a\nb\n")],
    };

    internal static FileChange Change(string path, string before, string after) => new()
    {
        Path = path,
        Action = FileAction.Modify,
        Before = FileDigest.Of(System.Text.Encoding.UTF8.GetBytes(before)),
        After = FileDigest.Of(System.Text.Encoding.UTF8.GetBytes(after)),
        Hunks = [new HunkRecord { OldStart = 1, OldLines = 0, NewStart = 2, NewLines = 1, Lines = LineHash.Pack([LineHash.Of("b")]) }],
    };

    /// <summary>Appends so many entries and seals them.</summary>
    internal async Task<IReadOnlyList<Entry>> FillAsync(int count, string change = "add-login")
    {
        var log = Log();
        var entries = new List<Entry>();
        for (var i = 0; i < count; i++)
            entries.Add(await log.AppendAsync(Draft(change), Key, TestContext.Current.CancellationToken));
        await log.SealAsync(Key, TestContext.Current.CancellationToken);
        return entries;
    }

    public void Dispose()
    {
        Key.Dispose();
        _folder.Dispose();
    }
}
