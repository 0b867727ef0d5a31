using Colophon.Kernel.Git;
using Colophon.Specs;

namespace Colophon.Engine.Composition;

/// <summary>The folders of one opened project.</summary>
/// <param name="Directory">Where the user is, absolute.</param>
/// <param name="Repository">The git repository around it, or null.</param>
internal sealed record EngineFolders(string Directory, GitRepository? Repository)
{
    /// <summary>The project's root: the repository's, else the folder of <c>openspec/</c>, else where the user is.</summary>
    public string Root => Repository?.Root ?? SpecTree.Find(Directory)?.Root ?? Directory;

    /// <summary>The project's own configuration.</summary>
    public string ProjectFile => Path.Combine(Root, ".colophon", "config.toml");
}
