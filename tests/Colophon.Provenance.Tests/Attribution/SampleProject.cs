using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Attribution;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Provenance.Tests.Attribution;

/// <summary>
/// A repository made in a temporary folder and a log beside it. Entries are made as the engine makes them, but not signed: whether an entry is authentic is the
/// verifier's to say, and given here.
/// </summary>
internal sealed class SampleProject : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, int> _streams = [];

    public List<Entry> Entries { get; } = [];

    public HashSet<string> Untrusted { get; } = [];

    public GitRepository Repository { get; private set; } = new("", "", "");

    public string Root => Repository.Root;

    public string Store => Path.Combine(Root, ".colophon", "state", "attribution");

    public static async Task<SampleProject> CreateAsync(string objects = "sha1")
    {
        var project = new SampleProject();
        await new GitRunner(project._folder.Path).RunAsync(["init", "-q", "-b", "main", $"--object-format={objects}"]);
        project.Repository = await GitRepository.DiscoverAsync(project._folder.Path, default);
        File.AppendAllText(Path.Combine(project.Repository.GitDirectory, "info", "exclude"), ".colophon/state/\n");
        await project.GitAsync("config", "user.name", "Ada");
        await project.GitAsync("config", "user.email", "ada@example.org");
        return project;
    }

    public async Task<string> GitAsync(params string[] arguments) => (await Repository.Git.RunAsync(arguments)).Text;

    public async Task<string> CommitAsync(string message = "work")
    {
        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "--allow-empty", "-m", message);
        return await GitAsync("rev-parse", "HEAD");
    }

    public void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? file);
        File.WriteAllText(file, text);
    }

    public string? Read(string path) => File.Exists(Path.Combine(Root, path)) ? File.ReadAllText(Path.Combine(Root, path)) : null;

    /// <summary>The model writes a file and the person accepts it; returns the decision's leaf.</summary>
    public string Accept(string path, string? after, string stream = "s1", string? from = null, bool human = false, string task = "1.1")
    {
        var change = Change(path, Read(from ?? path), after, from, human ? HunkAuthor.Human : HunkAuthor.Model);
        var generation = Append(EntryKind.Generation, stream, [change], null, task);
        if (from is not null)
            File.Delete(Path.Combine(Root, from));
        if (after is null)
            File.Delete(Path.Combine(Root, path));
        else
            Write(path, after);
        return Append(EntryKind.Decision, stream, [change], new Decision { Target = generation, Accepted = true });
    }

    /// <summary>The model proposes a file and the person rejects it.</summary>
    public string Reject(string path, string after, string stream = "s1")
    {
        var change = Change(path, Read(path), after, null, HunkAuthor.Model);
        var generation = Append(EntryKind.Generation, stream, [change], null);
        return Append(EntryKind.Decision, stream, [], new Decision { Target = generation, Accepted = false, Reason = "no" });
    }

    /// <summary>Another kind of entry that changes a file.</summary>
    public string Record(EntryKind kind, string path, string after, string stream = "s1")
    {
        var change = Change(path, Read(path), after, null, HunkAuthor.Human);
        Write(path, after);
        return Append(kind, stream, [change], null);
    }

    public Task<TreeAttribution> AttributeAsync(bool stored = false, bool workingTree = true) =>
        Attributor.RunAsync(
            Repository,
            Entries,
            e => !Untrusted.Contains(e.Leaf),
            new AttributionOptions { WorkingTree = workingTree, StoreDirectory = stored ? Store : null },
            default);

    /// <summary>
    /// A file's lines by owner: <c>h</c> for a person, <c>?</c> for unknown, and for a model's line the place of its decision in the log.
    /// </summary>
    public async Task<string> OwnersAsync(string path, bool stored = false)
    {
        var attribution = await AttributeAsync(stored);
        var file = attribution.Files.SingleOrDefault(f => f.Path == path);
        if (file is null)
            return "-";
        var text = new StringBuilder();
        foreach (var run in file.Runs)
        {
            var mark = run.Owner.Kind switch
            {
                OwnerKind.Human => "h",
                OwnerKind.Unknown => "?",
                _ => Mark(run.Owner.Entry),
            };
            for (var i = 0; i < run.Count; i++)
                text.Append(mark);
        }

        return text.ToString();
    }

    /// <summary>The decisions' marks: A for the first decision, B for the second …</summary>
    public string Mark(string? leaf) =>
        ((char)('A' + Entries.Where(static e => e.Predicate.Kind == EntryKind.Decision).Select(static e => e.Leaf).ToList().IndexOf(leaf ?? ""))).ToString();

    public void Dispose() => _folder.Dispose();

    public static FileChange Change(string path, string? before, string? after, string? from, HunkAuthor by)
    {
        var (old, fresh) = (LineText.Split(before), LineText.Split(after));
        return new FileChange
        {
            Path = path,
            RenamedFrom = from,
            Action = from is not null ? FileAction.Rename : before is null ? FileAction.Create : after is null ? FileAction.Delete : FileAction.Modify,
            Before = before is null ? null : FileDigest.Of(Encoding.UTF8.GetBytes(before)),
            After = after is null ? null : FileDigest.Of(Encoding.UTF8.GetBytes(after)),
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
            Requirements = ["cli/start"],
        };
    }

    public string Append(EntryKind kind, string stream, IReadOnlyList<FileChange> files, Decision? decision, string task = "1.1")
    {
        var seq = _streams[stream] = _streams.GetValueOrDefault(stream) + 1;
        var leaf = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{stream} {seq}")));
        var file = Path.Combine(Root, ".openspec/audit/v1/s/add-cli", stream, $"{seq:D8}-{leaf[..12]}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? file);
        File.WriteAllText(file, $"{kind} {leaf}\n");
        Entries.Add(new Entry
        {
            Leaf = leaf,
            Payload = default,
            Signatures = [],
            FilePath = file,
            Predicate = new Predicate
            {
                Kind = kind,
                Id = leaf[..32],
                Repo = "r",
                Change = "add-cli",
                Stream = stream,
                Seq = seq,
                RecordedAt = DateTimeOffset.UnixEpoch.AddMinutes(Entries.Count),
                Actor = new Actor { Name = "Ada" },
                Files = files,
                Decision = decision,
                Spec = kind == EntryKind.Generation ? new SpecReference { Task = task, Requirements = [new RequirementReference("cli/start", "00")] } : null,
                Model = kind == EntryKind.Generation ? new ModelUse { Provider = "replay", Requested = "sonnet" } : null,
            },
        });
        return leaf;
    }
}
