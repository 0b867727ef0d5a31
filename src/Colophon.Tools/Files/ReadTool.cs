using System.Text;
using Colophon.Kernel.Paths;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Files;

/// <summary>The input of <c>read</c>.</summary>
/// <param name="Path">The file to read, relative to the project root.</param>
/// <param name="Offset">The first line to show, counted from 1. Default 1.</param>
/// <param name="Limit">How many lines to show at most. Default 2000.</param>
public sealed record ReadInput(string Path, int? Offset, int? Limit)
{
    internal static InputShape<ReadInput> Shape { get; } = new(
        [
            InputField.Text("path", "The file to read, relative to the project root."),
            InputField.Integer("offset", "The first line to show, counted from 1. Default 1.", 1, int.MaxValue).Optional(),
            InputField.Integer("limit", "How many lines to show at most. Default 2000.", 1, int.MaxValue).Optional(),
        ],
        static values => new ReadInput(values.Text("path"), values.Integer("offset"), values.Integer("limit")));
}

/// <summary>
/// Shows a text file with line numbers as <c>cat -n</c> prints them, the form models have seen most. Bounded in lines, in characters
/// a line and in all, and says how to go on.
/// </summary>
public sealed class ReadTool() : Tool<ReadInput>(ReadInput.Shape)
{
    private const int DefaultLines = 2000;
    private const int MaximumColumns = 2000;
    private const int MaximumCharacters = 60_000;

    /// <inheritdoc/>
    public override string Name => "read";

    /// <inheritdoc/>
    public override string Description =>
        "Read a text file. Each line is shown as its number, a tab and its text; the number and the tab are not part of the file. "
        + "Long files are cut: use offset and limit to read on. Several files can be read with several calls at once.";

    /// <inheritdoc/>
    public override ToolEffect Effect => ToolEffect.ReadOnly;

    /// <inheritdoc/>
    protected override ValueTask<ToolResult> RunAsync(ReadInput input, ToolContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Read(input, context));

    private static ToolResult Read(ReadInput input, ToolContext context)
    {
        if (!context.TryPath(input.Path, out var path, out var refusal))
            return refusal;
        if (Directory.Exists(context.Workspace.Resolve(path)))
            return ToolResult.Error($"'{path}' is a directory: use list.");
        if (!FileContent.TryRead(context.Workspace, path, out var content, out var why))
            return ToolResult.Error(NearbyNames.Complete(context.Workspace, path, why));
        if (content.Image is { } image)
            return ToolResult.Error($"'{path}' is a {image} image of {content.Length} bytes, which this tool cannot show.");
        if (content.IsBinary)
            return ToolResult.Error($"'{path}' is a binary file of {content.Length} bytes, which cannot be shown as text.");
        return content.Length == 0 ? new ToolResult($"'{path}' is empty.") : Show(path, content, input.Offset ?? 1, input.Limit ?? DefaultLines);
    }

    private static ToolResult Show(WorkspacePath path, FileContent content, int first, int count)
    {
        var shown = new StringBuilder();
        var (number, last, cut) = (0, 0, false);
        foreach (var raw in Lines(content.Text))
        {
            number++;
            if (number < first || cut || number - first >= count)
                continue;
            var line = raw.Span.TrimEnd('\r');
            if (shown.Length + Math.Min(line.Length, MaximumColumns) > MaximumCharacters && last > 0)
            {
                cut = true;
                continue;
            }

            shown.Append($"{number,6}\t");
            AppendBounded(shown, line);
            shown.Append('\n');
            last = number;
        }

        if (first > number)
            return ToolResult.Error($"'{path}' has only {number} lines; offset {first} is past its end.");
        if (last < number)
            shown.Append($"[lines {first}-{last} of {number}; read on with offset {last + 1}]\n");
        if (!content.TryExactText(out _))
            shown.Append("[not valid UTF-8: undecodable bytes are shown as \uFFFD and edit refuses this file]\n");
        return new ToolResult(shown.ToString());
    }

    private static void AppendBounded(StringBuilder shown, ReadOnlySpan<char> line)
    {
        if (line.Length <= MaximumColumns)
        {
            shown.Append(line);
            return;
        }

        var end = char.IsHighSurrogate(line[MaximumColumns - 1]) ? MaximumColumns - 1 : MaximumColumns;
        shown.Append(line[..end]).Append($" [+{line.Length - end} characters]");
    }

    private static IEnumerable<ReadOnlyMemory<char>> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            yield return text.AsMemory(start, end - start);
            start = end + 1;
        }
    }
}
