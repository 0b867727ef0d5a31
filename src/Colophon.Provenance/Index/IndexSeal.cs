using System.Globalization;

namespace Colophon.Provenance.Index;

/// <summary>
/// How the database's file was left: its size and when it was changed last, in a file beside it. A database that anything else touched since is not believed, for SQLite notices a damaged page
/// only where it trips over it, and a query would silently miss what stood there.
/// </summary>
internal static class IndexSeal
{
    private const string Suffix = "-seal";

    /// <summary>Where the seal of a database lies.</summary>
    internal static string PathOf(string file) => file + Suffix;

    /// <summary>Notes how the file is now. To be called while nobody else can change it.</summary>
    internal static void Set(string file)
    {
        try
        {
            File.WriteAllText(PathOf(file), Of(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it the index is made again the next time.
        }
    }

    /// <summary>Whether the file is as it was left. To be asked while nobody else can change it.</summary>
    internal static bool Holds(string file)
    {
        try
        {
            return File.Exists(PathOf(file)) && File.ReadAllText(PathOf(file)) == Of(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The file is only looked at: opening it a second time and closing it would give up the locks that SQLite holds on it in this process.
    private static string Of(string file)
    {
        var info = new FileInfo(file);
        return string.Create(CultureInfo.InvariantCulture, $"{info.Length} {info.LastWriteTimeUtc.Ticks}\n");
    }
}
