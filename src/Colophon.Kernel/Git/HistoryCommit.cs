namespace Colophon.Kernel.Git;

/// <summary>What became of one path between two trees.</summary>
/// <param name="Status">Git's letter: <c>A</c>dded, <c>M</c>odified, <c>D</c>eleted, <c>R</c>enamed, <c>T</c>ype changed.</param>
/// <param name="Path">The path, new where it was renamed, old where it was deleted.</param>
/// <param name="OldPath">The path in the old tree; the same unless renamed.</param>
/// <param name="OldBlob">The object in the old tree, all zeros where there is none.</param>
/// <param name="NewBlob">The object in the new tree, all zeros where there is none or where it is not known yet (working tree).</param>
/// <param name="OldMode">Its mode in the old tree, octal as git prints it.</param>
/// <param name="NewMode">Its mode in the new tree.</param>
public sealed record TreeChange(char Status, string Path, string OldPath, string OldBlob, string NewBlob, int OldMode, int NewMode)
{
    /// <summary>Whether the new tree holds an ordinary file there, not a symbolic link or a submodule.</summary>
    public bool IsFile => NewMode is 100644 or 100755;

    /// <summary>Whether the new tree holds a submodule there.</summary>
    public bool IsSubmodule => NewMode == 160000;
}

/// <summary>One commit of a history walk.</summary>
/// <param name="Id">The commit's id.</param>
/// <param name="Parents">Its parents' ids, in order.</param>
/// <param name="Changes">For every parent what changed against it; for a root commit one list against the empty tree.</param>
/// <param name="IsCut">Whether the commit has parents that a shallow clone does not hold, so that its changes are not its own.</param>
public sealed record HistoryCommit(string Id, IReadOnlyList<string> Parents, IReadOnlyList<IReadOnlyList<TreeChange>> Changes, bool IsCut);
