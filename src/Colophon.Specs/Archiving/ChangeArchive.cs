using Colophon.Specs.Layout;
using Colophon.Specs.Merging;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Archiving;

/// <summary>What an archive does to one main spec.</summary>
/// <param name="Id">The capability.</param>
/// <param name="Path">The file, relative to the root of the tree.</param>
/// <param name="Before">Its text now; null where there is none.</param>
/// <param name="After">Its text afterwards; null where the capability is retired.</param>
/// <param name="Added">Requirements added.</param>
/// <param name="Modified">Requirements modified.</param>
/// <param name="Removed">Requirements removed.</param>
/// <param name="Renamed">Requirements renamed.</param>
public sealed record ArchivedSpec(string Id, string Path, string? Before, string? After, int Added, int Modified, int Removed, int Renamed);

/// <summary>How a change is archived.</summary>
public sealed record ArchiveOptions
{
    /// <summary>Archive it although tasks are open.</summary>
    public bool AllowOpenTasks { get; init; }

    /// <summary>Leave the main specs as they are.</summary>
    public bool SkipSpecs { get; init; }
}

/// <summary>An archive that is worked out in memory: nothing is touched before <see cref="Commit"/>, which does all of it or nothing.</summary>
public sealed class ChangeArchive
{
    private readonly SpecTree _tree;
    private readonly IReadOnlyList<PreparedSpec> _prepared;

    private ChangeArchive(SpecTree tree, string change, string archiveName, IReadOnlyList<PreparedSpec> prepared)
    {
        (_tree, _prepared, Change, ArchiveName) = (tree, prepared, change, archiveName);
        Specs = [.. prepared.Where(static spec => spec.Mutates).Select(Describe)];
        Warnings = [.. prepared.SelectMany(static spec => spec.Warnings)];
    }

    /// <summary>The change.</summary>
    public string Change { get; }

    /// <summary>Its name in the archive: with today's date, unless it has one.</summary>
    public string ArchiveName { get; }

    /// <summary>Its folder in the archive, relative to the root of the tree.</summary>
    public string Path => $"openspec/changes/archive/{ArchiveName}";

    /// <summary>The main specs that change.</summary>
    public IReadOnlyList<ArchivedSpec> Specs { get; }

    /// <summary>What was noticed and does not stop it.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Works out an archive. What the change's findings say is not asked again here; what is checked is that nothing is lost.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ChangeNotFound"/>, <see cref="SpecError.PathEscapes"/>, <see cref="SpecError.TasksOpen"/>, <see cref="SpecError.ArchiveTaken"/>, <see cref="SpecError.ArchiveRefused"/> or <see cref="SpecError.Unreadable"/>.</exception>
    public static ChangeArchive Prepare(SpecTree tree, string change, ArchiveOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        CheckPlace(tree, change);
        var schemas = new SchemaLibrary(tree.Root);
        var (done, all) = TaskFiles.Progress($"{tree.ChangesPath}/{change}", schemas);
        if (done < all && !options.AllowOpenTasks)
            throw new SpecException(SpecError.TasksOpen, $"{all - done} of {all} tasks of '{change}' are open.", "Finish or delete them, or archive it nevertheless with --allow-open-tasks.");
        var name = NameFor(change, time);
        if (System.IO.Path.Exists($"{tree.ArchivePath}/{name}") || new FileInfo($"{tree.ArchivePath}/{name}").LinkTarget is not null)
            throw new SpecException(SpecError.ArchiveTaken, $"The archive has a '{name}' already.", "Rename the change, or move the old folder away.");
        return new ChangeArchive(tree, change, name, options.SkipSpecs ? [] : Merge(tree, change, schemas));
    }

