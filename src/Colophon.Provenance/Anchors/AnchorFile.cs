using System.Text;
using Colophon.Kernel.Files;

namespace Colophon.Provenance.Anchors;

/// <summary>
/// A file on storage that only takes additions (a write-once share, an append-only file, a printout's source): statements one after the other, an empty line between. What makes it an anchor is that
/// its storage forgets nothing; the file itself proves nothing.
/// </summary>
public static class AnchorFile
{
    private const int Largest = 16 << 20;

    /// <summary>Adds a statement at the end and flushes it.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>: the file cannot be opened for adding.</exception>
    public static void Append(string path, AnchorStatement statement)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, BufferSize = 0 });
            file.Write(Encoding.UTF8.GetBytes(statement.Text + "\n"));
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"'{path}' cannot be added to: {e.Message}", "Name a file that can be appended to.", e);
        }
    }

    /// <summary>Refuses a file that holds anything else than anchors. What can only be added to, and not be read, is believed.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>.</exception>
    public static void Demand(string path)
    {
        try
        {
            Read(path);
        }
        catch (ProvenanceException e) when (e.InnerException is not null)
        {
        }
    }

    /// <summary>The statements of a file, in order.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.AnchorUnusable"/>: it cannot be read, or holds something else.</exception>
    public static IReadOnlyList<AnchorStatement> Read(string path)
    {
        byte[]? bytes;
        try
        {
            bytes = UntrustedFile.Read(path, Largest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"The anchor file '{path}' cannot be read: {e.Message}", "Check the path and that the storage is mounted.", e);
        }

        var statements = new List<AnchorStatement>();
        foreach (var part in Encoding.UTF8.GetString(bytes ?? []).ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (!AnchorStatement.TryParse(part.Trim('\n') + "\n", out var statement))
                throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"The anchor file '{path}' holds something that is no anchor, after {statements.Count} good ones.", "Compare it with another copy.");
            statements.Add(statement);
        }

        return bytes is null ? throw new ProvenanceException(ProvenanceError.AnchorUnusable, $"The anchor file '{path}' is larger than {Largest} bytes.") : statements;
    }
}
