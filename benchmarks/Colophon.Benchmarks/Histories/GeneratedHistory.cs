using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Generated;

/// <summary>What a generated history holds.</summary>
internal sealed record HistoryPlan
{
    public int Seed { get; init; } = 1;

    public int Commits { get; init; } = 9000;

    public int Files { get; init; } = 1000;

    public int Lines { get; init; } = 160_000;
}

/// <summary>A line and who truly wrote it: the leaf of a decision, or null for a person.</summary>
internal readonly record struct TrueLine(string Text, string? Owner);

/// <summary>
/// A repository's history and log made up from a seed, with the truth about every line. People edit, models write (one to three tasks a commit, now and then with a
/// person's edit between or after), files are renamed, blocks move, code is re-indented, side branches merge, and some entries arrive a commit late.
/// Written as one <c>git fast-import</c> stream.
/// </summary>
internal sealed class GeneratedHistory(HistoryPlan plan)
{
    private static readonly string[] Words =
        ["open", "close", "read", "line", "count", "total", "index", "guest", "order", "price", "table", "node", "parse", "write", "token", "next", "list", "sum", "merge", "state"];

    private static readonly string[] Common = ["}", "{", "", "    return result;", "    }", "        break;"];

    private readonly Random _random = new(plan.Seed);
    private readonly Dictionary<string, List<TrueLine>> _files = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly ArrayBufferWriter<byte> _stream = new();
    private readonly List<string> _late = [];
    private long _seq;
    private int _serial;
    private int _mark;

    /// <summary>The log, oldest first.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>Every file with the truth about its lines.</summary>
    public IReadOnlyDictionary<string, List<TrueLine>> Files => _files;

    /// <summary>Makes the repository in an empty directory.</summary>
    public async Task<GitRepository> CreateAsync(string directory)
    {
        var git = new GitRunner(directory);
        await git.RunAsync(["init", "-q", "-b", "main"]);
        Write("feature done\n");
        Commit(null, null, Seed());
        while (_mark < plan.Commits)
        {
            if (_mark % 25 == 24)
                Branch();
            else
                Commit(_mark, null, Step());
        }

        Write("done\n");
        await git.RunAsync(["fast-import", "--quiet"], _stream.WrittenMemory);
        await git.RunAsync(["repack", "-a", "-d", "-q"]);
        await git.RunAsync(["reset", "-q", "--hard"]);
        return await GitRepository.DiscoverAsync(directory, default);
    }

