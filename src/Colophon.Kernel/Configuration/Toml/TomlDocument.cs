using System.Text;
using System.Text.Unicode;

namespace Colophon.Kernel.Configuration.Toml;

/// <summary>Something wrong in a TOML text.</summary>
/// <param name="Position">Where.</param>
/// <param name="Message">What, in one sentence.</param>
public sealed record TomlDiagnostic(TomlPosition Position, string Message);

/// <summary>What could be read of a TOML text, and what was wrong with it.</summary>
/// <param name="Root">The top table: everything before and around the errors.</param>
/// <param name="Diagnostics">The errors in the order of the text; empty where it is valid TOML 1.0.</param>
public sealed record TomlDocument(TomlValue.Table Root, IReadOnlyList<TomlDiagnostic> Diagnostics)
{
    private static readonly TomlPosition Start = new(1, 1);

    /// <summary>Reads TOML 1.0. Never throws on content: a text with errors gives what could be read and the errors.</summary>
    public static TomlDocument Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new TomlReader(text).Read();
    }

    /// <summary>Reads TOML 1.0 from the bytes of a file, which must be UTF-8; a byte order mark at the start is skipped.</summary>
    public static TomlDocument Parse(ReadOnlySpan<byte> file)
    {
        if (!Utf8.IsValid(file))
            return new TomlDocument(new TomlValue.Table(Start), [new TomlDiagnostic(FirstInvalid(file), "The file is not valid UTF-8.")]);
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        return Parse(Encoding.UTF8.GetString(file.StartsWith(mark) ? file[mark.Length..] : file));
    }

    private static TomlPosition FirstInvalid(ReadOnlySpan<byte> file)
    {
        var line = 1;
        while (true)
        {
            var end = file.IndexOf((byte)'\n');
            if (end < 0 || !Utf8.IsValid(file[..end]))
                return new TomlPosition(line, 1);
            file = file[(end + 1)..];
            line++;
        }
    }
}
