using Colophon.Specs.Incremental;

namespace Colophon.Specs.Watching;

/// <summary>The names under <c>changes/archive/</c>, to tell an archived change from a deleted one.</summary>
internal sealed class Archived(SpecTree tree)
{
    private const int DateLength = 11;

    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);
    private HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads the names again.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    internal void Read(bool first = false)
    {
        var names = new HashSet<string>(tree.ArchivedChanges, StringComparer.Ordinal);
        if (!first)
            _fresh.UnionWith(names.Except(_names, StringComparer.Ordinal));
        _fresh.IntersectWith(names);
        _names = names;
    }

    /// <summary>Whether a path is one whose coming or going changes the names.</summary>
    internal static bool Concerns(string path) => TreePlace.Of(path) is { Part: TreePart.Everything } or { Part: TreePart.Archive, Rest: "" };

    /// <summary>The folder that appeared for a change that went, or null.</summary>
    internal string? Take(string change)
    {
        foreach (var name in _fresh)
        {
            if (name == change || (name.Length == DateLength + change.Length && name.EndsWith("-" + change, StringComparison.Ordinal) && char.IsAsciiDigit(name[0])))
            {
                _fresh.Remove(name);
                return name;
            }
        }

        return null;
    }
}
