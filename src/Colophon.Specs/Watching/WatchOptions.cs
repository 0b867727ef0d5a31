namespace Colophon.Specs.Watching;

/// <summary>How a <see cref="LiveTree"/> watches.</summary>
public sealed record WatchOptions
{
    /// <summary>Warnings make an item invalid too; off by default.</summary>
    public bool Strict { get; init; }

    /// <summary>Find what Colophon finds instead of what OpenSpec finds; off by default. See <see cref="Incremental.IncrementalOptions.OwnFindings"/>.</summary>
    public bool OwnFindings { get; init; }

    /// <summary>Words that count beside OpenSpec's English ones; null for none.</summary>
    public SpecKeywords? Keywords { get; init; }

    /// <summary>How many bytes of parsed files are kept; 32 MiB by default. See <see cref="Incremental.IncrementalOptions.CacheBytes"/>.</summary>
    public long CacheBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How long it must be quiet before what happened is looked at; 10 ms by default.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How long steady writing can put that off; 200 ms by default.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the files are looked at where the system does not tell of changes; 2 s by default.</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Look at the files even where the system would tell; off by default.</summary>
    public bool Polling { get; init; }
}
