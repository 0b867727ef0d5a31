using Colophon.Provenance.Index;

namespace Colophon.Provenance.Tests.Index;

/// <summary>Whatever happens to the index's file, a query answers what the log says.</summary>
public sealed class IndexDamageTests : IDisposable
{
    private readonly Project _project = Project.Create();

    private string Database => Path.Combine(_project.Root, ".colophon/state/index.db");

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData(1, 16)]
    [InlineData(2, 512)]
    [InlineData(3, 4096)]
    [InlineData(4, 4096)]
    [InlineData(5, 20000)]
    [InlineData(6, 60000)]
    public async Task What_anything_else_wrote_into_the_file_changes_no_answer(int seed, int bytes)
    {
        var good = await FilledAsync();
        var random = new Random(seed);
        for (var i = 0; i < 6; i++)
        {
            await WreckAsync(good, random, bytes);
            Assert.Equal(Asked(null), Asked(Database));
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public async Task What_rots_unseen_is_no_error(int seed)
    {
        var good = await FilledAsync();
        var time = File.GetLastWriteTimeUtc(Database);
        var random = new Random(seed);
        for (var i = 0; i < 10; i++)
        {
            await WreckAsync(good, random, 4096);
            File.SetLastWriteTimeUtc(Database, time);
            Asked(Database);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_destroyed_while_it_is_open_is_made_again_in_memory_where_nothing_can_be_written(bool unwritable)
    {
        var good = await FilledAsync();
        using var fresh = AuditIndex.Open(_project.Root, null);
        var right = Leaves(fresh, new AuditQuery());
        using var index = AuditIndex.Open(_project.Root, Database);
        await using (var file = new FileStream(Database, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await file.WriteAsync(Enumerable.Repeat((byte)0xff, good.Length).ToArray());
        if (unwritable)
        {
            // No name that SQLite could write to.
            File.Delete(Database + "-journal");
            Directory.CreateDirectory(Database + "-journal");
        }

        Assert.Equal(right, Leaves(index, new AuditQuery()));
        Assert.Equal(right, Leaves(index, new AuditQuery()));
    }

    [Fact]
    public async Task An_index_that_nobody_touched_is_kept()
    {
        await FilledAsync();
        var time = File.GetLastWriteTimeUtc(Database);
        await _project.FillAsync(1);
        Asked(Database);
        Assert.NotEqual(time, File.GetLastWriteTimeUtc(Database));
        Settle();
        Asked(Database);
        var settled = File.GetLastWriteTimeUtc(Database);
        Asked(Database);
        Assert.Equal(settled, File.GetLastWriteTimeUtc(Database));
        Assert.True(File.Exists(Database + "-seal"));
    }

    private async Task<byte[]> FilledAsync()
    {
        await _project.FillAsync(150);
        Settle();
        AuditIndex.Open(_project.Root, Database).Dispose();
        return await File.ReadAllBytesAsync(Database);
    }

    private async Task WreckAsync(byte[] good, Random random, int bytes)
    {
        var bad = good.ToArray();
        var at = 100 + random.Next(bad.Length - 100);
        random.NextBytes(bad.AsSpan(at, Math.Min(bytes, bad.Length - at)));
        await File.WriteAllBytesAsync(Database, bad);
    }

    private List<string> Asked(string? file)
    {
        using var index = AuditIndex.Open(_project.Root, file);
        return [.. Leaves(index, new AuditQuery()), .. Leaves(index, new AuditQuery { Text = "login" }), .. Leaves(index, new AuditQuery { File = "src" }), $"{index.Count()}"];
    }

    private static List<string> Leaves(AuditIndex index, AuditQuery query) => [.. index.Query(query with { Limit = int.MaxValue }).Select(static r => $"{r.Path} {r.Leaf} {r.RecordedAt:O} {r.Developer}")];

    // A folder that changed just now is looked at again every time.
    private void Settle()
    {
        foreach (var folder in Directory.GetDirectories(_project.Audit, "*", SearchOption.AllDirectories))
            Directory.SetLastWriteTimeUtc(folder, Directory.GetLastWriteTimeUtc(folder).AddMinutes(-1));
    }
}
