using System.Text;

namespace Colophon.Generation.Session;

/// <summary>A file of lines that only grows. A line is on the disk when the call that added it returns; one torn by a crash is dropped when it is read.</summary>
internal sealed class DurableLines : IDisposable
{
    private readonly FileStream _stream;

    private DurableLines(FileStream stream) => _stream = stream;

    /// <summary>Opens the file for adding lines; what a crash tore off is cut away first.</summary>
    public static DurableLines Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        // A conversation holds whatever the model was shown: it is nobody else's to read.
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        stream.SetLength(WholeLength(stream));
        stream.Seek(0, SeekOrigin.End);
        return new DurableLines(stream);
    }

    /// <summary>The whole lines of a file; none where it does not exist.</summary>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        var text = File.ReadAllText(path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Adds one line.</summary>
    /// <param name="line">The text; must not hold a line feed.</param>
    public void Add(string line)
    {
        _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        _stream.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static long WholeLength(FileStream stream)
    {
        for (var length = stream.Length; length > 0; length--)
        {
            stream.Seek(length - 1, SeekOrigin.Begin);
            if (stream.ReadByte() == '\n')
                return length;
        }

        return 0;
    }
}
