using Colophon.Kernel.Paths;
using System.Text;
using Colophon.Tools.Files;
using Colophon.Tools.Inputs;

namespace Colophon.Tools.Search;

/// <summary>The input of <c>list</c>.</summary>
/// <param name="Path">The directory to list, relative to the project root. Default: the root.</param>
/// <param name="Glob">Only files that match, such as '*.py' or 'src/**/*.ts'. Default: all.</param>
public sealed record ListInput(string? Path, string? Glob)
{
    internal static InputShape<ListInput> Shape { get; } = new(
        [
            InputField.Text("path", "The directory to list, relative to the project root. Default: the root.").Optional(),
            InputField.Text("glob", "Only files that match, such as '*.py' or 'src/**/*.ts'. Default: all.").Optional(),
        ],
        static values => new ListInput(values.OptionalText("path"), values.OptionalText("glob")));
}

/// <summary>Names the files below a directory; where there are too many, folders stand for what they hold.</summary>
public sealed class ListTool() : Tool<ListInput>(ListInput.Shape)
{
    private const int MaximumEntries = 400;

    /// <inheritdoc/>
    public override string Name => "list";

    /// <inheritdoc/>
    public override string Description =>
        "List the files below a directory with all its subdirectories, without what git ignores. Large directories are shown as 'name/ (n files)'.";

    /// <inheritdoc/>
    public override ToolEffect Effect => ToolEffect.ReadOnly;

    /// <inheritdoc/>
    protected override async ValueTask<ToolResult> RunAsync(ListInput input, ToolContext context, CancellationToken cancellationToken)
    {
        PathGlob? glob = null;
        if (input.Glob is { } pattern && !PathGlob.TryParse(pattern, out glob))
            return ToolResult.Error($"'{pattern}' is not a file pattern.");
        if (!context.TryPath(input.Path is { Length: > 0 } text ? text : ".", out var path, out var refusal))
            return refusal;
        var directory = context.Workspace.Resolve(path);
        if (!Directory.Exists(directory))
            return ToolResult.Error(File.Exists(directory) ? $"'{path}' is a file: use read." : NearbyNames.Complete(context.Workspace, path, $"'{path}' does not exist."));

        var files = await WorkspaceFiles.BelowAsync(context.Workspace, path, cancellationToken).ConfigureAwait(false);
        if (glob is not null)
            files = [.. files.Where(file => glob.Matches(file))];
        return new ToolResult(files.Count == 0 ? $"No files below '{path}'{(glob is null ? "" : $" match '{input.Glob}'")}." : Fold(files));
    }

    /// <summary>The deepest view that fits: every file, or folders with counts from some depth on.</summary>
    private static string Fold(IReadOnlyList<string> files)
    {
        if (files.Count <= MaximumEntries)
            return string.Join('\n', files) + "\n";
        var shown = AtDepth(files, 1);
        for (var depth = 2; shown.Count <= MaximumEntries; depth++)
        {
            var deeper = AtDepth(files, depth);
            if (deeper.Count > MaximumEntries)
                break;
            shown = deeper;
        }

        var text = new StringBuilder();
        foreach (var (entry, count) in shown.Take(MaximumEntries))
            text.Append(entry).Append(entry.EndsWith('/') ? $" ({count} file{(count == 1 ? "" : "s")})\n" : "\n");
        if (shown.Count > MaximumEntries)
            text.Append($"[+{shown.Count - MaximumEntries} more; name a subdirectory or a glob]\n");
        return text.Append($"[{files.Count}{(files.Count == WorkspaceFiles.Maximum ? " or more" : "")} files in all]\n").ToString();
    }

    private static List<(string Entry, int Count)> AtDepth(IReadOnlyList<string> files, int depth)
    {
        var entries = new List<(string Entry, int Count)>();
        foreach (var file in files)
        {
            var cut = -1;
            for (var i = 0; i < depth; i++)
            {
                cut = file.IndexOf('/', cut + 1);
                if (cut < 0)
                    break;
            }

            var entry = cut < 0 ? file : file[..(cut + 1)];
            if (entries.Count > 0 && entries[^1].Entry == entry)
                entries[^1] = (entry, entries[^1].Count + 1);
            else
                entries.Add((entry, 1));
        }

        return entries;
    }
}
