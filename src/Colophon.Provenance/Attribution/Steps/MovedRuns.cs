using Colophon.Provenance.Attribution.Lines;

namespace Colophon.Provenance.Attribution.Steps;

/// <summary>
/// Step 4: runs of lines that no parent explains and that equal lines deleted in the same commit keep the owners they had. A run needs at least 3 lines and 20
/// letters or digits; the longest match wins, among equals the first in path and line order; every deleted line moves once.
/// </summary>
internal sealed class MovedRuns
{
    private const int LeastLines = 3;
    private const int LeastAlphanumerics = 20;
    private const int MostCandidates = 256;

    private readonly List<ulong> _keys = [];
    private readonly List<int> _owners = [];
    private readonly List<bool> _taken = [];
    private readonly Dictionary<ulong, List<int>> _places = [];

    /// <summary>Whether nothing was deleted.</summary>
    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Adds deleted lines; consecutive ones only.</summary>
    public void Delete(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> owners)
    {
        if (keys.Length < LeastLines)
            return;
        for (var i = 0; i < keys.Length; i++)
        {
            if (!_places.TryGetValue(keys[i], out var places))
                _places[keys[i]] = places = [];
            places.Add(_keys.Count);
            Add(keys[i], owners[i], taken: false);
        }

        // A border that nothing crosses.
        Add(0, 0, taken: true);
    }

    /// <summary>Gives new lines of a file the owners they had where they came from.</summary>
    public void Claim(PendingFile file)
    {
        var (lines, owners) = (file.Lines, file.Owners);
        bool IsNew(int line) => owners[line] == OwnerTable.None || file.Claimed[line];
        for (var i = 0; i < owners.Length;)
        {
            if (!IsNew(i))
            {
                i++;
                continue;
            }

            var (place, length) = Longest(lines.Keys, IsNew, i);
            if (length < LeastLines || Alphanumerics(lines, i, length) < LeastAlphanumerics)
            {
                i++;
                continue;
            }

            for (var k = 0; k < length; k++)
            {
                owners[i + k] = _owners[place + k];
                _taken[place + k] = true;
            }

            i += length;
        }
    }

    private (int Place, int Length) Longest(ulong[] keys, Func<int, bool> isNew, int start)
    {
        var best = (Place: 0, Length: 0);
        if (!_places.TryGetValue(keys[start], out var places))
            return best;
        foreach (var place in places.Take(MostCandidates))
        {
            var length = 0;
            while (start + length < keys.Length && isNew(start + length) && place + length < _keys.Count
                && !_taken[place + length] && _keys[place + length] == keys[start + length])
                length++;
            if (length > best.Length)
                best = (place, length);
        }

        return best;
    }

    private static int Alphanumerics(FileLines lines, int start, int length)
    {
        var count = 0;
        for (var i = start; i < start + length; i++)
            count += lines.Alphanumerics[i];
        return count;
    }

    private void Add(ulong key, int owner, bool taken)
    {
        _keys.Add(key);
        _owners.Add(owner);
        _taken.Add(taken);
    }
}
