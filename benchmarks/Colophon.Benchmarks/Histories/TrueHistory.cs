using System.Buffers;
using System.Globalization;
using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;

namespace Colophon.Generated;

/// <summary>What a history with known truth holds.</summary>
internal sealed record TrueHistoryPlan
{
    public int Seed { get; init; } = 1;

    public LineStyle Style { get; init; }

    /// <summary>How many steps: a commit, or a branch and its way back.</summary>
    public int Steps { get; init; } = 400;

    public int Files { get; init; } = 20;

    public int LinesPerFile { get; init; } = 120;

    /// <summary>How many of a hundred commits with a model's work leave the entries to a later commit.</summary>
    public int Late { get; init; }
}

/// <summary>
/// A repository's history and log made up from a seed, that knows for every line which entry really wrote it, however it came to stand where it does: edits of people (some
/// recorded) and of models with people's touches between and after, rejected proposals, moves, copies, renames, indentation, formatting, other line ends, merges of two and
/// three, squashes, rebases, cherry-picks, entries committed late, and binaries, links and submodules beside.
/// </summary>
internal sealed class TrueHistory
{
    private readonly TrueHistoryPlan _plan;
    private readonly Random _random;
    private readonly TrueText _text;
    private readonly ArrayBufferWriter<byte> _stream = new();
    private readonly HashSet<string> _lateLeaves = new(StringComparer.Ordinal);
    private readonly TrueEntries _entries;
    private int _mark;
    private int _serial;
    private string _session = "s0";

    public TrueHistory(TrueHistoryPlan plan)
    {
        (_plan, _random, _entries) = (plan, new Random(plan.Seed), new TrueEntries(plan.Seed));
        _text = new TrueText(_random, plan.Style);
    }

    /// <summary>The log, oldest first.</summary>
    public IReadOnlyList<Entry> Entries => _entries.All;

    /// <summary>The decisions that were committed after their code.</summary>
    public IReadOnlySet<string> LateLeaves => _lateLeaves;

    /// <summary>The tree that stands at the end, with the truth about its lines.</summary>
    public TrueTree Tree { get; private set; } = new();

    /// <summary>Makes the repository in an empty directory.</summary>
    public async Task<GitRepository> CreateAsync(string directory)
    {
        var git = new GitRunner(directory);
        await git.RunAsync(["init", "-q", "-b", "main"]);
        Write("feature done\n");
        for (var i = 0; i < _plan.Files; i++)
            Tree = Tree.With($"src/part{i % 7}/file{i}.cs", _text.File(_plan.LinesPerFile, null));
        Commit(Tree, []);
        var at = _mark;
        for (var step = 0; step < _plan.Steps; step++)
        {
            _session = $"s{step / 10}";
            at = _random.Next(100) switch
            {
                < 70 => Straight(at),
                < 95 => Branch(at),
                _ => Octopus(at),
            };
        }

        Tree = Arrive(Tree, all: true);
        Commit(Tree, [at]);
        Write("done\n");
        await git.RunAsync(["fast-import", "--quiet"], _stream.WrittenMemory);
        await git.RunAsync(["reset", "-q", "--hard"]);
        return await GitRepository.DiscoverAsync(directory, default);
    }

    private int Straight(int at)
    {
        var next = Work(Tree, branched: false);
        Commit(next, [at]);
        Tree = next;
        return _mark;
    }

    /// <summary>One to three commits on a side and up to two on the main line; then the side comes back in one of four ways.</summary>
    private int Branch(int at)
    {
        var (origin, fork, session) = (Tree, at, _session);
        _session = $"b{_serial++}";
        var side = new List<(TrueTree Tree, int Mark)> { (origin, fork) };
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var next = Work(side[^1].Tree, branched: true);
            Commit(next, [side[^1].Mark]);
            side.Add((next, _mark));
        }

        _session = session;
        var main = (Tree: origin, Mark: fork);
        for (var i = _random.Next(3); i > 0; i--)
        {
            var next = Work(main.Tree, branched: true);
            Commit(next, [main.Mark]);
            main = (next, _mark);
        }

        var way = _random.Next(4);
        if (way is 0 or 1)
        {
            // Rebase takes all commits over; a cherry-pick one, and then all come by a merge.
            var picked = way == 0 ? side.Count - 1 : 1;
            for (var i = 1; i <= picked; i++)
            {
                var next = TrueTree.Merge(side[i - 1].Tree, main.Tree, side[i].Tree);
                Commit(next, [main.Mark]);
                main = (next, _mark);
            }
        }

