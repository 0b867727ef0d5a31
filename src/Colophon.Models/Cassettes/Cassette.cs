using System.Text.Json;
using Colophon.Kernel.Files;
using Colophon.Models.Errors;
using Colophon.Models.Wires.Transport;

namespace Colophon.Models.Cassettes;

/// <summary>
/// What a provider's wire sent, kept to be played again through the same client code. The format is in <c>docs</c>: a header line and a line
/// for each exchange. A cassette holds no key and no text of a request, only hashes of it.
/// </summary>
/// <param name="Header">The first line.</param>
/// <param name="Exchanges">The exchanges in order.</param>
public sealed record Cassette(CassetteHeader Header, IReadOnlyList<CassetteExchange> Exchanges)
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>A handler that passes requests on to the network and records what comes back.</summary>
    /// <param name="path">The cassette to write.</param>
    /// <param name="options">Folders to hide, and how the cassette is to be matched.</param>
    /// <exception cref="ModelException"><see cref="ModelError.CassetteInvalid"/>: the file exists or cannot be written.</exception>
    public static HttpMessageHandler Record(string path, CassetteOptions? options = null) =>
        new CassetteRecorder(path, options ?? new CassetteOptions(), WireTransport.CreateHandler(), disposeInner: true);

    /// <summary>Reads a cassette. A last line without an end, left by a crash, is passed over.</summary>
    /// <exception cref="ModelException"><see cref="ModelError.CassetteInvalid"/>, naming the line.</exception>
    public static Cassette Load(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(ModelError.CassetteInvalid, $"The cassette '{path}' cannot be read: {e.Message}", "Give the path of a file made by --record, as replay:<path>.", e);
        }

        CassetteHeader? header = null;
        List<CassetteExchange> exchanges = [];
        var start = 0;
        for (var number = 1; Array.IndexOf(bytes, LineFeed, start) is >= 0 and var end; number++)
        {
            var line = bytes.AsMemory(start, end - start);
            start = end + 1;
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
                continue;
            try
            {
                if (header is null)
                    header = CassetteFormat.ReadHeader(line);
                else
                    exchanges.Add(CassetteFormat.ReadExchange(line));
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
            {
                throw new ModelException(ModelError.CassetteInvalid, $"{path}:{number} is not a cassette's line: {e.Message}", "Record the cassette anew with --record.", e);
            }
        }

        return header is null
            ? throw new ModelException(ModelError.CassetteInvalid, $"The cassette '{path}' has no header.", "Record it anew with --record.")
            : new Cassette(header, exchanges);
    }

    /// <summary>Writes the whole cassette in one step; for scripts.</summary>
    /// <exception cref="Kernel.Errors.KernelException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using var stream = new MemoryStream();
        stream.Write(CassetteFormat.Write(Header).Span);
        foreach (var exchange in Exchanges)
            stream.Write(CassetteFormat.Write(exchange).Span);
        AtomicFile.Write(path, stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
