using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Cli.Tests.Commands.Audit;

/// <summary>A repository made ready by the program itself, with a home of its own, and what an apply would have written into it.</summary>
internal sealed class SignedProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string? _root;

    public string Root => _root ?? _folder.At("repo");

    public string Configuration => _folder.At("home/.config/colophon");

    public Dictionary<string, string> Environment => new(StringComparer.Ordinal) { ["HOME"] = _folder.At("home"), ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "" };

    public GitRepository Repository { get; private set; } = new("", "", "");

    public static async Task<SignedProject> CreateAsync()
    {
        var project = new SignedProject();
        Directory.CreateDirectory(project.Root);
        await new GitRunner(project.Root).RunAsync(["init", "-q", "-b", "main"]);
        project.Repository = await GitRepository.DiscoverAsync(project.Root, TestContext.Current.CancellationToken);
        await project.GitAsync("config", "user.name", "Ada");
        await project.GitAsync("config", "user.email", "ada@example.org");
        Assert.Equal(0, (await project.RunAsync("init")).ExitCode);
        return project;
    }

    /// <summary>Another person with a home and a key of their own, in the same working tree.</summary>
    public Task<SignedProject> ColleagueAsync()
    {
        var colleague = new SignedProject { _root = Root, Repository = Repository };
        SigningKey.Create(SigningKey.DefaultPath(colleague.Configuration), new SigningKeyOptions()).Dispose();
        return Task.FromResult(colleague);
    }

    public string At(string path) => Path.Combine(Root, path);

    public Task<CliRun> RunAsync(params string[] words) => CliRun.OfAsync(Root, words, environment: Environment);

    public Task<CliRun> RunAsync(string[] words, string input = "", Dictionary<string, string>? environment = null) => CliRun.OfAsync(Root, words, input, environment: environment ?? Environment);

    public async Task<string> GitAsync(params string[] arguments) => (await Repository.Git.RunAsync(arguments, default, TestContext.Current.CancellationToken)).Text;

    public async Task<string> CommitAsync(string message = "work")
    {
        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "--allow-empty", "-m", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path)) ?? Root);
        File.WriteAllText(At(path), text);
    }

    public string? Read(string path) => File.Exists(At(path)) ? File.ReadAllText(At(path)) : null;

    public SigningKey Key() => SigningKey.Load(SigningKey.DefaultPath(Configuration));

    public AuditLog Log() => AuditLog.Open(Repository, new AuditOptions { ConfigurationDirectory = Configuration, Time = TimeProvider.System });

    /// <summary>A model writes a file for a task and a person accepts it: two signed entries and a seal.</summary>
    public async Task<(Entry Generation, Entry Decision)> AcceptAsync(string path, string text, string? requirement = null, string hash = "00", string prompt = "the prompt")
    {
        var token = TestContext.Current.CancellationToken;
        using var key = Key();
        var log = Log();
        var change = Change(path, Read(path), text) with { Diff = log.Commit("the diff of " + path), Requirements = requirement is null ? [] : [requirement] };
        var generation = await log.AppendAsync(
            new EntryDraft
            {
                Kind = EntryKind.Generation,
                Id = EntryDraft.NewId(),
                Change = "add-login",
                Actor = new Actor { Name = "Ada" },
                Spec = new SpecReference { Task = "1.1", Description = "Check the password", Requirements = requirement is null ? [] : [new RequirementReference(requirement, hash.PadRight(64, '0'))] },
                Model = new ModelUse { Provider = "replay", Requested = "sonnet" },
                Prompt = new PromptRecord { Content = log.Commit(prompt) },
                Response = new ResponseRecord { Content = log.Commit("the answer"), Turns = 1 },
                Files = [change],
            },
            key,
            token);
        Write(path, text);
        var decision = await log.AppendAsync(
            new EntryDraft
            {
                Kind = EntryKind.Decision,
                Id = EntryDraft.NewId(),
                Change = "add-login",
                Actor = new Actor { Name = "Ada" },
                Files = [change],
                Decision = new Decision { Target = generation.Leaf, Accepted = true },
            },
            key,
            token);
        await log.SealAsync(key, token);
        return (generation, decision);
    }

    public static FileChange Change(string path, string? before, string after, HunkAuthor by = HunkAuthor.Model)
    {
        var (old, fresh) = (LineText.Split(before), LineText.Split(after));
        return new FileChange
        {
            Path = path,
            Action = before is null ? FileAction.Create : FileAction.Modify,
            Before = before is null ? null : FileDigest.Of(Encoding.UTF8.GetBytes(before)),
            After = FileDigest.Of(Encoding.UTF8.GetBytes(after)),
            Hunks =
            [
                .. LineDiff.Compute(old.RawLines, fresh.RawLines).Select(h => new HunkRecord
                {
                    OldStart = h.OldStart + (h.OldLines > 0 ? 1 : 0),
                    OldLines = h.OldLines,
                    NewStart = h.NewStart + (h.NewLines > 0 ? 1 : 0),
                    NewLines = h.NewLines,
                    By = by,
                    Lines = LineHash.Pack([.. fresh.Lines.Skip(h.NewStart).Take(h.NewLines).Select(static l => LineHash.Of(l))]),
                }),
            ],
        };
    }

    public void Dispose() => _folder.Dispose();
}
