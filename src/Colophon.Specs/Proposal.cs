namespace Colophon.Specs;

/// <summary>A change's <c>proposal.md</c>.</summary>
/// <param name="Text">The whole file with line ends LF and without a byte order mark.</param>
/// <param name="Why">The Why section's text, empty where it is missing.</param>
/// <param name="WhatChanges">The What Changes section's text, empty where it is missing.</param>
public sealed record Proposal(string Text, string Why, string WhatChanges);
