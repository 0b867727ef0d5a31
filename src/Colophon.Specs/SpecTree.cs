using Colophon.Kernel.Words;
using Colophon.Specs.Archiving;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;

namespace Colophon.Specs;

/// <summary>
/// A project's <c>openspec/</c> folder. Nothing is read until it is asked for and nothing is kept: every call sees the files as they are.
/// </summary>
public sealed class SpecTree
{
    private const string ChangesFolder = "openspec/changes";
    private const int DateLength = 11;
    private const string ArchiveFolder = "openspec/changes/archive";
    private const string SpecsFolder = "openspec/specs";

    private SpecTree(string root, string? source = "nearest") => (Root, Source) = (root, source);

    /// <summary>The absolute path, without symbolic links, of the folder that holds <c>openspec/</c>.</summary>
    public string Root { get; }

    /// <summary>The names of the active changes: folders directly under <c>changes/</c> but <c>archive</c> and dot folders, ordered by code unit.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public IReadOnlyList<string> Changes => Folders(ChangesFolder, "archive");

    /// <summary>As <see cref="Changes"/>, without folders whose names are not UTF-8: those cannot be opened.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public IReadOnlyList<string> OpenableChanges => [.. Changes.Where(name => !IsMangled(name))];

    /// <summary>The names of the archived changes with their dates, ordered by code unit.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public IReadOnlyList<string> ArchivedChanges => Folders(ArchiveFolder, null);

    /// <summary>The ids of the main specs, ordered by code unit.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public IReadOnlyList<string> Specs => SpecFiles.Find(SpecsPath).ConvertAll(static file => file.Id);

    /// <summary>How the tree was found, for OpenSpec's JSON; null where the answer does not say.</summary>
    internal string? Source { get; }

    /// <summary>The registered store that the tree is, where it was selected as one.</summary>
    internal string? StoreId { get; private init; }

    /// <summary>Words that count beside OpenSpec's English ones; null for none.</summary>
    public SpecKeywords? Keywords { get; private init; }

    internal string ArchivePath => $"{Root}/{ArchiveFolder}";

    internal string ChangesPath => $"{Root}/{ChangesFolder}";

    internal string SpecsPath => $"{Root}/{SpecsFolder}";

    /// <summary>Opens the tree of a folder.</summary>
    /// <param name="root">The folder that holds <c>openspec/</c>.</param>
    /// <exception cref="SpecException"><see cref="SpecError.NoTree"/> or <see cref="SpecError.TreeMalformed"/>.</exception>
    public static SpecTree Open(string root)
    {
        var full = RealPaths.Of(Path.GetFullPath(root));
        var openspec = $"{full}/openspec";
        if (IsTree(full))
            return new SpecTree(full);
        if (File.Exists(openspec) || new FileInfo(openspec).LinkTarget is not null && !Directory.Exists(openspec))
            throw new SpecException(SpecError.TreeMalformed, $"'{openspec}' is not a folder.", "It must be a folder with specs/ and changes/; `colophon init` makes one.");
        if (Directory.Exists(openspec))
        {
            throw new SpecException(
                SpecError.TreeMalformed, $"'{openspec}' holds neither specs/ nor changes/ nor config.yaml.", "`colophon init` adds what is missing.");
        }

        throw new SpecException(SpecError.NoTree, $"There is no openspec/ folder in '{full}'.", "Run `colophon init` there to make one.");
    }

    /// <summary>Opens the nearest tree from a folder upwards.</summary>
    /// <returns>Null where no ancestor has an <c>openspec/</c> with <c>specs/</c>, <c>changes/</c> or a configuration file.</returns>
    public static SpecTree? Find(string start)
    {
        var full = Path.GetFullPath(start);
        var folder = RealPaths.Of(File.Exists(full) ? Path.GetDirectoryName(full) ?? "/" : full);
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (IsTree(at))
                return new SpecTree(at);
        }

