namespace Colophon.Specs.Layout;

/// <summary>When anything in a folder was last written.</summary>
internal static class LastModified
{
    private const int MaximumDepth = 64;

    /// <summary>The newest file's time, rounded to the millisecond; the folder's own where it holds no file.</summary>
    internal static DateTimeOffset Of(string directory)
    {
        DateTimeOffset? latest = null;
        Walk(directory, 0, ref latest);
        return Round(latest ?? new DateTimeOffset(Directory.GetLastWriteTimeUtc(directory)));
    }

    private static void Walk(string directory, int depth, ref DateTimeOffset? latest)
    {
        if (depth > MaximumDepth)
            return;
        foreach (var (name, kind) in Listing.Read(directory))
        {
            var path = $"{directory}/{name}";
            if (kind == EntryKind.Directory)
            {
                Walk(path, depth + 1, ref latest);
                continue;
            }

            FileSystemInfo file = new FileInfo(path);
            if (kind == EntryKind.Link)
            {
                // A link that leads nowhere or in a circle has no time.
                if (TryResolve(path) is not { } target)
                    continue;
                file = target;
            }

            var time = new DateTimeOffset(file.LastWriteTimeUtc);
            if (latest is null || time > latest)
                latest = time;
        }
    }

    private static FileSystemInfo? TryResolve(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true) is { Exists: true } target ? target : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Half up and in floating point, as the CLI's platform does: 238.49999 ms since 1970 need more digits than it has, and round up.</summary>
    private static DateTimeOffset Round(DateTimeOffset time)
    {
        var milliseconds = (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond;
        return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor(milliseconds + 0.5));
    }
}
