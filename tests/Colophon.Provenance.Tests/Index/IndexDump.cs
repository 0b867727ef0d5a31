using System.Text;
using Colophon.Provenance.Index;
using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Tests.Index;

/// <summary>Everything an index says, without the numbers it says it by.</summary>
internal static class IndexDump
{
    private static readonly string[] s_parts =
    [
        """
        SELECT c.text, f.stream, e.seq, hex(e.leaf), e.file, e.key, e.draft, e.kind, e.at, ec.text, p.text, m.text, t.text, e.verdict, om.text, ot.text, e.own_verdict, hex(e.target), e.target_key,
          hex(g.leaf), gf.stream, g.seq, e.reason, e.inserted, e.removed, e.files, e.olds, e.needs, e.said
        FROM entry e JOIN folder f ON f.id = e.folder JOIN name c ON c.id = f.change JOIN name ec ON ec.id = e.change JOIN name p ON p.id = e.person
          LEFT JOIN name m ON m.id = e.model LEFT JOIN name t ON t.id = e.task LEFT JOIN name om ON om.id = e.own_model LEFT JOIN name ot ON ot.id = e.own_task
          LEFT JOIN entry g ON g.id = e.linked LEFT JOIN folder gf ON gf.id = g.folder
        ORDER BY e.id
        """,
        "SELECT n.kind, n.text, (SELECT count(*) FROM entry e WHERE e.id < t.entry), (SELECT hex(e.leaf) FROM entry e WHERE e.id = t.entry) FROM touch t LEFT JOIN name n ON n.id = t.node ORDER BY 1, 2, 3",
        "SELECT v.term, (SELECT count(*) FROM entry e WHERE e.id < v.doc), (SELECT hex(e.leaf) FROM entry e WHERE e.id = v.doc), v.offset FROM temp.vocabulary v ORDER BY 1, 2, 4",
        "SELECT c.text, f.stream, (SELECT count(*) FROM entry e WHERE e.folder = f.id) FROM folder f JOIN name c ON c.id = f.change ORDER BY 1, 2",
    ];

    internal static string Of(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        IndexSchema.Run(connection, "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'word', 'instance')");
        var text = new StringBuilder();
        foreach (var part in s_parts)
        {
            using var command = connection.CreateCommand();
            command.CommandText = part;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                    text.Append(reader.IsDBNull(i) ? "-" : reader.GetValue(i)).Append('|');
                text.Append('\n');
            }
        }

        return text.ToString();
    }
}
