using System.Globalization;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>Reads blobs by their ids through one <c>git cat-file --batch</c> for its whole life. One caller at a time.</summary>
public sealed class BlobReader(GitRepository repository) : IAsyncDisposable
{
    private GitStream? _stream;

    /// <summary>The bytes of a blob, valid until the next call; null where the repository does not hold it or it is no blob.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> or <see cref="KernelError.GitMissing"/>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        _stream ??= new GitStream(repository.Git, ["cat-file", "--batch"]);
        if (id.AsSpan().ContainsAnyExcept(HexDigits))
            return null;
        await _stream.Input.WriteAsync(Encoding.ASCII.GetBytes(id + "\n"), cancellationToken).ConfigureAwait(false);
        await _stream.Input.FlushAsync(cancellationToken).ConfigureAwait(false);
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

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef");
}
