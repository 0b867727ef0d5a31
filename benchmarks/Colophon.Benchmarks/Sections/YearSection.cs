using System.Diagnostics;
using Colophon.Benchmarks.Processes;
using Colophon.Kernel.Git;
using Colophon.Provenance.Index;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Benchmarks.Sections;

/// <summary>What a year of use costs every day: 200 changes, 50 entries each by 5 people, every command of two entries sealed by a heads note of its own, a commit for every ten changes.</summary>
internal static class YearSection
{
    private const int Changes = 200;
    private const int People = 5;
    private const int CommandsEach = 5;

    internal static async Task RunAsync(Layout layout)
    {
        var folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/colophon-year-{Environment.ProcessId}").FullName : layout.Fresh("year");
        try
        {
            var (repository, options, last) = await CreateAsync(folder);
            var notes = Directory.GetFiles(Path.Combine(repository.Root, ".openspec/audit/v1/heads")).Length;
            Console.WriteLine($"{Changes * People * CommandsEach * 2:N0} entries in {Changes * People:N0} streams, {notes:N0} heads notes, {Directory.EnumerateFiles(Path.Combine(repository.Root, ".openspec"), "*", SearchOption.AllDirectories).Count():N0} files");
            await MeasureAsync("audit verify", async () => (await Verifier.VerifyAsync(repository, new VerifyOptions { ConfigurationDirectory = options.ConfigurationDirectory }, default)).Summary);
            var database = Path.Combine(folder, "index.db");
            await MeasureAsync("the index made", () => Indexed(repository, database, fresh: true));
            await MeasureAsync("the index opened, nothing new", () => Indexed(repository, database, fresh: false));
            await MeasureAsync("every entry read (blame, coverage)", () => Task.FromResult($"{AuditLog.Open(repository, options).Entries().Count():N0}"));
            await MeasureAsync("two appends and a seal", async () =>
            {
                var log = AuditLog.Open(repository, options);
                await log.AppendAsync(AuditSection.Draft("change-7", 1), last, default);
                await log.AppendAsync(AuditSection.Draft("change-7", 2), last, default);
                await log.SealAsync(last, default);
                return "";
            });
            await MeasureAsync("git status", async () => $"{(await repository.Git.RunAsync(["status", "--porcelain"])).Text.Length} characters");
            last.Dispose();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string what, Func<Task<string>> run)
    {
        var (walls, cpus, said) = (new List<double>(), new List<double>(), "");
        for (var i = 0; i < 4; i++)
        {
            var (started, cpu) = (Stopwatch.GetTimestamp(), CoverageSection.Cpu());
            said = await run();
            if (i == 0)
                continue;
            walls.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            cpus.Add((CoverageSection.Cpu() - cpu).TotalMilliseconds);
        }

        Console.WriteLine($"{what,-36} {walls.Median(),8:F1} ms  {cpus.Median(),6:F0} CPU-ms with git's   {said}");
    }

    private static Task<string> Indexed(GitRepository repository, string database, bool fresh)
    {
        if (fresh)
            File.Delete(database);
        using var index = AuditIndex.Open(repository.Root, database);
        return Task.FromResult($"{index.Count():N0}");
    }

    private static async Task<(GitRepository Repository, AuditOptions Options, SigningKey Key)> CreateAsync(string folder)
    {
        using var founder = SigningKey.Generate();
        var (repository, options) = await AuditSection.FoundAsync(folder, founder);
        await repository.Git.RunAsync(["config", "user.name", "Ada"]);
        await repository.Git.RunAsync(["config", "user.email", "ada@example.org"]);
        SigningKey[] keys = [.. Enumerable.Range(0, People).Select(static _ => SigningKey.Generate())];
        foreach (var key in keys)
            TrustChanges.Make(repository, options.ConfigurationDirectory, new TrustEdit.Add(key.Public, $"Person {key.KeyId[..6]}", KeyRole.Developer, DateTimeOffset.UtcNow, null, IsRoot: false), [founder]);
        // A folder of git's each, as their own clones would have: that is what tells their streams apart.
        GitRepository[] clones = [.. keys.Select((_, i) => i == 0 ? repository : new GitRepository(repository.Root, Path.Combine(repository.GitDirectory, $"person-{i}"), repository.CommonDirectory))];
        for (var change = 0; change < Changes; change++)
        {
            for (var command = 0; command < People * CommandsEach; command++)
            {
                var person = command % People;
                var log = AuditLog.Open(clones[person], options);
                await log.AppendAsync(AuditSection.Draft($"change-{change}", command), keys[person], default);
                await log.AppendAsync(AuditSection.Draft($"change-{change}", command), keys[person], default);
                await log.SealAsync(keys[person], default);
            }

            if (change % 10 != 9)
                continue;
            await repository.Git.RunAsync(["add", "-A"]);
            await repository.Git.RunAsync(["commit", "-q", "-m", $"change {change}"]);
        }

        return (repository, options, keys[0]);
    }
}
