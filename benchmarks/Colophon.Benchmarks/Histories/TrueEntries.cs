using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Colophon.Provenance.Log;
using Colophon.Text.Diff;

namespace Colophon.Generated;

/// <summary>The log of a made-up history: entries as the engine makes them, unsigned.</summary>
internal sealed class TrueEntries(int seed)
{
    private readonly Dictionary<string, long> _streams = new(StringComparer.Ordinal);
    private int _serial;

    /// <summary>All entries, oldest first.</summary>
    public List<Entry> All { get; } = [];

    /// <summary>A leaf that nothing has yet.</summary>
    public string Leaf() => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed} {_serial++}"))));

    /// <summary>A generation and the decision on it.</summary>
    /// <returns>The paths of both entries' files.</returns>
    public IReadOnlyList<string> Decide(string leaf, string stream, IReadOnlyList<FileChange> files, bool accepted)
    {
        var generation = Leaf();
        var number = All.Count / 2;
        var asked = Add(generation, stream, new Predicate
        {
            Kind = EntryKind.Generation,
            Spec = new SpecReference { Task = string.Create(CultureInfo.InvariantCulture, $"{1 + (number % 9)}.{1 + (number % 4)}"), Requirements = [new RequirementReference($"part{number % 12}/rule", "00")] },
            Model = new ModelUse { Provider = "replay", Requested = number % 3 == 0 ? "opus" : "sonnet" },
            Files = files,
            Id = "", Change = "", Repo = "", Stream = "", Seq = 0, RecordedAt = default, Actor = new Actor { Name = "Ada" },
        });
        return
        [
            asked,
            Add(leaf, stream, new Predicate
            {
                Kind = EntryKind.Decision,
                Decision = new Decision { Target = generation, Accepted = accepted, Reason = accepted ? null : "no" },
                Files = accepted ? files : [],
                Id = "", Change = "", Repo = "", Stream = "", Seq = 0, RecordedAt = default, Actor = new Actor { Name = "Ada" },
            }),
        ];
    }

    /// <summary>An entry of a person's edit or of a formatter's.</summary>
    public string Record(EntryKind kind, string stream, FileChange file) => Add(Leaf(), stream, new Predicate
    {
        Kind = kind,
        Files = [file],
        Id = "", Change = "", Repo = "", Stream = "", Seq = 0, RecordedAt = default, Actor = new Actor { Name = "Ada" },
    });

    /// <summary>A file's change as an entry tells it.</summary>
    public static FileChange Change(string path, string? before, string? after, string? from = null, HunkAuthor by = HunkAuthor.Model)
    {
        var (old, fresh) = (LineText.Split(before ?? ""), LineText.Split(after ?? ""));
        return new FileChange
        {
            Path = path,
            RenamedFrom = from,
            Action = from is not null ? FileAction.Rename : before is null ? FileAction.Create : after is null ? FileAction.Delete : FileAction.Modify,
            Before = before is null ? null : FileDigest.Of(Encoding.UTF8.GetBytes(before)),
            After = after is null ? null : FileDigest.Of(Encoding.UTF8.GetBytes(after)),
            Hunks =
            [
                .. LineDiff.Compute(old.RawLines, fresh.RawLines).Select(h => new HunkRecord
                {
                    OldStart = h.OldStart + (h.OldLines > 0 ? 1 : 0),
                    OldLines = h.OldLines,
                    NewStart = h.NewStart + (h.NewLines > 0 ? 1 : 0),
                    NewLines = h.NewLines,
                    By = by,
                    Lines = LineHash.Pack([.. fresh.Lines.Skip(h.NewStart).Take(h.NewLines).Select(static l => LineHash.Of(l))]),
                }),
            ],
        };
    }

    private string Add(string leaf, string stream, Predicate predicate)
    {
        var seq = _streams[stream] = _streams.GetValueOrDefault(stream) + 1;
        var full = predicate with { Id = leaf[..32], Repo = "r", Change = "grow", Stream = stream, Seq = seq, RecordedAt = DateTimeOffset.UnixEpoch.AddMinutes(All.Count) };
        All.Add(new Entry { Leaf = leaf, Payload = default, Signatures = [], FilePath = $"/{leaf}", Predicate = full });
        return string.Create(CultureInfo.InvariantCulture, $".openspec/audit/v1/s/grow/{stream}/{seq:D8}-{leaf[..12]}.json");
    }
}