    /// <summary>Does it, as one: whoever is killed in between leaves what the next command finishes or undoes.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.ArchiveTaken"/> or <see cref="SpecError.ArchiveRefused"/>: it was not done, and the tree is as it was.</exception>
    public void Commit()
    {
        try
        {
            Directory.CreateDirectory(_tree.ArchivePath);
            ArchiveTransaction.Run(_tree, Change, ArchiveName, _prepared);
        }
        catch (ArchiveFailure e)
        {
            throw new SpecException(
                e.DestinationTaken ? SpecError.ArchiveTaken : SpecError.ArchiveRefused,
                e.Message,
                e.DestinationTaken ? "Wait for the other archive, or remove its lock if no process works on it." : "Nothing was changed; mend the cause and run it again.",
                e);
        }
    }

    private static ArchivedSpec Describe(PreparedSpec spec) => new(
        spec.Update.Id,
        $"openspec/specs/{spec.Update.Id}/{SpecFiles.FileName}",
        spec.Before,
        spec.Outcome == SpecOutcome.Retire ? null : spec.Before is null ? spec.Text : SpecText.MatchLineEnds(spec.Text, spec.Before),
        spec.Counts.Added,
        spec.Counts.Modified,
        spec.Counts.Removed,
        spec.Counts.Renamed);

    private static void CheckPlace(SpecTree tree, string change)
    {
        if (SpecTree.IsName(change) && new DirectoryInfo($"{tree.ChangesPath}/{change}").LinkTarget is not null)
            throw new SpecException(SpecError.PathEscapes, $"The change '{change}' is a symbolic link.", "Replace it by a folder.");
        if (!tree.IsActive(change))
        {
            if (tree.Change(change).IsArchived)
                throw new SpecException(SpecError.ArchiveTaken, $"'{change}' is archived already.", "`colophon list` shows the open changes.");
        }

        foreach (var (outer, inner) in (ReadOnlySpan<(string, string)>)[(tree.Root, tree.ChangesPath), (tree.ChangesPath, tree.ArchivePath), (tree.Root, tree.SpecsPath)])
        {
            var (allowed, managed) = (RealPaths.Of(outer), RealPaths.Of(inner));
            if (managed != allowed && !managed.StartsWith(allowed + "/", StringComparison.Ordinal))
                throw new SpecException(SpecError.PathEscapes, $"'{inner}' leads out of the project.", "Replace the link by a folder.");
        }

        if (NestedChanges.Find(tree.ChangesPath, change, new SchemaLibrary(tree.Root)) is { } nested)
            throw new SpecException(SpecError.ArchiveRefused, nested.Describe(), $"Move openspec/changes/{nested.Nested[0]}/ up and archive it.");
    }

    private static List<PreparedSpec> Merge(SpecTree tree, string change, SchemaLibrary schemas)
    {
        var (mayRetire, _) = ChangeMetadata.Read($"{tree.ChangesPath}/{change}").Marker("retire_capabilities", schemas);
        var prepared = new List<PreparedSpec>();
        foreach (var update in SpecUpdate.Find(tree, change))
        {
            var (spec, problem) = PreparedSpec.Prepare(update, change, mayRetire);
            if (spec is null)
                throw new SpecException(SpecError.ArchiveRefused, problem ?? $"{update.Id} cannot be merged.", $"`colophon validate {change}` names the place. Nothing was changed.");
            if (spec.Outcome == SpecOutcome.Write && spec.Check().FirstOrDefault(static issue => issue.Level == IssueLevel.Error) is { } fault)
                throw new SpecException(SpecError.ArchiveRefused, $"{update.Id} would not be valid afterwards: {fault.Message}", $"`colophon validate {change}` names the place. Nothing was changed.");
            prepared.Add(spec);
        }

        return prepared;
    }

    /// <summary>A change's name in the archive.</summary>
    internal static string NameFor(string change, TimeProvider time) =>
        HasDate(change) ? change : $"{TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone):yyyy-MM-dd}-{change}";

    /// <summary><c>^\d{4}-\d{2}-\d{2}-</c>.</summary>
    private static bool HasDate(string name)
    {
        const string shape = "dddd-dd-dd-";
        if (name.Length < shape.Length)
            return false;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 'd' ? !char.IsAsciiDigit(name[i]) : name[i] != '-')
                return false;
        }

        return true;
    }
}
