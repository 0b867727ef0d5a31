using System.Text;
using Colophon.Kernel.Paths;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Files;

/// <summary>The input of <c>write</c>.</summary>
/// <param name="Path">The file to create or replace, relative to the project root. Missing directories are made.</param>
/// <param name="Content">The whole content of the file.</param>
public sealed record WriteInput(string Path, string Content)
{
    internal static InputShape<WriteInput> Shape { get; } = new(
        [
            InputField.Text("path", "The file to create or replace, relative to the project root. Missing directories are made."),
            InputField.Text("content", "The whole content of the file."),
        ],
        static values => new WriteInput(values.Text("path"), values.Text("content")));
}

/// <summary>Creates a file, or replaces all of it; a replaced file keeps its line ends, byte order mark and mode.</summary>
public sealed class WriteTool() : Tool<WriteInput>(WriteInput.Shape)
{
    /// <inheritdoc/>
    public override string Name => "write";

    /// <inheritdoc/>
    public override string Description =>
        "Create a file, or replace its whole content. To change a part of a file use edit, which is shorter and safer.";

    /// <inheritdoc/>
    public override ToolEffect Effect => ToolEffect.Writes;

    /// <inheritdoc/>
    protected override ValueTask<ToolResult> RunAsync(WriteInput input, ToolContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Write(input, context));

    private static ToolResult Write(WriteInput input, ToolContext context)
    {
        if (!context.TryWritablePath(input.Path, out var path, out var refusal))
            return refusal;
        var location = context.Workspace.Resolve(path);
        if (Directory.Exists(location))
            return ToolResult.Error($"'{path}' is a directory; nothing was written.");
        if (!File.Exists(location))
            return Created(path, input.Content, FileWriter.Write(context.Workspace, path, Encoding.UTF8.GetBytes(input.Content)));
        if (!FileContent.TryRead(context.Workspace, path, out var old, out var why))
            return ToolResult.Error($"{why} Nothing was written.");
        if (old.IsBinary)
            return ToolResult.Error($"'{path}' is a binary file; nothing was written. Remove it first if it really is to become text.");

        var text = input.Content;
        var keepsEnds = LineEnds.AllAreCrLf(old.Text) && !text.Contains('\r');
        if (keepsEnds)
            text = text.Replace("\n", "\r\n", StringComparison.Ordinal);
        var bytes = text.StartsWith('\uFEFF') ? Encoding.UTF8.GetBytes(text) : old.Encode(text);
        return FileWriter.Write(context.Workspace, path, bytes)
            ?? new ToolResult($"Replaced '{path}' ({Count(text)}{(keepsEnds ? ", CRLF line ends kept" : "")}).");
    }

    private static ToolResult Created(WorkspacePath path, string text, ToolResult? failure) =>
        failure ?? new ToolResult($"Created '{path}' ({Count(text)}).");

    private static string Count(string text)
    {
        var lines = text.AsSpan().Count('\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
        return lines == 1 ? "1 line" : $"{lines} lines";
    }
}
