namespace Colophon.Security.Sandbox;

/// <summary>
/// What a command may touch. Everything is closed unless it is named here or is part of the system: <c>/usr</c>, <c>/bin</c>, <c>/lib*</c>,
/// <c>/etc</c>, <c>/opt</c>, <c>/proc</c> and <c>/sys</c> can be read, and so can toolchains found on <c>PATH</c> or in their usual folders below the home folder.
/// </summary>
public sealed record SandboxPolicy
{
    /// <summary>Folders (absolute) below which the command may read, write, create, rename, delete and execute.</summary>
    public required IReadOnlyList<string> WritableRoots { get; init; }

    /// <summary>Further files or folders (absolute) it may read and execute from. One that does not exist is ignored.</summary>
    public IReadOnlyList<string> ReadableRoots { get; init; } = [];

    /// <summary>Whether it may open IPv4 and IPv6 sockets; default no. Unix sockets stay closed either way: they lead to the machine's services.</summary>
    public bool AllowNetwork { get; init; }

    /// <summary>
    /// Variables to set on top of the scrubbed environment. A name that looks like a secret's (<c>*_KEY</c>, <c>*_TOKEN</c> …) is refused.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The folder (absolute) that becomes the command's <c>HOME</c> and holds its <c>TMPDIR</c>; created where it is missing, kept afterwards and
    /// writable. Null for a fresh one that is deleted when the command ends.
    /// </summary>
    public string? PrivateFolder { get; init; }

    /// <summary>The greatest size in bytes of a file it writes, or null for no limit.</summary>
    public long? FileSizeLimit { get; init; }

    /// <summary>The policy that nearly every caller wants: write below one folder, no network.</summary>
    public static SandboxPolicy WriteOnly(string writableRoot) => new() { WritableRoots = [writableRoot] };
}
