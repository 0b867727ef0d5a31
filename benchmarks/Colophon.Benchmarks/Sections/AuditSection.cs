using System.Diagnostics;
using System.Text;
using Colophon.Benchmarks.Processes;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;
using Colophon.Provenance.Verify;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goals: a signed durable append in at most 2 ms beside its flush, 1,000 a second from 8 processes; 10,000 entries verified in a second on two cores; no slower as the log grows.</summary>
internal static class AuditSection
{
    private const int Appends = 200;
    private const int Streams = 50;
    private const int EntriesPerStream = 200;
    private const int Writers = 8;
    private const int AppendsAWriter = 1500;

    internal static async Task RunAsync(Layout layout)
    {
        using var key = SigningKey.Generate();
        await AppendsAsync(layout.Fresh("audit"), "on disk", key);
        await WritersAsync(layout.Fresh("audit-writers"));
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
            using (var file = new FileStream(Path.Combine(folder, "flush"), new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, BufferSize = 0 }))
            {
                file.Write(bytes);
                file.Flush(flushToDisk: true);
            }

            var flush = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (i < 0)
                continue;
            appends.Add(append);
            flushes.Add(flush);
        }

        Console.WriteLine($"append {where}: {appends.Median():F2} ms, of which the flush {flushes.Median():F2} ms: {appends.Median() - flushes.Median():F2} ms of our own, {spent.TotalMilliseconds / Appends:F2} CPU-ms in all   (goal 2 ms)");
        var seal = Stopwatch.GetTimestamp();
        await log.SealAsync(key, default);
        Console.WriteLine($"seal {Stopwatch.GetElapsedTime(seal).TotalMilliseconds:F2} ms");
    }

    /// <summary>Several processes append to one log on disk, each entry flushed before it is reported.</summary>
    private static async Task WritersAsync(string folder)
    {
        using var key = SigningKey.Create(Path.Combine(folder, "key.json"), new SigningKeyOptions());
        var (repository, options) = await FoundAsync(folder, key);
        var log = AuditLog.Open(repository, options);
        await log.AppendAsync(Draft("bench", 0), key, default);
        var gate = Path.Combine(folder, "go");
        Process[] writers = [.. Enumerable.Range(0, Writers).Select(i => Process.Start(new ProcessStartInfo(Environment.ProcessPath ?? "", ["--append", folder, $"{i}", $"{AppendsAWriter}"]))).OfType<Process>()];
        while (Directory.GetFiles(folder, "ready-*").Length < Writers)
            await Task.Delay(5);
        var started = Stopwatch.GetTimestamp();
        File.WriteAllText(gate, "");
        foreach (var writer in writers)
            await writer.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var kept = log.Entries("bench").Count() - 1;
        Console.WriteLine($"append from {Writers} processes, flushed: {kept / seconds:F0} entries/s, {(Writers * AppendsAWriter) - kept} of {Writers * AppendsAWriter} lost   (goal 1,000/s, none lost)");
    }

    /// <summary>One of the processes of <see cref="WritersAsync"/>.</summary>
    internal static async Task AppendAsync(string folder, string number, int count)
    {
        using var key = SigningKey.Load(Path.Combine(folder, "key.json"));
        var repository = await GitRepository.DiscoverAsync(Path.Combine(folder, "repo"), default);
        var log = AuditLog.Open(repository, new AuditOptions { ConfigurationDirectory = Path.Combine(folder, "config"), Patience = TimeSpan.FromMinutes(5) });
        // What happens once a process is no append.
        await log.AppendAsync(Draft($"warm-{number}", 0), key, default);
        File.WriteAllText(Path.Combine(folder, $"ready-{number}"), "");
        while (!File.Exists(Path.Combine(folder, "go")))
            await Task.Delay(1);
        for (var i = 0; i < count; i++)
            await log.AppendAsync(Draft("bench", i), key, default);
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
            Console.WriteLine($"verify on {parallelism} core(s): {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s, {(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:F2} CPU-s   (goal 1 s on two)   {report.Summary}");
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

    internal static async Task<(GitRepository, AuditOptions)> FoundAsync(string folder, SigningKey key)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "repo")).FullName;
        await new GitRunner(root).RunAsync(["init", "-q"]);
        var repository = await GitRepository.DiscoverAsync(root, default);
        var options = new AuditOptions { ConfigurationDirectory = Path.Combine(folder, "config") };
        TrustStore.Init(repository, key, new TrustInit { Name = "bench", ConfigurationDirectory = options.ConfigurationDirectory }, TimeProvider.System);
        return (repository, options);
    }

    internal static EntryDraft Draft(string change, int number) => new()
    {
        Kind = EntryKind.Generation,
        Id = EntryDraft.NewId(),
        Change = change,
        Actor = new Actor { Name = "Ada", Branch = "main", Session = $"s{number}" },
        Spec = new SpecReference { Task = "1.1", Description = "Check the password", Requirements = [new RequirementReference("auth/login", new string('a', 64))] },
        Model = new ModelUse { Provider = "anthropic", Requested = "large", TokensIn = 12_000, TokensOut = number + 20 },
        Files = [.. Enumerable.Range(0, 3).Select(f => Changed(f, number))],
    };

    internal static FileChange Changed(int file, int number)
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
