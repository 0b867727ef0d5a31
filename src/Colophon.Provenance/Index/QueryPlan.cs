using System.Text;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>
/// How a query is answered: of what it asks for, the rarest leads, read from the newest entry on by an index of its own, and the rest are looked up for each. Names become numbers first, so
/// that a part of a name costs no more than the whole.
/// </summary>
internal sealed class QueryPlan
{
    // Counting further would cost more than it saves.
    private const long Countable = 2_000;

    private readonly SqliteConnection _connection;
    private readonly List<Condition> _conditions = [];
    private readonly List<Words> _words = [];
    private readonly long _first;
    private readonly long _end;

    /// <summary>Turns the names that are asked for into numbers.</summary>
    /// <param name="connection">The open database.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="after">The number of the entry that the list goes on from.</param>
    internal QueryPlan(SqliteConnection connection, AuditQuery query, long? after)
    {
        _connection = connection;
        using var names = new NameTable(connection);
        Node(NameKind.Requirement, query.Requirement);
        Node(NameKind.Path, query.File);
        if (query.Text is { } text)
            Add(new WordPlan(connection, text));
        Column("task", query.Task is { } task ? Ids(names.Find(NameKind.Task, task)) : null);
        if (query.Model is { } model)
            Column("model", NameTable.Matching(connection, NameKind.Model, name => IsModel(name, model)));
        if (query.Provider is { } provider)
            Column("model", NameTable.Matching(connection, NameKind.Model, name => string.Equals(name.Split('\n')[0], provider, StringComparison.OrdinalIgnoreCase)));
        if (query.Developer is { } developer)
            Column("person", NameTable.Matching(connection, NameKind.Person, name => IsPerson(name, developer, query.Holder)));
        Column("change", query.Change is { } change ? Ids(names.Find(NameKind.Change, change)) : null);
        Column("verdict", query.Accepted is { } accepted ? [accepted ? 1 : 0] : null);
        Column("kind", query.Kinds is { } kinds ? [.. kinds.Distinct().Select(static k => (long)k)] : null);
        (_first, _end) = (0, after ?? long.MaxValue);
        if (query.Since is { } since)
        {
            _first = EntryNumbers.First(since.ToUnixTimeMilliseconds());
            _conditions.Add(new Moment($"e.at >= {since.ToUnixTimeMilliseconds()}"));
        }

        if (query.Until is { } until)
        {
            _end = Math.Min(_end, EntryNumbers.First(until.ToUnixTimeMilliseconds()) | EntryNumbers.Mask);
            _conditions.Add(new Moment($"e.at < {until.ToUnixTimeMilliseconds()}"));
        }

        void Node(NameKind of, string? name)
        {
            if (name is not null)
                _conditions.Add(new Node(names.Find(of, name.TrimEnd('/'))));
        }
    }

    /// <summary>The numbers of the entries that fit, newest first.</summary>
    internal IReadOnlyList<long> Ids(long limit)
    {
        if (_conditions.Exists(static c => c.IsEmpty))
            return [];
        var leads = _conditions.Where(static c => c is not Moment).ToArray();
        var lead = leads.Length > 1 ? leads.MinBy(Count) : leads.FirstOrDefault();
        var rest = new StringBuilder();
        foreach (var condition in _conditions.Where(c => c != lead))
            rest.Append(" AND ").Append(condition.Filter);
        return lead?.Lead(rest.ToString(), limit, Run) ?? Run($"SELECT e.id FROM entry e NOT INDEXED WHERE e.id < ?1 AND e.id >= ?2{rest} ORDER BY e.id DESC LIMIT ?3", limit);
    }

    private long Count(Condition condition)
    {
        using var statement = new IndexStatement(_connection, $"SELECT count(*) FROM ({condition.Rows} LIMIT {Countable})");
        SetWords(statement, condition.Rows);
        return statement.Number() ?? 0;
    }

    private void Add(WordPlan plan)
    {
        _words.AddRange(plan.Words);
        _conditions.AddRange(plan.Conditions);
    }

    // A statement has the parameters that its text names, and no others.
    private void SetWords(IndexStatement statement, string text)
    {
        foreach (var words in _words.Where(words => text.Contains($"?{words.Place} ", StringComparison.Ordinal) || text.EndsWith($"?{words.Place}", StringComparison.Ordinal)))
            statement.Set(words.Place, words.Match);
    }

    private List<long> Run(string text, long limit)
    {
        using var statement = new IndexStatement(_connection, text);
        statement.Set(1, _end).Set(2, _first).Set(3, limit);
        SetWords(statement, text);
        var ids = new List<long>();
        while (statement.Step())
            ids.Add(statement.Long(0));
        return ids;
    }

    private void Column(string name, IReadOnlyList<long>? ids)
    {
        if (ids is not null)
            _conditions.Add(new Column(name, ids));
    }

    private static long[] Ids(long? id) => id is { } number ? [number] : [];

    // Under a name that its writer only chose an entry of a known key is not found: it would pass for another's.
    private static bool IsPerson(string name, string asked, Func<string, string?>? holder) =>
        name.Split('\n', 2) is [var key, var person]
        && ((holder?.Invoke(key) ?? person).Contains(asked, StringComparison.OrdinalIgnoreCase) || (asked.Length >= 4 && key.StartsWith(asked, StringComparison.OrdinalIgnoreCase)));

    private static bool IsModel(string name, string asked) =>
        name.Split('\n') is [var provider, var requested, var reported]
        && ($"{provider}/{requested}".Contains(asked, StringComparison.OrdinalIgnoreCase) || (reported.Length > 0 && $"{provider}/{reported}".Contains(asked, StringComparison.OrdinalIgnoreCase)));
}
