using Colophon.Specs.Layout;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Incremental;

/// <summary>Tells whether a change can hang on files that lie elsewhere.</summary>
internal static class Links
{
    private const int MaximumDepth = 64;

    /// <summary>Whether there is a symbolic link in a change's folder or below it; true also where a folder cannot be listed, because then nobody knows.</summary>
    internal static bool AreIn(ChangeFolder folder)
    {
        try
        {
            return folder.HasLinkedDeltas || AreIn(folder.Directory, 0);
        }
        catch (SpecException)
        {
            return true;
        }
    }

    private static bool AreIn(string directory, int depth)
    {
        if (depth > MaximumDepth)
            return false;
        foreach (var (name, kind) in Listing.Read(directory))
        {
            // The deltas were looked at already.
            var deltas = depth == 0 && name == "specs";
            if (kind == EntryKind.Link || (kind == EntryKind.Directory && !deltas && AreIn($"{directory}/{name}", depth + 1)))
                return true;
        }

        return false;
    }
}
