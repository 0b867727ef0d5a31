using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Colophon.Kernel.Files;

namespace Colophon.Generation.Session;

/// <summary>The sessions of a working tree, below <c>.colophon/state/sessions</c>. Deleting them loses no accepted work.</summary>
internal sealed class SessionStore(string root)
{
    private const string HeadFile = "session.json";

    private readonly string _state = Path.Combine(root, ".colophon", "state");

    /// <summary>The folder of a session.</summary>
    public string FolderOf(string id) => Path.Combine(_state, "sessions", id);

    /// <summary>A fresh id that sorts by time.</summary>
    public static string NewId(TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}");

    /// <summary>Saves a session's head in one step.</summary>
    public void Save(SessionRecord session)
    {
        // The folder ignores itself, so that it stays out of commits also where `colophon init` never ran.
        var ignore = Path.Combine(_state, ".gitignore");
        if (!File.Exists(ignore))
            AtomicFile.TryCreate(ignore, "*\n"u8);
        AtomicFile.Write(Path.Combine(FolderOf(session.Id), HeadFile), Format(session));
    }

    /// <summary>All sessions that can be read, oldest first.</summary>
    public IReadOnlyList<SessionRecord> All() =>
        [.. Folders().Select(static f => TryRead(Path.Combine(f, HeadFile))).OfType<SessionRecord>().OrderBy(static s => s.Id, StringComparer.Ordinal)];

    /// <summary>Every session's folder, damaged ones included.</summary>
    public IReadOnlyList<string> Folders()
    {
        var sessions = Path.Combine(_state, "sessions");
        return Directory.Exists(sessions) ? Directory.GetDirectories(sessions) : [];
    }

    /// <summary>The last session of a change that did not come to its end.</summary>
    public SessionRecord? Interrupted(string change) =>
        All().LastOrDefault(s => s.Change == change && s.State != SessionState.Done && s.Task is not null);

    private static byte[] Format(SessionRecord session)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("id", session.Id);
            json.WriteString("change", session.Change);
            json.WriteNumber("process", session.Process);
            json.WriteString("model", session.Model);
            json.WriteString("started", session.Started);
            json.WriteString("state", session.State switch { SessionState.AwaitingReview => "awaiting-review", SessionState.Done => "done", _ => "generating" });
            json.WriteString("task", session.Task);
            json.WriteNumber("attempt", session.Attempt);
            json.WriteNumber("firstItem", session.FirstItem);
            json.WriteString("generationId", session.GenerationId);
            json.WriteString("decisionId", session.DecisionId);
            json.WriteString("generationLeaf", session.GenerationLeaf);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static SessionRecord? TryRead(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(File.ReadAllBytes(path)));
            var root = document.RootElement;
            return new SessionRecord
            {
                Id = root.GetProperty("id").GetString() ?? "",
                Change = root.GetProperty("change").GetString() ?? "",
                Process = root.GetProperty("process").GetInt32(),
                Model = root.GetProperty("model").GetString() ?? "",
                Started = root.GetProperty("started").GetDateTimeOffset(),
                State = root.GetProperty("state").GetString() switch { "awaiting-review" => SessionState.AwaitingReview, "done" => SessionState.Done, _ => SessionState.Generating },
                Task = root.GetProperty("task").GetString(),
                Attempt = root.GetProperty("attempt").GetInt32(),
                FirstItem = root.GetProperty("firstItem").GetInt32(),
                GenerationId = root.GetProperty("generationId").GetString(),
                DecisionId = root.GetProperty("decisionId").GetString(),
                GenerationLeaf = root.GetProperty("generationLeaf").GetString(),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Sessions are a convenience: a damaged one is as good as none.
            return null;
        }
    }
}
