using System.Text.RegularExpressions;
using Colophon.Kernel.Paths;
using Colophon.Tools.Files;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Search;

/// <summary>The input of <c>grep</c>.</summary>
/// <param name="Pattern">A regular expression, matched against each line.</param>
/// <param name="Path">The file or directory to search, relative to the project root. Default: the root.</param>
/// <param name="Glob">Only files that match, such as '*.py' or 'src/**/*.ts'. Default: all.</param>
/// <param name="Context">How many lines to show before and after each match. Default 0.</param>
/// <param name="IgnoreCase">Ignore upper and lower case. Default false.</param>
public sealed record GrepInput(string Pattern, string? Path, string? Glob, int? Context, bool IgnoreCase)
{
    internal static InputShape<GrepInput> Shape { get; } = new(
        [
            InputField.Text("pattern", "A regular expression, matched against each line."),
            InputField.Text("path", "The file or directory to search, relative to the project root. Default: the root.").Optional(),
            InputField.Text("glob", "Only files that match, such as '*.py' or 'src/**/*.ts'. Default: all.").Optional(),
            InputField.Integer("context", "How many lines to show before and after each match. Default 0.", 0, 20).Optional(),
            InputField.Flag("ignore_case", "Ignore upper and lower case. Default false.").Optional(),
        ],
        static values => new GrepInput(values.Text("pattern"), values.OptionalText("path"), values.OptionalText("glob"), values.Integer("context"), values.Flag("ignore_case")));
}

/// <summary>Searches text files, without what git ignores, and prints what <c>grep -n</c> prints.</summary>
public sealed class GrepTool() : Tool<GrepInput>(GrepInput.Shape)
{
    /// <inheritdoc/>
    public override string Name => "grep";

    /// <inheritdoc/>
    public override string Description =>
        "Search the project's text files for a regular expression, without what git ignores. Prints path:line:text, and path-line-text for lines of context.";

    /// <inheritdoc/>
    public override ToolEffect Effect => ToolEffect.ReadOnly;

    /// <inheritdoc/>
    protected override async ValueTask<ToolResult> RunAsync(GrepInput input, ToolContext context, CancellationToken cancellationToken)
    {
        if (!LineMatcher.TryParse(input.Pattern, input.IgnoreCase, out var matcher, out var why))
            return ToolResult.Error(why);
        PathGlob? glob = null;
        if (input.Glob is { } pattern && !PathGlob.TryParse(pattern, out glob))
            return ToolResult.Error($"'{pattern}' is not a file pattern.");
        if (!context.TryPath(input.Path is { Length: > 0 } text ? text : ".", out var path, out var refusal))
            return refusal;
        var location = context.Workspace.Resolve(path);
        if (File.Exists(location))
            return SearchAll([path.Value], matcher, input, context.Workspace, cancellationToken);
        if (!Directory.Exists(location))
            return ToolResult.Error(NearbyNames.Complete(context.Workspace, path, $"'{path}' does not exist."));
        var files = await WorkspaceFiles.BelowAsync(context.Workspace, path, cancellationToken).ConfigureAwait(false);
        return SearchAll(files.Where(file => glob is null || glob.Matches(file)), matcher, input, context.Workspace, cancellationToken);
    }

    private static ToolResult SearchAll(IEnumerable<string> files, LineMatcher matcher, GrepInput input, Workspace workspace, CancellationToken cancellationToken)
    {
        var report = new GrepReport(input.Context ?? 0);
        try
        {
            foreach (var file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!WorkspacePath.TryParse(file, out var path))
                    continue;
                if (!FileContent.TryRead(workspace, path, out var content, out _))
                    report.CouldNotRead(file);
                else if (!content.IsBinary)
                    report.Search(file, content.Text, matcher);
                if (report.IsFull)
                    break;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return ToolResult.Error("The pattern takes too long: leave out look-around, back-references and nested repetition.");
        }

        return new ToolResult(report.ToText(input.Pattern));
    }
}
