using System.Net;

namespace Colophon.Models.Tests.Doubles;

/// <summary>Answers every request with the same events, handed out in reads of the given lengths; an action may be done before each.</summary>
public sealed class PieceHandler(byte[] body, IReadOnlyList<int> lengths, Action? onRead = null) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PieceStream(body, lengths, onRead)) });

    private sealed class PieceStream(byte[] body, IReadOnlyList<int> lengths, Action? onRead) : MemoryStream(body)
    {
        private int _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            onRead?.Invoke();
            var length = _read < lengths.Count ? lengths[_read++] : buffer.Length;
            return base.ReadAsync(buffer[..Math.Min(length, buffer.Length)], cancellationToken);
        }
    }
}
