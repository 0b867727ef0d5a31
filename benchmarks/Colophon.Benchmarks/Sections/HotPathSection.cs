using System.Buffers;
using System.Text;
using Colophon.Kernel.Json;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Benchmarks.Sections;

/// <summary>Goal: what runs once for each line or each byte of an entry allocates nothing. Fails where it does.</summary>
internal static class HotPathSection
{
    private const int Rounds = 20_000;

    internal static Task RunAsync(Layout layout)
    {
        var line = Encoding.UTF8.GetBytes("        return await Compute(first, second, cancellationToken).ConfigureAwait(false);");
        var text = Encoding.UTF8.GetString(line);
        var payload = Encoding.UTF8.GetBytes($$"""{"a":[{{string.Join(',', Enumerable.Range(0, 40).Select(static i => $$"""{"path":"src/file{{i}}.cs","sha256":"{{new string('a', 64)}}","size":{{i}}}"""))}}],"b":"\u0001é"}""");
        using var document = System.Text.Json.JsonDocument.Parse(payload);
        var canonical = new ArrayBufferWriter<byte>(payload.Length * 2);
        ulong[] before = [.. Enumerable.Range(0, 2000).Select(static i => LineHash.Of($"line {i % 1500}"))];
        ulong[] after = [.. before.Where(static (_, i) => i % 97 != 0)];
        Check("a line's key from bytes", 0, () => LineKey.Of(line));
        Check("a line's key from text", 0, () => LineKey.Of(text));
        Check($"strict JSON of {payload.Length} bytes checked", 0, () => StrictJson.Check(payload, StrictJsonOptions.ForSigning).IsCanonical ? 1UL : 0);
        Check($"canonical JSON of {payload.Length} bytes written", null, () =>
        {
            canonical.ResetWrittenCount();
            CanonicalJson.Write(document.RootElement, canonical);
            return (ulong)canonical.WrittenCount;
        });
        Check("a diff of 2,000 lines", null, () => (ulong)LineDiff.Compute(before, after).Count, Rounds / 50);
        return Task.CompletedTask;
    }

    private static void Check(string what, long? most, Func<ulong> run, int rounds = Rounds)
    {
        var sum = 0UL;
        for (var i = 0; i < rounds / 10; i++)
            sum += run();
        var (bytes, cpu) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < rounds; i++)
            sum += run();
        var each = (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)rounds;
        Console.WriteLine($"{what,-42} {(Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds / rounds,10:N0} CPU-ns  {each,9:N0} bytes{(most is { } goal ? $"   (goal {goal})" : "")}");
        if (each > (most ?? long.MaxValue) + 0.5 || sum == 0)
            throw new InvalidOperationException($"{what} allocates {each:F1} bytes");
    }
}
