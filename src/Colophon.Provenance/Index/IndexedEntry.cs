using System.Text;
using Colophon.Provenance.Log;

namespace Colophon.Provenance.Index;

/// <summary>What of an entry goes into the index.</summary>
internal sealed record IndexedEntry
{
    /// <summary>The place in the stream that its file's name says.</summary>
    internal required long Seq { get; init; }

    /// <summary>The first digits of the leaf as its file's name says them.</summary>
    internal required string Leaf12 { get; init; }

    internal required byte[] Leaf { get; init; }

    internal required string Draft { get; init; }

    internal required EntryKind Kind { get; init; }

    internal required long At { get; init; }

    internal required string Person { get; init; }

    internal string? Model { get; init; }

    internal string? Task { get; init; }

    internal bool? Accepted { get; init; }

    internal byte[]? Target { get; init; }

    internal string? Reason { get; init; }

    internal long Inserted { get; init; }

    internal long Removed { get; init; }

    internal required EntryNames Names { get; init; }

    /// <summary>What else it says in words: the task's text and what is told about the work.</summary>
    internal string? Said { get; init; }

    /// <summary>The facts of an entry that lies at a place.</summary>
    internal static IndexedEntry Of(EntryName name, Entry entry)
    {
        var said = entry.Predicate;
        var target = said.Decision?.Target;
        return new IndexedEntry
        {
            Seq = name.Seq,
            Leaf12 = name.Leaf12,
            Leaf = Convert.FromHexString(entry.Leaf),
            Draft = said.Id,
            Kind = said.Kind,
            At = said.RecordedAt.ToUnixTimeMilliseconds(),
            Person = $"{said.Actor.KeyId}\n{said.Actor.Name}",
            Model = said.Model is { } model ? $"{model.Provider}\n{model.Requested}\n{model.Reported}" : null,
            Task = said.Spec?.Task,
            Accepted = said.Decision?.Accepted,
            Target = target is null ? null : Convert.FromHexString(target),
            Reason = said.Decision?.Reason ?? said.Approval?.Reason,
            Inserted = said.Files.Sum(static f => f.Hunks.Sum(static h => (long)h.NewLines)),
            Removed = said.Files.Sum(static f => f.Hunks.Sum(static h => (long)h.OldLines)),
            Names = new EntryNames(
                string.Join('\n', said.Files.Select(static f => f.Path)),
                OrNull(string.Join('\n', said.Files.Select(static f => f.RenamedFrom).OfType<string>())),
                OrNull(string.Join('\n', (said.Spec?.Requirements.Select(static r => r.Id) ?? []).Concat(said.Files.SelectMany(static f => f.Requirements)).Distinct(StringComparer.Ordinal)))),
            Said = OrNull(Words(said)),
        };
    }

    /// <summary>A leaf's first eight bytes as a number, in the leaves' order.</summary>
    internal static long KeyOf(ReadOnlySpan<byte> leaf) => (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(leaf) ^ 0x8000_0000_0000_0000);

    private static string Words(Predicate said)
    {
        var text = new StringBuilder(said.Spec?.Description);
        foreach (var (_, value) in said.Witnessed.Concat(said.Asserted).Concat(said.Metadata))
            text.Append('\n').Append(value);
        return text.ToString().Trim('\n');
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}

/// <summary>The paths and requirements that an entry speaks of, one a line.</summary>
/// <param name="Files">The changed files.</param>
/// <param name="Olds">The old names of renamed files.</param>
/// <param name="Needs">The requirements.</param>
internal readonly record struct EntryNames(string Files, string? Olds, string? Needs)
{
    /// <summary>Everything that asking for finds the entry: each path and requirement, and each folder above.</summary>
    internal void AddNodes(NameTable names, ISet<long> nodes)
    {
        Add(NameKind.Path, Files);
        Add(NameKind.Path, Olds);
        Add(NameKind.Requirement, Needs);

        void Add(NameKind kind, string? lines)
        {
            foreach (var line in (lines ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                for (var end = line.Length; end > 0; end = line.LastIndexOf('/', end - 1))
                {
                    // What a folder is part of, a file before it brought along.
                    if (!nodes.Add(names.Id(kind, line[..end])))
                        break;
                }
            }
        }
    }
}
