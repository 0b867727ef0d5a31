using System.Text;
using Colophon.Specs.Parsing;

namespace Colophon.Specs;

/// <summary>Why a task could not be ticked.</summary>
public enum TickError
{
    /// <summary>It was ticked.</summary>
    None,

    /// <summary>No task has the number.</summary>
    Unknown,

    /// <summary>More than one task has the number, so none was ticked.</summary>
    Ambiguous,

    /// <summary>The task is ticked already.</summary>
    AlreadyDone,

    /// <summary>The box is empty (<c>[]</c>), its mark takes more than one byte, or a link begins right behind it: no single byte would tick it.</summary>
    NoRoom,
}

/// <summary>The outcome of <see cref="TaskList.Tick"/>.</summary>
/// <param name="Bytes">The file with exactly one byte changed, or null where nothing was ticked.</param>
/// <param name="Error">Why not.</param>
/// <param name="Message">The reason in one sentence, empty where the task was ticked.</param>
/// <param name="Offset">The byte that changed, counted from 0; -1 where none did.</param>
public sealed record TickResult(byte[]? Bytes, TickError Error, string Message, int Offset);

/// <summary>The tasks of a task file. Every line with a check box counts, also inside a fence, exactly as the OpenSpec CLI counts them.</summary>
public sealed class TaskList
{
    private TaskList(IReadOnlyList<TaskItem> items)
    {
        Items = items;
        foreach (var item in items)
            Completed += item.Done ? 1 : 0;
    }

    /// <summary>A list without tasks.</summary>
    public static TaskList Empty { get; } = new([]);

    /// <summary>The tasks in the order of the file.</summary>
    public IReadOnlyList<TaskItem> Items { get; }

    /// <summary>The number of ticked tasks.</summary>
    public int Completed { get; }

    /// <summary>Reads a task file's text; never fails.</summary>
    public static TaskList Parse(string text) => new(TaskReader.Read(text));

    /// <summary>The one task with this number.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.TaskNotFound"/> or <see cref="SpecError.TaskAmbiguous"/>.</exception>
    public TaskItem Find(string id)
    {
        TaskItem? found = null;
        foreach (var item in Items)
        {
            if (item.Id != id)
                continue;
            if (found is not null)
            {
                throw new SpecException(
                    SpecError.TaskAmbiguous, $"Two tasks carry the number {id}: lines {found.Line} and {item.Line}.", "Give each task a number of its own.");
            }

            found = item;
        }

        return found ?? throw new SpecException(SpecError.TaskNotFound, $"There is no task {id}.", Known());
    }

    /// <summary>
    /// Ticks one task of a file's bytes by changing one byte of its box to <c>x</c>; everything else, line ends and undecodable bytes included,
    /// stays as it is.
    /// </summary>
    /// <param name="file">The whole task file.</param>
    /// <param name="id">The task's <see cref="TaskItem.Id"/>.</param>
    public static TickResult Tick(ReadOnlySpan<byte> file, string id)
    {
        var (offset, error, line) = (-1, TickError.Unknown, 0);
        for (int start = 0, number = 1, ordinal = 1; start <= file.Length; number++)
        {
            var length = file[start..].IndexOf((byte)'\n');
            var text = Encoding.UTF8.GetString(length < 0 ? file[start..] : file.Slice(start, length));
            if (TaskLine.TryRead(text, out var task))
            {
                if (TaskReader.Id(task.Description(text), ordinal++) == id)
                {
                    if (error != TickError.Unknown)
                        return new TickResult(null, TickError.Ambiguous, $"Two tasks carry the number {id}: lines {line} and {number}.", -1);
                    line = number;
                    // All before the box is list mark and white space, so its bytes are what its characters encode to.
                    offset = task.Mark < 0 ? -1 : start + Encoding.UTF8.GetByteCount(text.AsSpan(0, task.Mark));
                    error = task.Done ? TickError.AlreadyDone
                        : task.Mark < 0 || !char.IsAscii(text[task.Mark]) || !IsDone($"{text.AsSpan(0, task.Mark)}x{text.AsSpan(task.Mark + 1)}") ? TickError.NoRoom
                        : TickError.None;
                }
            }

            if (length < 0)
                break;
            start += length + 1;
        }

        if (error != TickError.None)
            return new TickResult(null, error, Describe(error, id, line), -1);
        var ticked = file.ToArray();
        ticked[offset] = (byte)'x';
        return new TickResult(ticked, TickError.None, "", offset);
    }

    // An empty box may stand right before a link; a ticked one there is a link's text to OpenSpec, and no task any more.
    private static bool IsDone(string text) => TaskLine.TryRead(text, out var task) && task.Done;

    private static string Describe(TickError error, string id, int line) => error switch
    {
        TickError.AlreadyDone => $"Task {id} on line {line} is ticked already.",
        TickError.NoRoom => $"The box of task {id} on line {line} cannot be ticked by one character; write it as \"[ ]\" with a space behind it.",
        _ => $"There is no task {id}.",
    };

    private string? Known() => Items.Count == 0
        ? "The change has no tasks: write them in tasks.md as \"- [ ] 1.1 Description\"."
        : $"Its tasks are {string.Join(", ", Items.Take(12).Select(static item => item.Id))}{(Items.Count > 12 ? ", …" : "")}.";
}
