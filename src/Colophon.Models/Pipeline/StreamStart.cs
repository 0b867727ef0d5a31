using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Pipeline;

/// <summary>
/// A stream opened as far as its first content. Until then nothing was shown to anyone, so the call may be made again or elsewhere;
/// afterwards a second try would show the same words twice.
/// </summary>
internal sealed class StreamStart : IAsyncDisposable
{
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private readonly List<ChatResponseUpdate> _held = [];
    private bool _ended;

    private StreamStart(IAsyncEnumerator<ChatResponseUpdate> updates) => _updates = updates;

    /// <summary>Opens a stream; what fails before the first content is thrown from here.</summary>
    public static async Task<StreamStart> OpenAsync(
        IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var start = new StreamStart(client.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken));
        try
        {
            while (true)
            {
                if (!await start._updates.MoveNextAsync().ConfigureAwait(false))
                {
                    start._ended = true;
                    return start;
                }

                start._held.Add(start._updates.Current);
                if (start._updates.Current.Contents.Count > 0 || start._updates.Current.FinishReason is not null)
                    return start;
            }
        }
        catch
        {
            await start.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What was held back, then the rest as it comes.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var update in _held)
            yield return update;
        while (!_ended && await _updates.MoveNextAsync().ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return _updates.Current;
        }
    }

    public ValueTask DisposeAsync() => _updates.DisposeAsync();
}
