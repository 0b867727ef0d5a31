using System.Diagnostics;
using System.Text;
using Colophon.Kernel.Errors;

namespace Colophon.Kernel.Git;

/// <summary>
/// One long-lived git command whose output is read piece by piece through one buffer. Its standard error is drained all the while, so it
/// never blocks on it; disposing ends the process.
/// </summary>
internal sealed class GitStream : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Stream _output;
    private readonly Task<string> _error;
    private readonly string _command;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public GitStream(GitRunner git, IReadOnlyList<string> arguments)
    {
        _command = arguments[0];
        _process = git.Start(arguments);
        _output = _process.StandardOutput.BaseStream;
        _error = _process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>The command's standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The bytes up to a separator, without it; null at the end of the output. Valid until the next read.</summary>
    /// <exception cref="KernelException"><see cref="KernelError.GitFailed"/> where the output ends inside a piece.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadToAsync(byte separator, CancellationToken cancellationToken)
    {
        for (var searched = 0; ;)
        {
            var at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(separator);
            if (at >= 0)
            {
                var piece = _buffer.AsMemory(_start, searched + at);
                _start += searched + at + 1;
                return piece;
            }

            searched = _end - _start;
            if (await FillAsync(cancellationToken).ConfigureAwait(false))
                continue;
            if (_start == _end)
                return null;
            throw await FailedAsync("its output ends in the middle").ConfigureAwait(false);
        }
    }

    /// <summary>The same as UTF-8 text.</summary>
    public async ValueTask<string?> ReadTextToAsync(byte separator, CancellationToken cancellationToken) =>
        await ReadToAsync(separator, cancellationToken).ConfigureAwait(false) is { } piece ? Encoding.UTF8.GetString(piece.Span) : null;

    /// <summary>Exactly so many bytes. Valid until the next read.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadExactlyAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                throw await FailedAsync("its output ends in the middle").ConfigureAwait(false);
        }

        _start += count;
        return _buffer.AsMemory(_start - count, count);
    }

    /// <summary>Throws unless the command ended well.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (_process.ExitCode != 0)
            throw await FailedAsync($"exit code {_process.ExitCode}").ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Input.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It ended first; there is nobody to tell.
        }

        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await _error.ConfigureAwait(false);
        _process.Dispose();
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _output.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }

    private async Task<KernelException> FailedAsync(string what)
    {
        if (!_process.HasExited)
            _process.Kill();
        return new KernelException(KernelError.GitFailed, $"git {_command} failed: {what}. {(await _error.ConfigureAwait(false)).Trim()}".TrimEnd());
    }
}
