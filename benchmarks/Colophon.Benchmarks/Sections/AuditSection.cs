using System.Diagnostics;
using System.Text;
using Colophon.Benchmarks.Processes;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goals: a signed durable append in at most 2 ms beside its two flushes; 10,000 entries verified in at most 2 s on one core.</summary>
internal static class AuditSection
{
    private const int Appends = 200;
    private const int Streams = 50;
    private const int EntriesPerStream = 200;

    internal static async Task RunAsync(Layout layout)
    {
        using var key = SigningKey.Generate();
        await AppendsAsync(layout.Fresh("audit"), "on disk", key);
        // The log to verify is made in memory where there is such a file system: making it is not what is measured.
        var folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/colophon-bench-{Environment.ProcessId}").FullName : layout.Fresh("audit-verify");
        try
        {
            await AppendsAsync(Path.Combine(folder, "append"), "in memory", key);
            await VerifyAsync(Path.Combine(folder, "verify"), key);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AppendsAsync(string folder, string where, SigningKey key)
    {
        var (repository, options) = await FoundAsync(folder, key);
        var log = AuditLog.Open(repository, options);
        var (appends, flushes, spent) = (new List<double>(), new List<double>(), TimeSpan.Zero);
        for (var i = -100; i < Appends; i++)
        {
            var draft = Draft("bench", i + 100);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var started = Stopwatch.GetTimestamp();
            var entry = await log.AppendAsync(draft, key, default);
            var append = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            spent += i < 0 ? TimeSpan.Zero : Process.GetCurrentProcess().TotalProcessorTime - cpu;
            var bytes = File.ReadAllBytes(entry.FilePath);
            started = Stopwatch.GetTimestamp();
            AtomicFile.Write(Path.Combine(folder, "flush", "one"), bytes);
            AtomicFile.TryCreate(Path.Combine(folder, "flush", $"{i}"), bytes);
            var flush = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (i < 0)
                continue;
            appends.Add(append);
            flushes.Add(flush);
        }

        Console.WriteLine($"append {where}: {appends.Median():F2} ms, of which two durable files {flushes.Median():F2} ms: {appends.Median() - flushes.Median():F2} ms of our own, {spent.TotalMilliseconds / Appends:F2} CPU-ms in all   (goal 2 ms)");
        var seal = Stopwatch.GetTimestamp();
        await log.SealAsync(key, default);
        Console.WriteLine($"seal {Stopwatch.GetElapsedTime(seal).TotalMilliseconds:F2} ms");
    }

    private static async Task VerifyAsync(string folder, SigningKey key)
    {
        var (repository, options) = await FoundAsync(folder, key);
        var bytes = 0L;
        for (var stream = 0; stream < Streams; stream++)
        {
            var log = AuditLog.Open(repository, options);
            for (var i = 0; i < EntriesPerStream; i++)
                bytes += (await log.AppendAsync(Draft($"change-{stream}", i), key, default)).Payload.Length;
            await log.SealAsync(key, default);
        }

        Console.WriteLine($"signatures alone: {Signatures(key, (int)(bytes / (Streams * EntriesPerStream))):F2} s for {Streams * EntriesPerStream} of {bytes / (Streams * EntriesPerStream)} bytes");
        foreach (var parallelism in new[] { 1, 1, 1, Environment.ProcessorCount })
        {
            var (started, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            var report = await Verifier.VerifyAsync(repository, new VerifyOptions { ConfigurationDirectory = options.ConfigurationDirectory, Parallelism = parallelism }, default);
            Console.WriteLine($"verify on {parallelism} core(s): {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:F2} CPU-s   (goal 2 s on one)   {report.Summary}");
        }
    }

    private static double Signatures(SigningKey key, int length)
    {
        var message = new byte[length];
        var signature = key.Sign(message);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Streams * EntriesPerStream; i++)
            key.Public.Verify(message, signature);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task<(GitRepository, AuditOptions)> FoundAsync(string folder, SigningKey key)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "repo")).FullName;
        await new GitRunner(root).RunAsync(["init", "-q"]);
        var repository = await GitRepository.DiscoverAsync(root, default);
        var options = new AuditOptions { ConfigurationDirectory = Path.Combine(folder, "config") };
        TrustStore.Init(repository, key, new TrustInit { Name = "bench", ConfigurationDirectory = options.ConfigurationDirectory }, TimeProvider.System);
        return (repository, options);
    }

    private static EntryDraft Draft(string change, int number) => new()
    {
        Kind = EntryKind.Generation,
        Id = EntryDraft.NewId(),
        Change = change,
        Actor = new Actor { Name = "Ada", Branch = "main", Session = $"s{number}" },
        Spec = new SpecReference { Task = "1.1", Description = "Check the password", Requirements = [new RequirementReference("auth/login", new string('a', 64))] },
        Model = new ModelUse { Provider = "anthropic", Requested = "large", TokensIn = 12_000, TokensOut = number + 20 },
        Files = [.. Enumerable.Range(0, 3).Select(f => Changed(f, number))],
    };

    private static FileChange Changed(int file, int number)
    {
        var (before, after) = ($"old {number}\n", string.Concat(Enumerable.Range(0, 10).Select(i => $"line {i} of {number}\n")));
        return new FileChange
        {
            Path = $"src/module{file}/file{number}.py",
            Action = FileAction.Modify,
            Before = FileDigest.Of(Encoding.UTF8.GetBytes(before)),
            After = FileDigest.Of(Encoding.UTF8.GetBytes(after)),
            Hunks = [new HunkRecord { OldStart = 1, OldLines = 1, NewStart = 1, NewLines = 10, Lines = LineHash.Pack([.. Enumerable.Range(0, 10).Select(i => LineHash.Of($"line {i} of {number}"))]) }],
        };
    }
}
