using System.Text;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>Turns a query into SQL; every value is a parameter.</summary>
internal static class QueryText
{
    // g: the generation that a decision is about. The verdict on a generation: rejected wins where decisions contradict.
    private const string Select =
        """
        SELECT e.path, e.leaf, e.id, e.kind, e.change, e.stream, e.seq, e.at, e.name,
          coalesce(e.provider || '/' || coalesce(e.reported, e.requested), g.provider || '/' || coalesce(g.reported, g.requested)),
          coalesce(e.task, g.task),
          coalesce(e.accepted, (SELECT min(d.accepted) FROM entry d WHERE d.target = e.leaf)) AS verdict,
          e.reason, e.target, e.inserted, e.removed, e.files, g.path
        FROM entry e LEFT JOIN entry g ON g.leaf = e.target AND g.kind = 0
        WHERE e.leaf IS NOT NULL
        """;

    public static void Fill(SqliteCommand command, AuditQuery query)
    {
        var text = new StringBuilder(Select);
        void And(string condition, string name, object? value)
        {
            if (value is null)
                return;
            text.Append(" AND ").Append(condition);
            command.Parameters.Add(new SqliteParameter { ParameterName = name, Value = value });
        }

        And("e.change = $change", "$change", query.Change);
        And("e.at >= $since", "$since", query.Since?.ToUnixTimeMilliseconds());
        And("e.at < $until", "$until", query.Until?.ToUnixTimeMilliseconds());
        And("e.kind = $kind", "$kind", query.Kind is { } kind ? (long)kind : null);
        And("verdict = $accepted", "$accepted", query.Accepted is { } accepted ? (accepted ? 1L : 0L) : null);
        And("(e.name = $developer COLLATE NOCASE OR (length($developer) >= 4 AND substr(e.key, 1, length($developer)) = lower($developer)))", "$developer", query.Developer);
        And(
            """
            instr(lower(coalesce(e.provider || '/' || e.requested || ' ' || coalesce(e.provider || '/' || e.reported, ''),
              g.provider || '/' || g.requested || ' ' || coalesce(g.provider || '/' || g.reported, ''), '')), lower($model)) > 0
            """,
            "$model",
            query.Model);
        And(
            """
            EXISTS (SELECT 1 FROM file f WHERE f.entry IN (e.path, g.path) AND (f.path = $file OR (f.path >= $file || '/' AND f.path < $file || '0')))
            """,
            "$file",
            query.File?.TrimEnd('/'));
        text.Append(" ORDER BY e.at DESC, e.change DESC, e.stream DESC, e.seq DESC, e.leaf LIMIT $limit");
        command.Parameters.Add(new SqliteParameter { ParameterName = "$limit", Value = (long)query.Limit });
        command.CommandText = text.ToString();
    }
}
