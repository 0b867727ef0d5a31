namespace Colophon.Specs.OpenSpec.Setup.Tools;

/// <summary>Where assistants keep their instructions: text for a model, not the project's code.</summary>
public static class AssistantFolders
{
    // Of what everybody's builds share a folder with, only the assistants' own part.
    private const string Shared = ".github";

    private static readonly string[] s_folders =
    [
        .. ToolTable.All.SelectMany(static tool => (string[])[tool.SkillsRoot == Shared ? $"{Shared}/skills" : tool.SkillsRoot ?? "", .. tool.FormerSkillsRoots, .. Folder(tool.Commands?.Pattern)])
            .Where(static folder => folder.Length > 0).Distinct(StringComparer.Ordinal).Select(static folder => $"/{folder}/"),
    ];

    /// <summary>Whether a file lies in one of them, in a project at the top or further down.</summary>
    /// <param name="path">Relative, with <c>/</c> between its parts.</param>
    public static bool Hold(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var rooted = $"/{path}";
        return s_folders.Any(folder => rooted.Contains(folder, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Folder(string? pattern) => pattern is not null && pattern.LastIndexOf('/') is > 0 and var end && pattern[0] == '.' ? [pattern[..end]] : [];
}