    private Dictionary<string, string?> Seed()
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < plan.Files; i++)
        {
            var name = $"src/part{i % 37}/file{i}.cs";
            _names.Add(name);
            _files[name] = [.. Enumerable.Range(0, Math.Max(4, plan.Lines / plan.Files / 3)).Select(_ => new TrueLine(Line(), null))];
            Put(changes, name);
        }

        return changes;
    }

    /// <summary>Two commits on two sides that touch different files, and their merge.</summary>
    private void Branch()
    {
        var fork = _mark;
        var side = Step();
        Commit(fork, null, side);
        var sideMark = _mark;
        var main = Step(side.Keys.ToHashSet(StringComparer.Ordinal));
        Commit(fork, null, main);
        foreach (var (path, text) in side)
            main[path] = text;
        Commit(_mark, sideMark, main);
    }

    private Dictionary<string, string?> Step(HashSet<string>? not = null)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        var chance = _random.Next(100);
        foreach (var late in _late)
            changes[late] = late + "\n";
        _late.Clear();
        var paths = _names.Where(n => not is null || !not.Contains(n)).ToList();
        string Pick() => paths[_random.Next(paths.Count)];
        if (chance < 45)
        {
            for (var i = _random.Next(1, 4); i > 0; i--)
                Person(changes, Pick());
        }
        else if (chance < 85)
        {
            for (var i = _random.Next(1, 4); i > 0; i--)
                Model(changes, Pick(), chance >= 82);
        }
        else if (chance < 90)
        {
            Rename(changes, Pick());
        }
        else if (chance < 95)
        {
            Move(changes, Pick(), Pick());
        }
        else
        {
            Indent(changes, Pick());
        }

        return changes;
    }

    private void Person(Dictionary<string, string?> changes, string path)
    {
        Edit(path, null, _random.Next(1, 3));
        Put(changes, path);
    }

    private void Model(Dictionary<string, string?> changes, string path, bool late)
    {
        for (var task = _random.Next(1, 3); task > 0; task--)
        {
            var before = Content(path);
            var leaf = Leaf();
            Edit(path, leaf, _random.Next(1, 4));
            changes[Append(leaf, path, before, Content(path), late)] = late ? null : leaf + "\n";
            if (!late && _random.Next(5) == 0)
                Edit(path, null, 1);
        }

        Put(changes, path);
        foreach (var name in changes.Where(static c => c.Value is null && c.Key.StartsWith(".openspec", StringComparison.Ordinal)).Select(static c => c.Key).ToArray())
        {
            _late.Add(name);
            changes.Remove(name);
        }
    }

    private void Rename(Dictionary<string, string?> changes, string path)
    {
        var name = path.Replace(".cs", $"_{_serial++}.cs", StringComparison.Ordinal);
        _names[_names.IndexOf(path)] = name;
        _files[name] = _files[path];
        _files.Remove(path);
        changes[path] = null;
        Put(changes, name);
    }

    private void Move(Dictionary<string, string?> changes, string from, string to)
    {
        var (source, target) = (_files[from], _files[to]);
        if (from == to || source.Count < 30)
            return;
        var (at, count) = (_random.Next(source.Count - 12), _random.Next(5, 12));
        target.InsertRange(_random.Next(target.Count), source.GetRange(at, count));
        source.RemoveRange(at, count);
        Put(changes, from);
        Put(changes, to);
    }

    private void Indent(Dictionary<string, string?> changes, string path)
    {
        var lines = _files[path];
        var (at, count) = (_random.Next(lines.Count), Math.Min(20, lines.Count));
        for (var i = at; i < Math.Min(lines.Count, at + count); i++)
            lines[i] = lines[i] with { Text = lines[i].Text.Length == 0 ? "" : "  " + lines[i].Text.TrimStart() };
        Put(changes, path);
    }

    private void Edit(string path, string? owner, int places)
    {
        var lines = _files[path];
        var grow = _files.Count * (plan.Lines / plan.Files) > lines.Count * _files.Count;
        for (; places > 0; places--)
        {
            var at = _random.Next(lines.Count + 1);
            var remove = Math.Min(lines.Count - at, _random.Next(grow ? 3 : 14));
            lines.RemoveRange(at, remove);
            lines.InsertRange(at, Enumerable.Range(0, _random.Next(1, 12)).Select(_ => new TrueLine(Line(), owner)));
        }
    }

    private string Line() => _random.Next(4) == 0
        ? Common[_random.Next(Common.Length)]
        : $"    var {Words[_random.Next(Words.Length)]}{_random.Next(500)} = {Words[_random.Next(Words.Length)]}.{Words[_random.Next(Words.Length)]}({_random.Next(1000)});";

    private string Leaf() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{plan.Seed} {_serial++}")));

    private string Append(string leaf, string path, string before, string after, bool late)
    {
        var change = Change(path, before, after);
        var generation = Leaf();
        var task = $"{1 + (_seq / 2 % 9)}.{1 + (_seq / 2 % 4)}";
        Add(generation, new Predicate
        {
            Kind = EntryKind.Generation,
            Spec = new SpecReference { Task = task, Description = "Do the work", Requirements = [new RequirementReference($"part{_seq / 2 % 12}/rule", "00")] },
            Model = new ModelUse { Provider = "replay", Requested = _seq % 3 == 0 ? "opus" : "sonnet" },
            Files = [change],
            Id = generation[..32], Change = "grow", Repo = "r", Stream = "s", Seq = ++_seq, RecordedAt = At(), Actor = new Actor { Name = "Ada" },
        });
        Add(leaf, new Predicate
        {
            Kind = EntryKind.Decision,
            Decision = new Decision { Target = generation, Accepted = true },
            Files = [change],
            Metadata = late ? new Dictionary<string, string> { ["late"] = "true" } : [],
            Id = leaf[..32], Change = "grow", Repo = "r", Stream = "s", Seq = ++_seq, RecordedAt = At(), Actor = new Actor { Name = "Ada" },
        });
        return $".openspec/audit/v1/s/grow/s/{_seq:D8}-{leaf[..12]}.json";
    }

    private DateTimeOffset At() => DateTimeOffset.UnixEpoch.AddMinutes(_seq);

    private void Add(string leaf, Predicate predicate) =>
        Entries.Add(new Entry { Leaf = leaf, Payload = default, Signatures = [], FilePath = $"/{leaf}", Predicate = predicate });

    private static FileChange Change(string path, string before, string after)
    {
        var (old, fresh) = (LineText.Split(before), LineText.Split(after));
        return new FileChange
        {
            Path = path,
            Action = FileAction.Modify,
            Before = FileDigest.Of(Encoding.UTF8.GetBytes(before)),
            After = FileDigest.Of(Encoding.UTF8.GetBytes(after)),
            Hunks =
            [
                .. LineDiff.Compute(old.RawLines, fresh.RawLines).Select(h => new HunkRecord
                {
                    OldStart = h.OldStart + (h.OldLines > 0 ? 1 : 0),
                    OldLines = h.OldLines,
                    NewStart = h.NewStart + (h.NewLines > 0 ? 1 : 0),
                    NewLines = h.NewLines,
                    Lines = LineHash.Pack([.. fresh.Lines.Skip(h.NewStart).Take(h.NewLines).Select(static l => LineHash.Of(l))]),
                }),
            ],
        };
    }

    private string Content(string path)
    {
        var text = new StringBuilder();
        foreach (var line in _files[path])
            text.Append(line.Text).Append('\n');
        return text.ToString();
    }

    private void Put(Dictionary<string, string?> changes, string path) => changes[path] = Content(path);

    private void Commit(int? parent, int? merged, Dictionary<string, string?> changes)
    {
        _mark++;
        Write($"commit refs/heads/main\nmark :{_mark}\ncommitter Ada <ada@example.org> {1_600_000_000 + (_mark * 600)} +0000\ndata 2\nc\n\n");
        if (parent is > 0)
            Write($"from :{parent}\n");
        if (merged is > 0)
            Write($"merge :{merged}\n");
        foreach (var (path, text) in changes)
            Write(text is null ? $"D {path}\n" : $"M 644 inline {path}\ndata {Encoding.UTF8.GetByteCount(text).ToString(CultureInfo.InvariantCulture)}\n{text}\n");
        Write("\n");
    }

    private void Write(string text) => _stream.Write(Encoding.UTF8.GetBytes(text));
}
