using System.Globalization;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>Reads blobs by their ids through one <c>git cat-file --batch</c> for its whole life. One caller at a time.</summary>
public sealed class BlobReader(GitRepository repository) : IAsyncDisposable
{
    /// <summary>The most blobs that may be asked for ahead: few enough that git takes all their names before anybody reads.</summary>
    public const int MostAhead = 512;

    private readonly Queue<string> _ahead = new();
    private GitStream? _stream;
    private bool? _isPartial;
    private HashSet<ulong>? _here;

    /// <summary>Asks for blobs before they are read: git works on them meanwhile, and is not waited for at each. They are then read in this order, nothing else in between.</summary>
    /// <param name="ids">At most <see cref="MostAhead"/>.</param>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public async ValueTask AskAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MostAhead - _ahead.Count, nameof(ids));
        var text = new StringBuilder(ids.Count * 41);
        foreach (var id in ids)
        {
            if (!await IsAskedForAsync(id, cancellationToken).ConfigureAwait(false))
                continue;
            text.Append(id).Append('\n');
            _ahead.Enqueue(id);
        }

        if (text.Length > 0)
            await SendAsync(text.ToString(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The bytes of a blob, valid until the next call; null where the repository does not hold it or it is no blob.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (!await IsAskedForAsync(id, cancellationToken).ConfigureAwait(false))
            return null;
        if (_ahead.Count == 0)
            await SendAsync(id + "\n", cancellationToken).ConfigureAwait(false);
        else if (_ahead.Dequeue() is var next && !string.Equals(next, id, StringComparison.Ordinal))
            throw new InvalidOperationException($"The blob {next} was asked for before {id}.");
        if (_stream is null)
            return null;
        var header = await _stream.ReadTextToAsync((byte)'\n', cancellationToken).ConfigureAwait(false)
            ?? throw new KernelException(KernelError.GitFailed, "git cat-file ended before it answered.");
        if (header.Split(' ') is not [_, var type, var size])
            return null;
        var bytes = await _stream.ReadExactlyAsync(int.Parse(size, CultureInfo.InvariantCulture) + 1, cancellationToken).ConfigureAwait(false);
        if (!string.Equals(type, "blob", StringComparison.Ordinal))
            return null;
        return bytes[..^1];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask SendAsync(string text, CancellationToken cancellationToken)
    {
        _stream ??= new GitStream(repository.Git, ["cat-file", "--batch"]);
        await _stream.Input.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await _stream.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsId(string id) => !id.AsSpan().ContainsAnyExcept(HexDigits);

    // What is not here must not be asked for in a partial clone: git would fetch it, and ends where it may not.
    private async ValueTask<bool> IsAskedForAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsId(id))
            return false;
        if (!(_isPartial ??= repository.Partial is not null))
            return true;
        _here ??= await HereAsync(cancellationToken).ConfigureAwait(false);
        return _here.Contains(Number(id));
    }

    private async Task<HashSet<ulong>> HereAsync(CancellationToken cancellationToken)
    {
        var here = new HashSet<ulong>();
        var stream = new GitStream(repository.Git, ["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)"]);
        await using (stream.ConfigureAwait(false))
        {
            while (await stream.ReadTextToAsync((byte)'\n', cancellationToken).ConfigureAwait(false) is { } id)
                here.Add(Number(id));
            await stream.FinishAsync(cancellationToken).ConfigureAwait(false);
        }

        return here;
    }

    private static ulong Number(string id) => id.Length >= 16 && ulong.TryParse(id.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");
}
