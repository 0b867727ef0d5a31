using Colophon.Specs.Layout;

namespace Colophon.Specs.Incremental;

/// <summary>Tells whether a change can hang on files that lie elsewhere.</summary>
internal static class Links
{
    private const int MaximumDepth = 64;

    /// <summary>Whether there is a symbolic link in a folder or below it; true also where a folder cannot be listed, because then nobody knows.</summary>
    internal static bool AreIn(string directory, int depth = 0)
    {
        if (depth > MaximumDepth)
            return false;
        try
        {
            foreach (var (name, kind) in Listing.Read(directory))
            {
                if (kind == EntryKind.Link || (kind == EntryKind.Directory && AreIn($"{directory}/{name}", depth + 1)))
                    return true;
            }
        }
        catch (SpecException)
        {
            return true;
        }

        return false;
    }
}
