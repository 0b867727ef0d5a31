using System.Text;
using Colophon.Models.Errors;

namespace Colophon.Models.Cassettes;

/// <summary>
/// Records exchanges as they end: each is one line, written and flushed to the disk at once, so that a crash loses at most the exchange that
/// was going on. Headers that carry keys are never written, and the keys are taken out of answers that repeat them.
/// </summary>
internal sealed class CassetteRecorder : HttpMessageHandler
{
    private static readonly string[] s_kept = ["content-type", "retry-after", "retry-after-ms", "request-id", "x-request-id"];

    private readonly string _path;
    private readonly CassetteOptions _options;
    private readonly TextMask _mask;
    private readonly HttpMessageInvoker _inner;
    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private bool _hasHeader;

    public CassetteRecorder(string path, CassetteOptions options, HttpMessageHandler inner, bool disposeInner)
    {
        _path = path;
        _options = options;
        _mask = new TextMask(options);
        _inner = new HttpMessageInvoker(inner, disposeInner);
        try
        {
            if (options.Append && File.Exists(path) && new FileInfo(path).Length > 0)
                _hasHeader = Cassette.Load(path) is not null;
            _file = new FileStream(path, options.Append ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            SeekToEndOfLastLine(_file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(
                ModelError.CassetteInvalid,
                $"The cassette '{path}' cannot be recorded: {e.Message}",
                "Choose a file that does not exist yet, in a folder that does.",
                e);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : [];
        var print = RequestPrint.Of(body, _mask);
        var wire = request.RequestUri?.AbsolutePath.EndsWith("/messages", StringComparison.Ordinal) == true
            ? Wires.Anthropic.AnthropicChatClient.Wire
            : Wires.OpenAiChat.OpenAiChatClient.Wire;
        var keys = KeysOf(request);

        var response = await _inner.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var headers = HeadersOf(response);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var status = (int)response.StatusCode;
        var recorded = new StreamContent(new RecordingStream(stream, (pieces, cut) => Append(wire, print, status, headers, pieces, cut, keys)));
        foreach (var (name, values) in response.Content.Headers)
            recorded.Headers.TryAddWithoutValidation(name, values);
        response.Content = recorded;
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Append(
        string wire, RequestPrint print, int status, IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<byte[]> pieces, bool cut, IReadOnlyList<string> keys)
    {
        var exchange = new CassetteExchange
        {
            Model = print.Model,
            Role = print.Role,
            Turn = print.Turn,
            Digest = print.Digest,
            Parts = print.Parts,
            Status = status,
            Headers = headers,
            Body = [.. (_options.Blot is { } blot ? AnswerBlot.Apply(pieces, blot) : pieces).Select(piece => Clean(piece, keys))],
            Cut = cut,
        };
        lock (_lock)
        {
            try
            {
                var header = _hasHeader ? [] : CassetteFormat.Write(new CassetteHeader { Wire = wire, Model = print.Model, Match = _options.Match }).Span;
                ReadOnlySpan<byte> line = [.. header, .. CassetteFormat.Write(exchange).Span];
                _file.Write(line);
                _file.Flush(flushToDisk: true);
                _hasHeader = true;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                throw new ModelException(ModelError.CassetteInvalid, $"The cassette '{_path}' cannot be written: {e.Message}", "Check that the disk has room.", e);
            }
        }
    }

    /// <summary>The piece with folders and keys taken out; bytes that are not text stay as they are.</summary>
    private ReadOnlyMemory<byte> Clean(byte[] piece, IReadOnlyList<string> keys)
    {
        if (!System.Text.Unicode.Utf8.IsValid(piece))
            return piece;
        var text = _mask.Hide(Encoding.UTF8.GetString(piece));
        foreach (var key in keys)
            text = text.Replace(key, "[key]", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text);
    }

    private static List<KeyValuePair<string, string>> HeadersOf(HttpResponseMessage response) =>
    [
        .. response.Headers.Concat(response.Content.Headers)
            .Where(header => s_kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(", ", header.Value))),
    ];

    private static List<string> KeysOf(HttpRequestMessage request)
    {
        List<string> keys = [];
        foreach (var (name, values) in request.Headers)
        {
            if (!name.Contains("auth", StringComparison.OrdinalIgnoreCase) && !name.Contains("key", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in values)
            {
                var key = value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..].Trim() : value.Trim();
                if (key.Length >= 8)
                    keys.Add(key);
            }
        }

        return keys;
    }

    /// <summary>A line that a crash left without an end is cut off.</summary>
    private static void SeekToEndOfLastLine(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
                break;
            end--;
        }

        file.SetLength(end);
        file.Position = end;
    }
}
