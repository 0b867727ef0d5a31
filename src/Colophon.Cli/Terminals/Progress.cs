namespace Colophon.Cli.Terminals;

/// <summary>
/// Says that something is under way once it has taken a second: a moving line on a terminal, one plain line elsewhere. Disposing of it wipes the
/// moving line away.
/// </summary>
internal sealed class Progress : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(120);
    private static readonly string[] Frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private volatile string _text;

    private Progress(Terminal terminal, string text, TimeProvider time)
    {
        _text = text;
        _loop = LoopAsync(terminal, time);
    }

    /// <summary>Starts to wait for the second to pass.</summary>
    public static Progress Start(Terminal terminal, string text, TimeProvider time) => new(terminal, text, time);

    /// <summary>Changes what is said.</summary>
    public void Say(string text) => _text = text;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task LoopAsync(Terminal terminal, TimeProvider time)
    {
        var drawn = false;
        try
        {
            var started = time.GetTimestamp();
            await Task.Delay(Patience, time, _stop.Token).ConfigureAwait(false);
            if (!terminal.Moving)
            {
                terminal.Note(_text + " …");
                return;
            }

            for (var i = 0; ; i++)
            {
                var seconds = (int)time.GetElapsedTime(started).TotalSeconds;
                var line = Wrapping.Cut($"{Frames[i % Frames.Length]} {Terminal.Safe(_text)} · {seconds} s", terminal.ErrorColumns - 1);
                terminal.NotePart($"\r\e[K{line}");
                drawn = true;
                await Task.Delay(Beat, time, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        finally
        {
            if (drawn)
                terminal.NotePart("\r\e[K");
        }
    }
}