        if (way > 0)
        {
            var merged = TrueTree.Merge(origin, main.Tree, side[^1].Tree);
            Commit(merged, way == 3 ? [main.Mark] : [main.Mark, side[^1].Mark]);
            main = (merged, _mark);
        }

        Tree = main.Tree;
        return main.Mark;
    }

    private int Octopus(int at)
    {
        var (origin, merged, marks) = (Tree, Tree, new List<int> { at });
        var session = _session;
        for (var i = 0; i < 2; i++)
        {
            _session = $"b{_serial++}";
            var side = Work(origin, branched: true);
            Commit(side, [at]);
            marks.Add(_mark);
            merged = TrueTree.Merge(origin, merged, side);
        }

        _session = session;
        Commit(merged, marks);
        Tree = merged;
        return _mark;
    }

    private TrueTree Work(TrueTree tree, bool branched)
    {
        tree = Arrive(tree, all: false);
        switch (_random.Next(100))
        {
            case < 30:
                for (var i = _random.Next(1, 4); i > 0; i--)
                    tree = Person(tree, Pick(tree));
                return tree;
            case < 76:
                return Models(tree);
            case < 80:
                return branched ? Models(tree) : Rename(tree, Pick(tree));
            case < 83:
                return Copy(tree, Pick(tree));
            case < 88:
                return Move(tree, Pick(tree), Pick(tree));
            case < 92:
                var path = Pick(tree);
                return tree.With(path, TrueText.Indent(tree.Files[path], _random.Next(tree.Files[path].Lines.Length), 20));
            case < 95:
                return Format(tree, Pick(tree));
            case < 97:
                var turned = Pick(tree);
                return branched ? Models(tree) : tree.With(turned, tree.Files[turned] with { IsCrlf = !tree.Files[turned].IsCrlf });
            case < 98:
                return branched || tree.Files.Count <= _plan.Files ? Models(tree) : tree.Without(Pick(tree));
            default:
                return Others(tree);
        }
    }

    private TrueTree Person(TrueTree tree, string path)
    {
        var file = _text.Edit(tree.Files[path], null, _plan.LinesPerFile);
        if (_random.Next(5) == 0)
            tree = tree with { Log = tree.Log.Add(_entries.Record(EntryKind.HumanEdit, _session, TrueEntries.Change(path, tree.Files[path].Content, file.Content, null, HunkAuthor.Human))) };
        return tree.With(path, file);
    }

    private TrueTree Models(TrueTree tree)
    {
        var late = _random.Next(100) < _plan.Late;
        var paths = Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Pick(tree)).Distinct(StringComparer.Ordinal).ToArray();
        for (var task = _random.Next(1, 4); task > 0; task--)
        {
            if (_random.Next(10) == 0)
                tree = tree with { Log = tree.Log.Union(_entries.Decide(_entries.Leaf(), _session, [TrueEntries.Change(paths[0], tree.Files[paths[0]].Content, _text.Edit(tree.Files[paths[0]], "rejected", _plan.LinesPerFile).Content)], accepted: false)) };
            var leaf = _entries.Leaf();
            var changes = new List<FileChange>();
            foreach (var path in paths)
            {
                var file = _text.Edit(tree.Files[path], leaf, _plan.LinesPerFile);
                changes.Add(TrueEntries.Change(path, tree.Files[path].Content, file.Content));
                tree = tree.With(path, file);
            }

            tree = Keep(tree, leaf, changes, late);
            if (_random.Next(100) < 12)
                tree = tree.With(paths[0], _text.Touch(tree.Files[paths[0]]));
        }

        return tree;
    }

    private TrueTree Rename(TrueTree tree, string path)
    {
        var name = path.Replace(".cs", $"_{_serial++}.cs", StringComparison.Ordinal);
        var file = tree.Files[path];
        if (_random.Next(2) == 0)
            return tree.Without(path).With(name, _random.Next(2) == 0 ? file : _text.Touch(file));
        var leaf = _entries.Leaf();
        var edited = _text.Edit(file, leaf, _plan.LinesPerFile);
        return Keep(tree.Without(path).With(name, edited), leaf, [TrueEntries.Change(name, file.Content, edited.Content, path)], late: false);
    }

    /// <summary>A copy is new text of whoever made it.</summary>
    private TrueTree Copy(TrueTree tree, string path)
    {
        var name = path.Replace(".cs", $"_c{_serial++}.cs", StringComparison.Ordinal);
        if (_random.Next(2) == 0 || tree.Files.Count > 2 * _plan.Files)
            return tree.With(name, _text.Copy(tree.Files[path], null));
        var leaf = _entries.Leaf();
        var copy = _text.Copy(tree.Files[path], leaf);
        return Keep(tree.With(name, copy), leaf, [TrueEntries.Change(name, null, copy.Content)], late: false);
    }

    private TrueTree Move(TrueTree tree, string from, string to)
    {
        var (source, target) = (tree.Files[from], tree.Files[to]);
        if (from == to || source.Lines.Length < 40)
            return Person(tree, from);
        var (at, count) = (_random.Next(source.Lines.Length - 15), _random.Next(6, 15));
        var place = _random.Next(target.Lines.Length);
        var moved = tree.With(from, source with { Lines = source.Lines.RemoveRange(at, count) })
            .With(to, target with { Lines = target.Lines.InsertRange(place, source.Lines.Slice(at, count)) });
        return _random.Next(2) == 0 ? moved : Keep(
            moved, _entries.Leaf(), [TrueEntries.Change(from, source.Content, moved.Files[from].Content), TrueEntries.Change(to, target.Content, moved.Files[to].Content)], late: false);
    }

    private TrueTree Format(TrueTree tree, string path)
    {
        var file = _text.Format(tree.Files[path]);
        return tree.With(path, file) with { Log = tree.Log.Add(_entries.Record(EntryKind.Format, _session, TrueEntries.Change(path, tree.Files[path].Content, file.Content, null, HunkAuthor.Human))) };
    }

    private TrueTree Others(TrueTree tree) => tree with
    {
        Others = tree.Others
            .SetItem("assets/picture.bin", $"M 100644 inline assets/picture.bin\ndata 4\n\0{_random.Next(100, 999)}\n")
            .SetItem("assets/link", $"M 120000 inline assets/link\ndata 3\n{_random.Next(100, 999)}\n")
            .SetItem("vendor/part", $"M 160000 {_entries.Leaf()[..40]} vendor/part\n"),
    };

    private TrueTree Keep(TrueTree tree, string leaf, IReadOnlyList<FileChange> changes, bool late)
    {
        var files = _entries.Decide(leaf, _session, changes, accepted: true);
        if (late)
            _lateLeaves.Add(leaf);
        return late ? tree with { Late = tree.Late.Union(files) } : tree with { Log = tree.Log.Union(files) };
    }

    /// <summary>Entries that were left behind come with this commit, or a later one.</summary>
    private TrueTree Arrive(TrueTree tree, bool all) =>
        tree.Late.Count == 0 || (!all && _random.Next(3) == 0) ? tree : tree with { Log = tree.Log.Union(tree.Late), Late = tree.Late.Clear() };

    private string Pick(TrueTree tree) => tree.Files.Keys.ElementAt(_random.Next(tree.Files.Count));

    private void Commit(TrueTree tree, List<int> parents)
    {
        _mark++;
        Write(string.Create(CultureInfo.InvariantCulture, $"commit refs/heads/main\nmark :{_mark}\ncommitter Ada <ada@example.org> {1_600_000_000 + (_mark * 600)} +0000\ndata 2\nc\n\n"));
        for (var i = 0; i < parents.Count; i++)
            Write(string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "from" : "merge")} :{parents[i]}\n"));
        if (parents.Count > 0)
            Write("deleteall\n");
        foreach (var (path, file) in tree.Files)
            Write(string.Create(CultureInfo.InvariantCulture, $"M 644 inline {path}\ndata {Encoding.UTF8.GetByteCount(file.Content)}\n{file.Content}\n"));
        foreach (var entry in tree.Log)
            Write(string.Create(CultureInfo.InvariantCulture, $"M 644 inline {entry}\ndata {entry.Length}\n{entry}\n"));
        foreach (var (_, other) in tree.Others)
            Write(other);
        Write("\n");
    }

    private void Write(string text) => _stream.Write(Encoding.UTF8.GetBytes(text));
}
