namespace Colophon.Provenance.Log;

/// <summary>On whose behalf an entry was made and where.</summary>
public sealed record Actor
{
    /// <summary>The name the person goes by in this log; a pseudonym where the project asks for one.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the key that signs; the log fills it in.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>The session the work was done in, or null.</summary>
    public string? Session { get; init; }

    /// <summary>The branch that was checked out, or null on a detached HEAD.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit that was checked out, or null before the first.</summary>
    public string? Commit { get; init; }
}
