using System.Diagnostics;
using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Benchmarks.Sections;

/// <summary>What it costs to compare a log with the commits it travelled in. Goal: 10,000 entries a second on two cores, git's own work included.</summary>
internal static class HistorySection
{
    private const int Commits = 2_000;
    private const int EntriesPerCommit = 5;

    internal static async Task RunAsync(Layout layout)
    {
        var folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/colophon-history-{Environment.ProcessId}").FullName : layout.Fresh("history");
        try
        {
            using var key = SigningKey.Generate();
            var (repository, options) = await CreateAsync(folder, key);
            foreach (var history in new[] { false, true, false, true, false, true })
            {
                var (started, cpu, own) = (Stopwatch.GetTimestamp(), CoverageSection.Cpu(), Environment.CpuUsage.TotalTime);
                var report = await Verifier.VerifyAsync(repository, new VerifyOptions { ConfigurationDirectory = options.ConfigurationDirectory, History = history }, default);
                var (seconds, all, ours) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (CoverageSection.Cpu() - cpu).TotalSeconds, (Environment.CpuUsage.TotalTime - own).TotalSeconds);
                Console.WriteLine($"verify {(history ? "with   " : "without")} history: {seconds:F2} s, {report.Entries.Count / seconds,6:N0} entries/s; {all:F2} CPU-s, of which git's {Math.Max(0, all - ours):F2}: {report.Entries.Count / all * 2,6:N0} entries/s on two idle cores   (goal 10,000/s)   {report.Summary}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(GitRepository, AuditOptions)> CreateAsync(string folder, SigningKey key)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "repo")).FullName;
        var git = new GitRunner(root);
        await git.RunAsync(["init", "-q", "-b", "main"]);
        var repository = await GitRepository.DiscoverAsync(root, default);
        var options = new AuditOptions { ConfigurationDirectory = Path.Combine(folder, "config") };
        TrustStore.Init(repository, key, new TrustInit { Name = "bench", ConfigurationDirectory = options.ConfigurationDirectory }, TimeProvider.System);
        var log = AuditLog.Open(repository, options);
        using var stream = new MemoryStream();
        void Write(string text) => stream.Write(Encoding.UTF8.GetBytes(text));
        void File(string path, byte[] content)
        {
            Write($"M 644 inline {path}\ndata {content.Length}\n");
            stream.Write(content);
            Write("\n");
        }

        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var commit = 1; commit <= Commits; commit++)
        {
            Write($"commit refs/heads/main\nmark :{commit}\ncommitter Ada <ada@example.org> {1_600_000_000 + (commit * 600)} +0000\ndata 2\nc\n\n{(commit > 1 ? $"from :{commit - 1}\n" : "")}");
            for (var i = 0; i < EntriesPerCommit; i++)
            {
                var path = $"src/module{i}/part{commit % 40}.py";
                var next = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10).Select(n => $"line {n} of {commit}\n")));
                var entry = await log.AppendAsync(Draft(path, contents.GetValueOrDefault(path, []), next, commit), key, default);
                File(Path.GetRelativePath(root, entry.FilePath).Replace('\\', '/'), await System.IO.File.ReadAllBytesAsync(entry.FilePath));
                File(path, contents[path] = next);
            }
        }

        await log.SealAsync(key, default);
        await git.RunAsync(["fast-import", "--quiet"], stream.GetBuffer().AsMemory(0, (int)stream.Length));
        await git.RunAsync(["read-tree", "HEAD"]);
        await git.RunAsync(["add", ".openspec"]);
        await git.RunAsync(["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "seal"]);
        return (repository, options);
    }

    private static EntryDraft Draft(string path, byte[] before, byte[] after, int number) => new()
    {
        Kind = EntryKind.HumanEdit,
        Id = EntryDraft.NewId(),
        Change = $"change-{number / 100}",
        Actor = new Actor { Name = "Ada", Branch = "main", Session = "s" },
        Files =
        [
            new FileChange
            {
                Path = path,
                Action = before.Length == 0 ? FileAction.Create : FileAction.Modify,
                Before = before.Length == 0 ? null : FileDigest.Of(before),
                After = FileDigest.Of(after),
                Hunks = [new HunkRecord { OldStart = before.Length == 0 ? 0 : 1, OldLines = before.Length == 0 ? 0 : 10, NewStart = 1, NewLines = 10, By = HunkAuthor.Human, Lines = LineHash.Pack([.. Enumerable.Range(0, 10).Select(i => LineHash.Of($"line {i} of {number}"))]) }],
            },
        ],
    };
}