        return null;
    }

    /// <summary>The same tree, read with words that count beside the English ones; null for none.</summary>
    public SpecTree With(SpecKeywords? keywords) => keywords == Keywords ? this : new SpecTree(Root, Source) { StoreId = StoreId, Keywords = keywords };

    /// <summary>A command that leads back to this tree when it is pasted.</summary>
    internal string Hint(string command) => StoreId is null ? command : $"{command} --store {StoreId}";

    /// <summary>A folder taken for a tree whatever it holds.</summary>
    internal static SpecTree At(string root, string? source, string? storeId = null) => new(root, source) { StoreId = storeId };

    /// <summary>Reads a change: an active one by its name, or an archived one by its dated name.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/> with the nearest name as a hint, or <see cref="SpecError.Unreadable"/>.</exception>
    public Change Change(string name)
    {
        if (IsActive(name))
            return ChangeReader.Read(Root, $"{ChangesFolder}/{name}", name, archived: false, Keywords);
        if (IsName(name) && Directory.Exists($"{Root}/{ArchiveFolder}/{name}"))
            return ChangeReader.Read(Root, $"{ArchiveFolder}/{name}", name, archived: true, Keywords);
        if (IsMangled(name) && Changes.Contains(name))
            throw new SpecException(SpecError.Unreadable, $"The name of the folder '{ChangesFolder}/{name}' is not UTF-8, so it cannot be opened.", "Rename it.");
        throw ArchivedAs(name) is { } archived
            ? new SpecException(SpecError.ChangeNotFound, $"The change '{name}' is archived as '{archived}'.", $"That name shows it: `colophon show {archived}`.")
            : new SpecException(SpecError.ChangeNotFound, $"There is no change '{name}'.", Suggest(name, Changes, "changes"));
    }

    /// <summary>The dated name under which a change was last archived, or null.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public string? ArchivedAs(string name) => IsName(name)
        ? ArchivedChanges.LastOrDefault(dated => dated.Length == DateLength + name.Length && dated.EndsWith(name, StringComparison.Ordinal) && dated[DateLength - 1] == '-' && char.IsAsciiDigit(dated[0]))
        : null;

    /// <summary>Reads a main spec.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.SpecNotFound"/> with the nearest id as a hint, or <see cref="SpecError.Unreadable"/>.</exception>
    public Spec Spec(string id)
    {
        var specs = SpecFiles.Find(SpecsPath);
        foreach (var file in specs)
        {
            if (file.Id != id)
                continue;
            var spec = MainSpec.Read(FileText.Read(file.Path).OrThrow(file.Path), Keywords);
            return new Spec
            {
                Id = id,
                Path = $"{SpecsFolder}/{id}/{SpecFiles.FileName}",
                Markdown = spec.Lines.Text,
                Purpose = spec.Purpose,
                Requirements = RequirementReader.Read(spec.Blocks, id, new Dictionary<string, string>(StringComparer.Ordinal)),
            };
        }

        throw new SpecException(SpecError.SpecNotFound, $"There is no spec '{id}'.", Suggest(id, specs.ConvertAll(static file => file.Id), "specs"));
    }

    /// <summary>The main specs that can be found, and what stands where one should be: a folder that cannot be listed, a <c>spec.md</c> that is no file.</summary>
    /// <exception cref="SpecException">Never: what cannot be read is among the problems.</exception>
    public (IReadOnlyList<string> Ids, IReadOnlyList<SpecProblem> Problems) LookAtSpecs()
    {
        var (found, problems) = SpecFiles.Look(SpecsPath, SpecsFolder);
        return (found.ConvertAll(static file => file.Id), problems);
    }

    /// <summary>Finishes, or undoes, an archive that was cut short. Cheap where there is none.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ArchiveUnfinished"/>: the file system refuses.</exception>
    public void Recover()
    {
        if (ArchiveTransaction.Recover(this) is { } problem)
            throw new SpecException(SpecError.ArchiveUnfinished, problem, "Allow writing below openspec/ and run the command again.");
    }

    internal bool IsActive(string name) => IsName(name) && name != "archive" && name[0] != '.' && Directory.Exists($"{ChangesPath}/{name}")
        && new DirectoryInfo($"{ChangesPath}/{name}").LinkTarget is null;

    // A name of other bytes is read with U+FFFD in their place, and no folder has that name.
    private bool IsMangled(string name) => name.Contains('\uFFFD') && !Directory.Exists($"{ChangesPath}/{name}");

    internal static bool IsName(string name) => name.Length > 0 && name is not ("." or "..") && !name.AsSpan().ContainsAny("/\\\0");

    /// <summary>Whether a folder holds a tree of its own.</summary>
    public static bool IsAt(string folder) => IsTree(folder);

    private static bool IsTree(string folder)
    {
        var openspec = $"{folder}/openspec";
        return Directory.Exists(openspec)
            && (Directory.Exists($"{openspec}/specs") || Directory.Exists($"{openspec}/changes")
                || File.Exists($"{openspec}/config.yaml") || File.Exists($"{openspec}/config.yml"));
    }

    private static string Suggest(string word, IReadOnlyList<string> known, string what)
    {
        if (known.Count == 0)
            return $"The tree has no {what} yet.";
        return EditDistance.Closest(word, known) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"Known {what}: {string.Join(", ", known.Take(8))}{(known.Count > 8 ? ", …" : "")}.";
    }

    private List<string> Folders(string path, string? except)
    {
        var names = new List<string>();
        foreach (var (name, kind) in Listing.Read($"{Root}/{path}"))
        {
            if (kind == EntryKind.Directory && name[0] != '.' && name != except)
                names.Add(name);
        }

        return names;
    }
}
