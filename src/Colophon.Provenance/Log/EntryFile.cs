using System.Diagnostics.CodeAnalysis;

namespace Colophon.Provenance.Log;

/// <summary>Reads an entry's file. Reading proves nothing: that is what verifying is for.</summary>
public static class EntryFile
{
    /// <summary>The largest file that is read as an entry, in bytes.</summary>
    public const int MaximumBytes = 17 << 20;

    /// <summary>Reads the bytes of an entry; never throws on content.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="path">Where it stands; kept in the entry.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="fault">What is wrong, in one sentence.</param>
    public static bool TryParse(ReadOnlyMemory<byte> file, string path, [NotNullWhen(true)] out Entry? entry, out string fault)
    {
        entry = null;
        if (!TryRead(file, out var envelope, out var payload, out fault))
            return false;
        entry = Of(envelope, payload, path);
        return true;
    }

    /// <summary>Reads an entry from disk.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.EntryMalformed"/> or <see cref="ProvenanceError.LogUnavailable"/>.</exception>
    public static Entry Read(string path)
    {
        try
        {
            return TryParse(BoundedFile.Read(path, MaximumBytes), path, out var entry, out var fault)
                ? entry
                : throw new ProvenanceException(ProvenanceError.EntryMalformed, $"'{path}' is not an audit entry: {fault}", "Run `colophon audit verify`.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.LogUnavailable, $"Cannot read '{path}': {e.Message}", null, e);
        }
    }

    /// <summary>Reads an entry from disk where it can be read as one.</summary>
    internal static bool TryReadFile(string path, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        try
        {
            return TryParse(BoundedFile.Read(path, MaximumBytes), path, out entry, out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    internal static bool TryRead(ReadOnlyMemory<byte> file, [NotNullWhen(true)] out Envelope? envelope, [NotNullWhen(true)] out PayloadResult? payload, out string fault)
    {
        payload = null;
        if (!Envelope.TryRead(file, out envelope, out fault))
            return false;
        if (envelope.PayloadType != EntryFormat.PayloadType)
        {
            fault = "Its payload is of an unknown type.";
            return false;
        }

        payload = PayloadReader.Read(envelope.Payload);
        fault = payload.Fault ?? "";
        return payload.Predicate is not null;
    }

    internal static Entry Of(Envelope envelope, PayloadResult payload, string path) => new()
    {
        Leaf = Convert.ToHexStringLower(Pae.Leaf(envelope.Pae)),
        Payload = envelope.Payload,
        Predicate = payload.Predicate ?? throw new ArgumentException("The payload is malformed.", nameof(payload)),
        Signatures = envelope.Signatures,
        FilePath = path,
    };
}
