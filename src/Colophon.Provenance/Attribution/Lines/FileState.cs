namespace Colophon.Provenance.Attribution.Lines;

/// <summary>Consecutive lines with one owner, the owner as its number in the <see cref="OwnerTable"/>.</summary>
internal readonly record struct OwnedRun(int Count, int Owner);

/// <summary>A path's content in one commit and who wrote its lines.</summary>
internal sealed record FileState(string Blob, IReadOnlyList<OwnedRun> Runs, SkipReason? Skipped)
{
    /// <summary>The owner of every line.</summary>
    public int[] Owners()
    {
        var owners = new int[Runs.Sum(static r => r.Count)];
        var line = 0;
        foreach (var run in Runs)
        {
            owners.AsSpan(line, run.Count).Fill(run.Owner);
            line += run.Count;
        }

        return owners;
    }

    public static FileState Of(string blob, ReadOnlySpan<int> owners)
    {
        var runs = new List<OwnedRun>();
        for (var i = 0; i < owners.Length;)
        {
            var start = i;
            while (i < owners.Length && owners[i] == owners[start])
                i++;
            runs.Add(new OwnedRun(i - start, owners[start]));
        }

        return new FileState(blob, runs, null);
    }
}

/// <summary>Owners by number, so that a line costs an integer. Number 0 is the unknown owner.</summary>
internal sealed class OwnerTable
{
    /// <summary>Nobody yet: the line is still to be claimed.</summary>
    public const int None = -1;

    /// <summary>Whoever's line it was before a formatter wrote it anew.</summary>
    public const int Formatted = -2;

    private readonly Dictionary<LineOwner, int> _numbers = [];
    private readonly List<LineOwner> _owners = [];

    public OwnerTable() => Number(new LineOwner(OwnerKind.Unknown));

    public int Count => _owners.Count;

    public LineOwner this[int number] => _owners[number];

    public int Number(LineOwner owner)
    {
        if (_numbers.TryGetValue(owner, out var number))
            return number;
        number = _owners.Count;
        _numbers[owner] = number;
        _owners.Add(owner);
        return number;
    }

    /// <summary>The entry that a line's owner rests on, where the line is a model's.</summary>
    public string? ModelEntry(int number) => number > 0 && _owners[number] is { Kind: OwnerKind.Model, Entry: var entry } ? entry : null;
}
