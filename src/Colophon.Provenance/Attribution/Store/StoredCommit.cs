namespace Colophon.Provenance.Attribution.Store;

/// <summary>A stored commit: its first parent and, still encoded, the paths that changed against it with their new states.</summary>
internal sealed record StoredCommit(string? Parent, ReadOnlyMemory<byte> Files);
