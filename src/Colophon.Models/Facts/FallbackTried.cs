using Colophon.Models.Errors;

namespace Colophon.Models.Facts;

/// <summary>A model that was asked before the one that answered, and why it did not.</summary>
/// <param name="Model">Its name, <c>provider/model</c>.</param>
/// <param name="Error">The cause of its failure.</param>
/// <param name="Message">The message of the failure, free of keys.</param>
public sealed record FallbackTried(string Model, ModelError Error, string Message);
