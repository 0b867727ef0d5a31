using System.Threading.Channels;

namespace Colophon.Specs.Watching;

/// <summary>Gathers what comes in quick succession: an editor that saves by renaming, a checkout of a branch.</summary>
/// <param name="quiet">How long nothing must come before a batch is complete.</param>
/// <param name="longest">How long a batch may be kept waiting by what keeps coming.</param>
/// <param name="time">The clock.</param>
internal sealed class Debounce(TimeSpan quiet, TimeSpan longest, TimeProvider time)
{
    /// <summary>Waits for the next batch.</summary>
    /// <returns>False where the source ended and nothing is left.</returns>
    internal async Task<bool> NextAsync(ChannelReader<string> source, HashSet<string> batch, CancellationToken cancellationToken)
    {
        batch.Clear();
        if (!await source.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            return false;
        var started = time.GetTimestamp();
        Drain(source, batch);
        var more = source.WaitToReadAsync(cancellationToken).AsTask();
        while (time.GetElapsedTime(started) < longest)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pause = Task.Delay(quiet, time, over.Token);
            if (await Task.WhenAny(more, pause).ConfigureAwait(false) == pause)
                break;
            await over.CancelAsync().ConfigureAwait(false);
            if (!await more.ConfigureAwait(false))
                break;
            Drain(source, batch);
            more = source.WaitToReadAsync(cancellationToken).AsTask();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    private static void Drain(ChannelReader<string> source, HashSet<string> batch)
    {
        while (source.TryRead(out var path))
            batch.Add(path);
    }
}
