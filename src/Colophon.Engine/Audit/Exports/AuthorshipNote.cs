using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Colophon.Provenance.Log;

namespace Colophon.Engine;

/// <summary>A git note about one commit.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="Text">The note.</param>
/// <param name="LeftOut">Files whose lines cannot be told.</param>
public sealed record CommitNote(string Commit, string Text, IReadOnlyList<LeftOutFile> LeftOut);

/// <summary>A file whose lines a note cannot tell.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsUnnameable">Whether the format cannot name it: it has a quote or a control character, or is named like its divider. Else the commit has another content than the entries left.</param>
public readonly record struct LeftOutFile(string Path, bool IsUnnameable);

/// <summary>Writes what entries say of a commit as an authorship log of the Git AI Standard v3.0.0 (<c>authorship/3.0.0</c>).</summary>
internal static class AuthorshipNote
{
    private const string Tool = "colophon";
    private const string Divider = "---";

    private static readonly JsonWriterOptions s_indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The note of a commit; null where models wrote nothing that can be told.</summary>
    /// <param name="rows">The accepted and edited work that the commit brought, oldest first.</param>
    /// <param name="commits">The commit of each entry.</param>
    internal static CommitNote? Of(IReadOnlyList<AuditRow> rows, IReadOnlyDictionary<string, EntryCommit> commits)
    {
        var commit = commits[rows[0].Entry.Leaf].Id;
        var (text, leftOut, prompts) = (new StringBuilder(), new List<LeftOutFile>(), new SortedDictionary<string, Prompt>(StringComparer.Ordinal));
        var changes = rows.SelectMany(static row => row.Entry.Predicate.Files.Select(file => (Row: row, File: file))).GroupBy(static c => c.File.Path, StringComparer.Ordinal);
        foreach (var file in changes.OrderBy(static f => f.Key, StringComparer.Ordinal))
        {
            var all = file.ToArray();
            if (all[^1].File.After is null)
                continue;
            var isUnnameable = file.Key == Divider || file.Key.Any(static c => c == '"' || char.IsControl(c));
            if (isUnnameable || !commits[all[^1].Row.Entry.Leaf].Blobs.Contains(file.Key) || LineRanges.Composed([.. all.Select(static c => c.File)]) is not { } ranges)
            {
                leftOut.Add(new LeftOutFile(file.Key, isUnnameable));
                continue;
            }

            var owned = ranges.GroupBy(r => Conversation(all[r.Entry].Row)).ToArray();
            if (owned.Length == 0)
                continue;
            text.Append(file.Key.Any(char.IsWhiteSpace) ? $"\"{file.Key}\"" : file.Key).Append('\n');
            foreach (var owner in owned)
            {
                var hash = HashOf(owner.Key);
                text.Append("  ").Append(hash).Append(' ').AppendJoin(',', owner.Select(static r => r.Lines.ToString())).Append('\n');
                prompts.TryAdd(hash, new Prompt(all[owner.First().Entry].Row));
                prompts[hash].Accepted += owner.Sum(static r => r.Lines.Last - r.Lines.First + 1);
            }
        }

        if (prompts.Count == 0)
            return leftOut.Count > 0 ? new CommitNote(commit, "", leftOut) : null;
        return new CommitNote(commit, $"{text}{Divider}\n{Metadata(commit, prompts)}\n", leftOut);
    }

    private static string Metadata(string commit, SortedDictionary<string, Prompt> prompts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_indented))
        {
            writer.WriteStartObject();
            writer.WriteString("schema_version", "authorship/3.0.0");
            writer.WriteString("base_commit_sha", commit);
            writer.WriteStartObject("prompts");
            foreach (var (hash, prompt) in prompts)
            {
                var work = prompt.Row.Generation ?? prompt.Row.Entry;
                var hunks = work.Predicate.Files.SelectMany(static f => f.Hunks).ToArray();
                writer.WriteStartObject(hash);
                writer.WriteStartObject("agent_id");
                writer.WriteString("tool", Tool);
                writer.WriteString("id", Conversation(prompt.Row));
                writer.WriteString("model", prompt.Row.Model ?? "unknown");
                writer.WriteEndObject();
                writer.WriteString("human_author", prompt.Row.Signer is { IsProved: true } signer ? signer.Name : prompt.Row.Signer.Text);
                writer.WriteStartArray("messages");
                writer.WriteEndArray();
                writer.WriteNumber("total_additions", hunks.Sum(static h => (long)h.NewLines));
                writer.WriteNumber("total_deletions", hunks.Sum(static h => (long)h.OldLines));
                writer.WriteNumber("accepted_lines", prompt.Accepted);
                // The standard's table and its example spell this differently; readers of either find it.
                var edited = prompt.Row.Entry.Predicate.Files.SelectMany(static f => f.Hunks).Where(static h => h.By == HunkAuthor.Human).Sum(static h => (long)h.NewLines);
                writer.WriteNumber("overridden_lines", edited);
                writer.WriteNumber("overriden_lines", edited);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string Conversation(AuditRow row) => row.Generation?.Leaf ?? row.Entry.Leaf;

    private static string HashOf(string conversation) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tool}:{conversation}")))[..16];

    private sealed class Prompt(AuditRow row)
    {
        public AuditRow Row { get; } = row;

        public long Accepted { get; set; }
    }
}
