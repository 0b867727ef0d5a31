using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Setup.Texts;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Setup.Legacy;

/// <summary>A path that an older version wrote for a tool.</summary>
internal readonly record struct LegacyPath(string Tool, string Path);

/// <summary>One of Codex's prompts in the person's home, and the workflow that it stands for.</summary>
internal readonly record struct LegacyPrompt(string Path, string Workflow);

/// <summary>What older versions left in a project and in the person's home.</summary>
internal sealed record LegacyFindings
{
    /// <summary>Files of the root that hold a block of ours; only the block goes.</summary>
    internal IReadOnlyList<string> BlockFiles { get; init; } = [];

    /// <summary>Folders of commands in which nothing else is.</summary>
    internal IReadOnlyList<LegacyPath> Folders { get; init; } = [];

    internal IReadOnlyList<LegacyPath> Files { get; init; } = [];

    internal IReadOnlyList<LegacyPrompt> Prompts { get; init; } = [];

    /// <summary>Whether <c>openspec/AGENTS.md</c> is there.</summary>
    internal bool HasAgents { get; init; }

    /// <summary>Whether <c>openspec/project.md</c> is there; it is only spoken of.</summary>
    internal bool HasProject { get; init; }

    internal bool IsEmpty => BlockFiles.Count == 0 && Folders.Count == 0 && Files.Count == 0 && Prompts.Count == 0 && !HasAgents && !HasProject;

    /// <summary>What is in the project alone.</summary>
    internal LegacyFindings InProject => this with { Prompts = [] };

    /// <summary>The tools that something was found for, in the order of finding.</summary>
    internal List<string> Tools => [.. Folders.Concat(Files).Select(static path => path.Tool).Concat(Prompts.Select(static _ => "codex")).Distinct(StringComparer.Ordinal)];

    /// <summary>Without what belongs to these tools.</summary>
    internal LegacyFindings Without(IReadOnlyCollection<string> tools) => tools.Count == 0 ? this : this with
    {
        Folders = [.. Folders.Where(path => !tools.Contains(path.Tool))],
        Files = [.. Files.Where(path => !tools.Contains(path.Tool))],
    };

    /// <summary>Looks for everything.</summary>
    /// <exception cref="OpenSpecFailure">A file of the root cannot be read.</exception>
    internal static LegacyFindings Find(ProjectFiles files)
    {
        var blocks = LegacyCommands.BlockFiles.Where(name => files.FileExists(files.At(name)) && MarkerBlock.IsIn(ProjectFiles.Read(files.At(name)))).ToList();
        var (folders, paths) = (new List<LegacyPath>(), new List<LegacyPath>());
        foreach (var commands in LegacyCommands.All)
        {
            if (commands.Folder is { } folder)
                FindFolder(files, commands, folder, folders, paths);
            else
                paths.AddRange(commands.Names.SelectMany(pattern => Match(files, pattern)).Select(path => new LegacyPath(commands.Tool, path)));
        }

        return new LegacyFindings
        {
            BlockFiles = blocks,
            Folders = folders,
            Files = [.. paths.Distinct()],
            Prompts = FindPrompts(files.Session),
            HasAgents = files.FileExists(files.At("openspec/AGENTS.md")),
            HasProject = files.FileExists(files.At("openspec/project.md")),
        };
    }

    /// <summary>What of a folder is ours, what is not; null where it cannot be listed or is a link.</summary>
    internal static (List<string> Ours, List<string> Others)? Split(string folder, string[] names)
    {
        try
        {
            if (new DirectoryInfo(folder).LinkTarget is not null || !Directory.Exists(folder))
                return null;
            var (ours, others) = (new List<string>(), new List<string>());
            foreach (var entry in Listing.Read(folder))
            {
                if (entry.Kind == EntryKind.File && names.Contains(entry.Name) && IsGenerated($"{folder}/{entry.Name}"))
                    ours.Add(entry.Name);
                else
                    others.Add(entry.Kind == EntryKind.Directory ? $"{entry.Name}/" : entry.Name);
            }

            others.Sort(StringComparer.Ordinal);
            return (ours, others);
        }
        catch (SpecException)
        {
            return null;
        }
    }

    /// <summary>Whether a command file is one that OpenSpec wrote: all have its markers.</summary>
    internal static bool IsGenerated(string path) =>
        File.Exists(path) && new FileInfo(path).LinkTarget is null && ProjectFiles.ReadOrNull(path) is { } text && MarkerBlock.IsIn(text);

    private static void FindFolder(ProjectFiles files, LegacyCommands commands, string folder, List<LegacyPath> folders, List<LegacyPath> paths)
    {
        if (!files.FolderExists(files.At(folder)) || Split(files.At(folder), commands.Names) is not { } parts)
            return;
        if (parts.Others.Count == 0)
            folders.Add(new LegacyPath(commands.Tool, folder));
        else
            paths.AddRange(parts.Ours.Select(name => new LegacyPath(commands.Tool, $"{folder}/{name}")));
    }

    private static IEnumerable<string> Match(ProjectFiles files, string pattern)
    {
        var slash = pattern.LastIndexOf('/');
        var (folder, name) = (pattern[..slash], pattern[(slash + 1)..]);
        if (!files.FolderExists(files.At(folder)))
            return [];
        var star = name.IndexOf('*', StringComparison.Ordinal);
        try
        {
            return Listing.Read(files.At(folder)).Select(static entry => entry.Name)
                .Where(found => star < 0
                    ? found == name
                    : found.Length >= name.Length - 1 && found.StartsWith(name[..star], StringComparison.Ordinal) && found.EndsWith(name[(star + 1)..], StringComparison.Ordinal)
                        && !Js.HasLineEnd(found))
                .Select(found => $"{folder}/{found}");
        }
        catch (SpecException)
        {
            return [];
        }
    }

    private static List<LegacyPrompt> FindPrompts(Session session)
    {
        var set = Js.Trim(session.Variable("CODEX_HOME") ?? "").ToString();
        var folder = $"{Path.GetFullPath(set.Length > 0 ? set : $"{session.Variable("HOME")}/.codex", session.Directory).TrimEnd('/')}/prompts";
        try
        {
            return [.. Listing.Read(folder).Where(static entry => entry.Kind == EntryKind.File)
                .SelectMany(entry => Workflows.All.Where(workflow => entry.Name == $"opsx-{workflow}.md").Select(workflow => new LegacyPrompt($"{folder}/{entry.Name}", workflow)))];
        }
        catch (SpecException)
        {
            return [];
        }
    }
}
