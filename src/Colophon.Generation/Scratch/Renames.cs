namespace Colophon.Generation.Scratch;

/// <summary>Recognises moved files: a deletion and a creation with the same bytes. Similar bytes are never guessed to be a move.</summary>
internal static class Renames
{
    internal static IReadOnlyList<FileEdit> Find(IReadOnlyList<FileEdit> edits)
    {
        var deleted = edits.Where(static e => e.Action == EditAction.Delete && e.Before is { Content.Length: > 0 })
            .GroupBy(static e => Key(e.Before), StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => new Queue<FileEdit>(g), StringComparer.Ordinal);
        var gone = new HashSet<FileEdit>(ReferenceEqualityComparer.Instance);
        var found = new List<FileEdit>(edits.Count);
        foreach (var edit in edits)
        {
            if (edit.Action == EditAction.Create && deleted.TryGetValue(Key(edit.After), out var sources) && sources.TryDequeue(out var source))
            {
                gone.Add(source);
                found.Add(edit with { Action = EditAction.Rename, RenamedFrom = source.Path, Before = source.Before });
            }
            else
            {
                found.Add(edit);
            }
        }

        return found.Where(e => !gone.Contains(e)).OrderBy(static e => e.Path).ToList();
    }

    private static string Key(FileState? state) => state is null ? "" : $"{state.IsLink}:{state.Sha256}";
}
