using Colophon.Provenance.Log;

namespace Colophon.Provenance.Tests.Log;

public sealed class SpoolTests
{
    [Fact]
    public void An_entry_that_could_not_be_flushed_is_finished_by_nobody()
    {
        using var folder = new TemporaryFolder();
        var (path, isFull) = (Path.Combine(folder.Path, "spool"), false);
        var spool = new Spool(path, folder.Path, _ =>
        {
            if (isFull)
                throw new IOException("No space is left.");
        });
        spool.Look();
        Put(spool, "first");
        isFull = true;
        Assert.Throws<IOException>(() => Put(spool, "second"));
        Assert.Equal(["first"], Next());
        isFull = false;
        Put(spool, "third");
        Assert.Equal(["first", "third"], Next());

        void Put(Spool to, string name) => to.Put(Path.Combine(folder.Path, name), "content"u8.ToArray(), new SpooledFacts(new string('a', 64), new string('b', 32), new string('c', 64)));

        IEnumerable<string> Next()
        {
            var next = new Spool(path, folder.Path);
            next.Look();
            return next.Entries.Select(static e => Path.GetFileName(e.Target));
        }
    }
}
