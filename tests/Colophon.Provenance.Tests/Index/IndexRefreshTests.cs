using Colophon.Provenance.Index;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Index;

/// <summary>An index that was kept says what one that is made now says.</summary>
public sealed class IndexRefreshTests : IDisposable
{
    private readonly Project _project = Project.Create();
    private readonly Dictionary<string, byte[]> _elsewhere = [];
    private int _old;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Kept => Path.Combine(_project.Root, ".colophon/state/index.db");

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Whatever_happened_to_the_log_a_refreshed_index_is_a_rebuilt_one(int seed)
    {
        var random = new Random(seed);
        for (var step = 0; step < 40; step++)
        {
            await StepAsync(random);
            if (random.Next(2) == 0)
                Settle();
            if (random.Next(3) > 0)
                continue;
            AuditIndex.Open(_project.Root, Kept).Dispose();
            var rebuilt = Path.Combine(_project.Root, ".colophon/state", $"{step}.db");
            AuditIndex.Open(_project.Root, rebuilt).Dispose();
            Assert.Equal(IndexDump.Of(rebuilt), IndexDump.Of(Kept));
        }
    }

    [Fact]
    public async Task A_stream_whose_folder_did_not_change_is_not_read_again()
    {
        var entries = await _project.FillAsync(3);
        Settle();
        AuditIndex.Open(_project.Root, Kept).Dispose();
        var folder = Path.GetDirectoryName(entries[0].FilePath) ?? "";
        var time = Directory.GetLastWriteTimeUtc(folder);
        File.Delete(entries[0].FilePath);
        Directory.SetLastWriteTimeUtc(folder, time);
        using (var index = AuditIndex.Open(_project.Root, Kept))
            Assert.Equal(3, index.Count());
        Directory.SetLastWriteTimeUtc(folder, time.AddSeconds(1));
        using (var index = AuditIndex.Open(_project.Root, Kept))
            Assert.Equal(2, index.Count());
    }

    [Fact]
    public async Task Pages_put_together_are_the_whole_list()
    {
        var random = new Random(9);
        for (var i = 0; i < 30; i++)
            await AppendAsync(random);
        using var index = AuditIndex.Open(_project.Root, null);
        foreach (var query in (AuditQuery[])[new(), new() { Model = "e" }, new() { File = "src" }, new() { Text = "password" }, new() { Developer = "ada", Kinds = [EntryKind.Generation] }])
        {
            var whole = index.Query(query).Select(static r => r.Leaf).ToArray();
            var pages = new List<string>();
            for (string? after = null; ;)
            {
                var page = index.Query(query with { Limit = 4, After = after });
                pages.AddRange(page.Select(static r => r.Leaf));
                if (page.Count < 4)
                    break;
                after = page[^1].Leaf;
            }

            Assert.Equal(whole, pages);
        }
    }

    private async Task StepAsync(Random random)
    {
        string[] Files() => Directory.Exists(Path.Combine(_project.Audit, "s")) ? [.. Directory.GetFiles(Path.Combine(_project.Audit, "s"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];
        switch (random.Next(10))
        {
            case < 5:
                await AppendAsync(random);
                break;
            case 5 when Files() is { Length: > 0 } files:
                Leave(files[random.Next(files.Length)]);
                break;
            case 6 when Files() is { Length: > 0 } files:
                var folder = Path.GetDirectoryName(files[random.Next(files.Length)]) ?? "";
                foreach (var file in Directory.GetFiles(folder))
                    Leave(file);
                Directory.Delete(folder);
                break;
            case 7:
                foreach (var (path, bytes) in _elsewhere.Where(_ => random.Next(3) > 0).ToArray())
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
                    await File.WriteAllBytesAsync(path, bytes, Cancel);
                    _elsewhere.Remove(path);
                }

                break;
            case 8 when Files() is { Length: > 0 } files:
                // The same entry in two places, and a name that is not its content's.
                var copy = Path.Combine(_project.Audit, "s/copies/strange");
                Directory.CreateDirectory(copy);
                var strange = Path.Combine(copy, $"{random.Next(1, 5):D8}-00000000000{random.Next(9)}.json");
                if (!File.Exists(strange) && !_elsewhere.ContainsKey(strange))
                    File.Copy(files[random.Next(files.Length)], strange);
                break;
            case 9:
                await _project.Log().SealAsync(_project.Key, Cancel);
                var retention = new AuditRetention(_project.Log(), _project.Repository, _project.Options);
                await retention.CompressAsync(new RetentionRequest { Before = _project.Clock.GetUtcNow(), Actor = new Actor { Name = "Ada" } }, _project.Key, Cancel);
                break;
        }
    }

    private async Task AppendAsync(Random random)
    {
        _project.Clock.Now += TimeSpan.FromMilliseconds(random.Next(2));
        var change = $"change-{random.Next(3)}";
        var log = _project.Log();
        var generation = log.Entries().Where(static e => e.Predicate.Kind == EntryKind.Generation).OrderBy(_ => random.Next()).FirstOrDefault();
        var draft = generation is not null && random.Next(2) == 0
            ? Project.Draft(change, EntryKind.Decision) with
            {
                Spec = random.Next(2) == 0 ? null : new SpecReference { Task = "2.1" },
                Files = random.Next(2) == 0 ? [] : [Project.Change("lib/deep/other.py", "a\n", "a\nb\n")],
                Decision = new Decision { Target = generation.Leaf, Accepted = random.Next(3) > 0, Reason = "as it is" },
            }
            : Project.Draft(change) with
            {
                Actor = new Actor { Name = random.Next(2) == 0 ? "Ada" : "Grace" },
                Model = new ModelUse { Provider = "replay", Requested = $"model-{random.Next(3)}" },
                Spec = new SpecReference { Task = $"1.{random.Next(3)}", Description = "Check the password", Requirements = [new RequirementReference($"auth/r{random.Next(3)}", new string('a', 64))] },
                Files = [Project.Change($"src/{random.Next(3)}/login.py", "a\n", "a\nb\n")],
            };
        await log.AppendAsync(draft, _project.Key, Cancel);
    }

    private void Leave(string file)
    {
        _elsewhere[file] = File.ReadAllBytes(file);
        File.Delete(file);
    }

    // As if what changed just now had changed long ago, each folder at a time of its own.
    private void Settle()
    {
        foreach (var folder in Directory.GetDirectories(_project.Audit, "*", SearchOption.AllDirectories).Where(static d => Directory.GetLastWriteTimeUtc(d) > DateTime.UtcNow.AddHours(-1)))
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddDays(-1).AddSeconds(++_old));
    }
}
