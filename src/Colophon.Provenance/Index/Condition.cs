namespace Colophon.Provenance.Index;

/// <summary>One thing that a query asks for. What comes into the text of a statement is numbers only; words are a parameter.</summary>
internal abstract record Condition
{
    /// <summary>Runs a statement with the parameters ?1 (before this number), ?2 (from this number on), ?3 (at most so many) and, from ?4 on, words.</summary>
    internal delegate List<long> Runner(string text, long limit);

    /// <summary>Whether nothing can fit.</summary>
    internal virtual bool IsEmpty => false;

    /// <summary>As a condition on the entry <c>e</c>.</summary>
    internal abstract string Filter { get; }

    /// <summary>All entries that fit, for counting.</summary>
    internal abstract string Rows { get; }

    /// <summary>The newest numbers that fit this and the rest, newest first, read by this one's own index.</summary>
    internal abstract IReadOnlyList<long> Lead(string rest, long limit, Runner run);
}

/// <summary>A column of the entry has one of these values.</summary>
internal sealed record Column(string Name, IReadOnlyList<long> Ids) : Condition
{
    internal override bool IsEmpty => Ids.Count == 0;

    internal override string Filter => $"e.{Name} IN ({string.Join(',', Ids)})";

    internal override string Rows => $"SELECT 1 FROM entry e INDEXED BY entry_{Name} WHERE {Filter}";

    internal override IReadOnlyList<long> Lead(string rest, long limit, Runner run)
    {
        var found = new List<long>();
        foreach (var id in Ids)
            found.AddRange(run($"SELECT e.id FROM entry e INDEXED BY entry_{Name} WHERE e.{Name} = {id} AND e.id < ?1 AND e.id >= ?2{rest} ORDER BY e.id DESC LIMIT ?3", limit));
        if (Ids.Count == 1)
            return found;
        found.Sort(static (a, b) => b.CompareTo(a));
        return [.. found.Take((int)Math.Min(limit, int.MaxValue))];
    }
}

/// <summary>It speaks of a path or a requirement; null where no entry does.</summary>
internal sealed record Node(long? Id) : Condition
{
    internal override bool IsEmpty => Id is null;

    internal override string Filter => $"EXISTS (SELECT 1 FROM touch t WHERE t.node = {Id} AND t.entry = e.id)";

    internal override string Rows => $"SELECT 1 FROM touch t WHERE t.node = {Id}";

    internal override IReadOnlyList<long> Lead(string rest, long limit, Runner run) =>
        run($"SELECT t.entry FROM touch t CROSS JOIN entry e ON e.id = t.entry WHERE t.node = {Id} AND t.entry < ?1 AND t.entry >= ?2{rest} ORDER BY t.entry DESC LIMIT ?3", limit);
}

/// <summary>Words stand in its text; null where what was asked for is no word.</summary>
/// <param name="Match">The words, as FTS5 takes them.</param>
/// <param name="Place">The number of the parameter that they are.</param>
internal sealed record Words(string? Match, int Place) : Condition
{
    internal override bool IsEmpty => Match is null;

    internal override string Filter => $"EXISTS (SELECT 1 FROM word WHERE word MATCH ?{Place} AND word.rowid = e.id)";

    internal override string Rows => $"SELECT 1 FROM word WHERE word MATCH ?{Place}";

    internal override IReadOnlyList<long> Lead(string rest, long limit, Runner run) =>
        run($"SELECT word.rowid FROM word CROSS JOIN entry e ON e.id = word.rowid WHERE word MATCH ?{Place} AND word.rowid < ?1 AND word.rowid >= ?2{rest} ORDER BY word.rowid DESC LIMIT ?3", limit);
}

/// <summary>At least one of several holds.</summary>
internal sealed record Either(IReadOnlyList<Condition> Parts) : Condition
{
    internal override bool IsEmpty => Parts.All(static part => part.IsEmpty);

    internal override string Filter => $"({string.Join(" OR ", Parts.Select(static part => part.Filter))})";

    internal override string Rows => string.Join(" UNION ALL ", Parts.Select(static part => part.Rows));

    internal override IReadOnlyList<long> Lead(string rest, long limit, Runner run)
    {
        // The newest of all are among the newest of each.
        var found = new SortedSet<long>(Parts.SelectMany(part => part.Lead(rest, limit, run)));
        return [.. found.Reverse().Take((int)Math.Min(limit, int.MaxValue))];
    }
}

/// <summary>A bound on its time. The range of numbers does the work; this is for times beyond what numbers hold.</summary>
internal sealed record Moment(string Text) : Condition
{
    internal override string Filter => Text;

    internal override string Rows => throw new NotSupportedException("A moment never leads.");

    internal override IReadOnlyList<long> Lead(string rest, long limit, Runner run) => throw new NotSupportedException("A moment never leads.");
}
