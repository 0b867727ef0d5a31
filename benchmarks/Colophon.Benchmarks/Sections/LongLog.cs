using System.Globalization;
using System.IO.Compression;
using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Benchmarks.Sections;

/// <summary>A log of any length in packed form. Only the first two entries are signed: what is measured reads entries and never verifies them.</summary>
internal static class LongLog
{
    internal const int Streams = 1000;

    private const string Mark = "0123456789abcdef0123456789abcdef";

    /// <summary>Writes so many entries, a generation and its decision in turn, below a repository's root.</summary>
    internal static async Task WriteAsync(string root, int entries, int from = 0)
    {
        var (generation, decision) = await TemplatesAsync(Path.Combine(root, "template"));
        for (var first = from; first < entries; first += Streams)
            Write(root, first, Math.Min(Streams, entries - first), generation, decision);
    }

    /// <summary>The 20 oldest entries of every log are Rare's, and speak of what nobody else does.</summary>
    internal static string Rare(int number, string common) => number < 20 ? "rare" : common;

    private static void Write(string root, int first, int count, string generation, string decision)
    {
        var folder = Path.Combine(root, ".openspec/audit/v1/seg", $"change-{first / Streams}", Mark);
        Directory.CreateDirectory(folder);
        using var leaves = File.Create(Path.Combine(folder, $"00000002-{count + 1:D8}.leaves"));
        using var packed = new GZipStream(File.Create(Path.Combine(folder, $"00000002-{count + 1:D8}.jsonl.gz")), CompressionLevel.Fastest);
        var target = new string('0', 64);
        for (var i = 0; i < count; i++)
        {
            var number = first + i;
            var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number * 30);
            var text = (i % 2 == 0 ? generation : decision).Replace(new string('7', 64), target, StringComparison.Ordinal)
                .Replace("2020-02-02T02:02:02.020Z", at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("\"seq\":2,", $"\"seq\":{i + 2},", StringComparison.Ordinal).Replace(Mark, $"{number:x32}", StringComparison.Ordinal).Replace("$change", $"change-{first / Streams}", StringComparison.Ordinal)
                .Replace("$who", Rare(number, $"Person {number % 40}"), StringComparison.Ordinal).Replace("$provider", Rare(number, $"provider-{number % 5}"), StringComparison.Ordinal)
                .Replace("$model", Rare(number, $"model-{number % 30}"), StringComparison.Ordinal).Replace("$task", Rare(number, $"{(number % 12) + 1}.{(number % 7) + 1}"), StringComparison.Ordinal)
                .Replace("$need", Rare(number, $"area-{number % 50}/need-{number % 900}"), StringComparison.Ordinal).Replace("$words", $"{Rare(number, "Check")} the password of account {number % 5000}", StringComparison.Ordinal)
                .Replace("$path", $"{Rare(number, $"src/module-{number % 100}")}/file-{number % 4000}", StringComparison.Ordinal);
            var bytes = Encoding.UTF8.GetBytes(text);
            var entry = EntryFile.TryParse(bytes, "", out var parsed, out var fault) ? parsed : throw new InvalidOperationException(fault);
            leaves.Write(Convert.FromHexString(entry.Leaf));
            packed.Write(bytes);
            target = i % 2 == 0 ? entry.Leaf : target;
        }
    }

    private static async Task<(string Generation, string Decision)> TemplatesAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await new GitRunner(folder).RunAsync(["init", "-q"]);
        var repository = await GitRepository.DiscoverAsync(folder, default);
        using var key = SigningKey.Generate();
        var options = new AuditOptions { ConfigurationDirectory = Path.Combine(folder, "config"), Time = new Then() };
        TrustStore.Init(repository, key, new TrustInit { Name = "bench", ConfigurationDirectory = options.ConfigurationDirectory }, options.Time);
        var log = AuditLog.Open(repository, options);
        var draft = new EntryDraft
        {
            Kind = EntryKind.Generation,
            Id = Mark,
            Change = "one",
            Actor = new Actor { Name = "$who", Branch = "main" },
            Spec = new SpecReference { Task = "$task", Description = "$words", Requirements = [new RequirementReference("$need", new string('a', 64))] },
            Model = new ModelUse { Provider = "$provider", Requested = "$model", TokensIn = 12_000, TokensOut = 500 },
            Files = [.. Enumerable.Range(0, 3).Select(static f => AuditSection.Changed(f, 1) with { Path = $"$path-{f}.py" })],
        };
        var choice = draft with { Change = "two", Kind = EntryKind.Decision, Model = null, Files = [draft.Files[0]], Decision = new Decision { Target = new string('7', 64), Accepted = false, Reason = "$words" } };
        // The second of each stream: its place and what is before it are members that every later one has.
        foreach (var one in (EntryDraft[])[draft, choice])
            await log.AppendAsync(one with { Id = EntryDraft.NewId() }, key, default);
        var (generation, decision) = (await log.AppendAsync(draft, key, default), await log.AppendAsync(choice, key, default));
        var stream = generation.Predicate.Stream;
        string Text(Entry entry) => File.ReadAllText(entry.FilePath).Replace($"\"change\":\"{entry.Predicate.Change}\"", "\"change\":\"$change\"", StringComparison.Ordinal).Replace(entry.Predicate.Stream, stream, StringComparison.Ordinal);
        var templates = (Text(generation), Text(decision));
        Directory.Delete(folder, recursive: true);
        return templates;
    }

    private sealed class Then : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 2, 2, 2, 2, 2, 20, TimeSpan.Zero);
    }
}
