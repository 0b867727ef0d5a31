namespace Colophon.Security.Sandbox.Reach;

/// <summary>The command's <c>HOME</c> and temporary folder: the policy's, or a fresh one that goes with the command.</summary>
internal sealed class PrivateFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly bool _temporary;

    internal PrivateFolder(string? given)
    {
        _temporary = given is null;
        Path = given ?? Directory.CreateTempSubdirectory("colophon-run-").FullName;
        var temporary = System.IO.Path.Combine(Path, "tmp");
        // An earlier command may have put a link or a file in its place.
        var standing = new FileInfo(temporary);
        if (standing.Exists || standing.LinkTarget is not null)
            standing.Delete();
        Directory.CreateDirectory(temporary, OwnerOnly);
    }

    internal string Path { get; }

    public void Dispose()
    {
        if (!_temporary)
            return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The command took our rights away (chmod); the system's own cleaning of temporary files gets it.
        }
    }
}
