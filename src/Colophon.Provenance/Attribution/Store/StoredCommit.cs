using Colophon.Provenance.Attribution.Lines;

namespace Colophon.Provenance.Attribution.Store;

/// <summary>A commit's changed paths against its first parent with their new states; null where a path is gone.</summary>
internal sealed record StoredCommit(string Id, string? Parent, IReadOnlyList<KeyValuePair<string, FileState?>> Files);
