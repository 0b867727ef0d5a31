using Microsoft.Data.Sqlite;

namespace Colophon.Provenance.Index;

/// <summary>
/// What words ask for. A word stands in an entry's text, or in the name of its change, model or task; names are few and have numbers, so that the text need not repeat in every entry what
/// thousands of them share.
/// </summary>
internal sealed class WordPlan
{
    private const int FirstPlace = 4;

    private static readonly (NameKind Kind, string Column)[] s_named = [(NameKind.Change, "change"), (NameKind.Model, "model"), (NameKind.Task, "task")];

    private readonly List<Words> _words = [];
    private readonly List<Condition> _conditions = [];

    /// <summary>Looks the words up.</summary>
    internal WordPlan(SqliteConnection connection, string text)
    {
        var plain = new List<string>();
        foreach (var word in text.Replace('\0', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(static w => w.Any(char.IsLetterOrDigit)))
        {
            var (bare, isBeginning) = (word.TrimEnd('*'), word.EndsWith('*'));
            // As a string of FTS5's own, which says nothing but itself.
            var term = $"\"{bare.Replace("\"", "\"\"", StringComparison.Ordinal)}\"{(isBeginning ? "*" : "")}";
            Condition[] named = [.. s_named.Select(n => new Column(n.Column, NameTable.Matching(connection, n.Kind, name => Has(name, bare, isBeginning)))).Where(static column => !column.IsEmpty)];
            if (named.Length == 0)
                plain.Add(term);
            else
                _conditions.Add(new Either([Keep(term), .. named]));
        }

        if (plain.Count > 0 || _conditions.Count == 0)
            _conditions.Add(Keep(plain.Count > 0 ? string.Join(" AND ", plain) : null));
    }

    /// <summary>The words that are parameters.</summary>
    internal IReadOnlyList<Words> Words => _words;

    /// <summary>What must hold, all of it.</summary>
    internal IReadOnlyList<Condition> Conditions => _conditions;

    private Words Keep(string? match)
    {
        var words = new Words(match, FirstPlace + _words.Count);
        _words.Add(words);
        return words;
    }

    // Whole words, as the text is searched: what stands before and after is no letter or digit.
    private static bool Has(string name, string word, bool isBeginning)
    {
        for (var at = name.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = name.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(name[at - 1])) && (isBeginning || end == name.Length || !char.IsLetterOrDigit(name[end])))
                return true;
        }

        return false;
    }
}
