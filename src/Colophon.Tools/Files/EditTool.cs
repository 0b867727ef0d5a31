using Colophon.Kernel.Paths;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Files;

/// <summary>The input of <c>edit</c>.</summary>
/// <param name="Path">The file to change, relative to the project root.</param>
/// <param name="OldString">The exact text to replace, with its indentation and without line numbers. It must occur once, unless replace_all is set.</param>
/// <param name="NewString">The text to put in its place.</param>
/// <param name="ReplaceAll">Replace every occurrence. Default false.</param>
public sealed record EditInput(string Path, string OldString, string NewString, bool ReplaceAll)
{
    internal static InputShape<EditInput> Shape { get; } = new(
        [
            InputField.Text("path", "The file to change, relative to the project root."),
            InputField.Text("old_string", "The exact text to replace, with its indentation and without line numbers. It must occur once, unless replace_all is set."),
            InputField.Text("new_string", "The text to put in its place."),
            InputField.Flag("replace_all", "Replace every occurrence. Default false.").Optional(),
        ],
        static values => new EditInput(values.Text("path"), values.Text("old_string"), values.Text("new_string"), values.Flag("replace_all")));
}

/// <summary>
/// Replaces exact text in a file. The text is matched with LF line ends and written back with the file's own; byte order mark, mode and
/// every byte outside the match stay as they were.
/// </summary>
public sealed class EditTool() : Tool<EditInput>(EditInput.Shape)
{
    private const int MaximumLinesNamed = 10;

    /// <inheritdoc/>
    public override string Name => "edit";

    /// <inheritdoc/>
    public override string Description =>
        "Replace exact text in a file. Read the file first. old_string must match the file to the letter and occur exactly once: "
        + "add lines around it until it does, or set replace_all.";

    /// <inheritdoc/>
    public override ToolEffect Effect => ToolEffect.Writes;

    /// <inheritdoc/>
    protected override ValueTask<ToolResult> RunAsync(EditInput input, ToolContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Edit(input, context));

    private static ToolResult Edit(EditInput input, ToolContext context)
    {
        if (!context.TryWritablePath(input.Path, out var path, out var refusal))
            return refusal;
        if (Directory.Exists(context.Workspace.Resolve(path)))
            return ToolResult.Error($"'{path}' is a directory; nothing was changed.");
        if (!FileContent.TryRead(context.Workspace, path, out var content, out var why))
            return ToolResult.Error(NearbyNames.Complete(context.Workspace, path, why));
        if (content.IsBinary)
            return ToolResult.Error($"'{path}' is a binary file; nothing was changed.");
        if (!content.TryExactText(out var text))
            return ToolResult.Error($"'{path}' is not valid UTF-8, so writing it back would damage it; nothing was changed.");
        return Replace(input, context, path, content, new LineEnds(text));
    }

    private static ToolResult Replace(EditInput input, ToolContext context, WorkspacePath path, FileContent content, LineEnds text)
    {
        var (sought, replacement) = (LineEnds.ToLf(input.OldString), LineEnds.ToLf(input.NewString));
        if (sought.Length == 0)
            return ToolResult.Error("old_string is empty; nothing was changed. Use write to create a file, or quote the line beside which you want to insert.");
        if (sought == replacement)
            return ToolResult.Error("old_string and new_string are the same; nothing was changed.");
        var found = Occurrences(text.View, sought);
        if (found.Count == 0)
            return ToolResult.Error(NearestMatch.Explain(path, text.View, sought));
        if (found.Count > 1 && !input.ReplaceAll)
            return ToolResult.Error($"old_string occurs {found.Count} times in '{path}' ({LinesOf(text.View, found)}); nothing was changed. Add lines around it to name one, or set replace_all.");

        var changed = content.Encode(text.Replace(found, sought.Length, replacement));
        return FileWriter.Write(context.Workspace, path, changed)
            ?? new ToolResult($"Edited '{path}': {(found.Count == 1 ? "1 replacement" : $"{found.Count} replacements")} ({LinesOf(text.View, found)}).");
    }

    private static List<int> Occurrences(string text, string sought)
    {
        var found = new List<int>();
        for (var at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = text.IndexOf(sought, at + sought.Length, StringComparison.Ordinal))
            found.Add(at);
        return found;
    }

    private static string LinesOf(string text, List<int> offsets)
    {
        var (line, counted) = (1, 0);
        var numbers = new List<string>();
        foreach (var offset in offsets.Take(MaximumLinesNamed))
        {
            line += text.AsSpan(counted, offset - counted).Count('\n');
            counted = offset;
            numbers.Add(line.ToString());
        }

        var more = offsets.Count > MaximumLinesNamed ? " and more" : "";
        return numbers.Count == 1 ? $"line {numbers[0]}" : $"lines {string.Join(", ", numbers)}{more}";
    }
}
