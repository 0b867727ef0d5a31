namespace Colophon.Models.Cassettes;

/// <summary>A part of a request, such as <c>messages[4] user</c>, with the first 16 hex digits of the SHA-256 of its normalised text.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Hash">Its hash.</param>
public sealed record RequestPart(string Name, string Hash);
