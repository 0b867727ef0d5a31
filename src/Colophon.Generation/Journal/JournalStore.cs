using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Colophon.Generation.Errors;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;
using Colophon.Kernel.Git;
using Colophon.Kernel.Paths;

namespace Colophon.Generation.Journal;

/// <summary>
/// Keeps intents on disk, in this working tree's own git directory. The contents of the files are written first, each flushed; <c>intent.json</c> comes
/// last and in one step, so that a folder without it was never meant.
/// </summary>
internal sealed class JournalStore(GitRepository repository)
{
    private const string IntentFile = "intent.json";

    private readonly string _root = Path.Combine(repository.GitDirectory, "colophon", "journal");

    /// <summary>Whether there is anything to recover.</summary>
    public bool HasAny => Directory.Exists(_root) && Directory.EnumerateDirectories(_root).Any();

    /// <summary>Writes an intent so that it survives a power cut.</summary>
    /// <exception cref="Kernel.Errors.KernelException">It could not be written; nothing is meant.</exception>
    public void Save(WriteIntent intent)
    {
        var folder = FolderOf(intent.Id);
        for (var i = 0; i < intent.Steps.Count; i++)
        {
            Keep(folder, $"before-{i}", intent.Steps[i].Before);
            Keep(folder, $"after-{i}", intent.Steps[i].After);
        }

        AtomicFile.Write(Path.Combine(folder, IntentFile), Format(intent));
    }

    /// <summary>The intents that were not finished, oldest first. What was never meant is deleted on the way.</summary>
    public IReadOnlyList<WriteIntent> Load()
    {
        var intents = new List<(DateTime Written, WriteIntent Intent)>();
        foreach (var folder in Directory.Exists(_root) ? Directory.GetDirectories(_root) : [])
        {
            var file = Path.Combine(folder, IntentFile);
            if (File.Exists(file))
                intents.Add((File.GetLastWriteTimeUtc(file), Read(folder, file)));
            else
                Directory.Delete(folder, recursive: true);
        }

        return [.. intents.OrderBy(static i => i.Written).Select(static i => i.Intent)];
    }

    /// <summary>The intents that were not finished, read and nothing else; one that cannot be read is left out.</summary>
    public IReadOnlyList<WriteIntent> Peek()
    {
        var intents = new List<WriteIntent>();
        foreach (var folder in Directory.Exists(_root) ? Directory.GetDirectories(_root) : [])
        {
            try
            {
                if (File.Exists(Path.Combine(folder, IntentFile)))
                    intents.Add(Read(folder, Path.Combine(folder, IntentFile)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ColophonException)
            {
                // Whoever finishes it says what is wrong with it.
            }
        }

        return intents;
    }

    /// <summary>Forgets an intent; its own file goes first.</summary>
    public void Remove(WriteIntent intent)
    {
        var folder = FolderOf(intent.Id);
        File.Delete(Path.Combine(folder, IntentFile));
        AtomicFile.FlushDirectory(folder);
        Directory.Delete(folder, recursive: true);
    }

    private string FolderOf(string id) => Path.Combine(_root, id);

    private static void Keep(string folder, string name, FileState? state)
    {
        if (state is not null)
            AtomicFile.Write(Path.Combine(folder, name), state.Content);
    }

    private static byte[] Format(WriteIntent intent)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("id", intent.Id);
            json.WriteString("change", intent.Change);
            json.WriteString("task", intent.Task);
            json.WriteString("tasksFile", intent.TasksFile);
            json.WriteString("session", intent.Session);
            json.WriteBase64String("decision", intent.Decision);
            json.WriteStartArray("newFolders");
            foreach (var folder in intent.NewFolders)
                json.WriteStringValue(folder);
            json.WriteEndArray();
            json.WriteStartArray("steps");
            foreach (var step in intent.Steps)
            {
                json.WriteStartObject();
                json.WriteString("path", step.Path.Value);
                json.WriteString("before", Describe(step.Before));
                json.WriteString("after", Describe(step.After));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static WriteIntent Read(string folder, string file)
    {
        try
        {
            return Parse(folder, File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or KernelException)
        {
            throw new GenerationException(
                GenerationError.Unfinished, $"The journal of an interrupted write is damaged: '{folder}' ({e.Message})", "It holds the files before and after; move it away once you have looked at them.", e);
        }
    }

    private static WriteIntent Parse(string folder, byte[] content)
    {
        using var document = JsonDocument.Parse(content);
        var root = document.RootElement;
        return new WriteIntent
        {
            Id = Text(root, "id"),
            Change = Text(root, "change"),
            Task = Text(root, "task"),
            TasksFile = Text(root, "tasksFile"),
            Session = Text(root, "session"),
            Decision = root.GetProperty("decision").GetBytesFromBase64(),
            NewFolders = [.. root.GetProperty("newFolders").EnumerateArray().Select(static f => f.GetString() ?? "")],
            Steps = [.. root.GetProperty("steps").EnumerateArray().Select((step, i) => new FileStep(
                WorkspacePath.Parse(Text(step, "path")),
                Restore(Path.Combine(folder, $"before-{i}"), Text(step, "before")),
                Restore(Path.Combine(folder, $"after-{i}"), Text(step, "after"))))],
        };
    }

    // `none`, `link`, or a file's permission bits as a number.
    private static string Describe(FileState? state) =>
        state is null ? "none" : state.IsLink ? "link" : ((int)state.Mode).ToString(CultureInfo.InvariantCulture);

    private static FileState? Restore(string file, string kind) => kind switch
    {
        "none" => null,
        "link" => new FileState(File.ReadAllBytes(file), UnixFileMode.None, IsLink: true),
        _ => new FileState(File.ReadAllBytes(file), (UnixFileMode)int.Parse(kind, CultureInfo.InvariantCulture)),
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
