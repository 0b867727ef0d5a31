using Colophon.Engine.Composition;
using Colophon.Generation.Records;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Git;
using Colophon.Security.Audit;

namespace Colophon.Engine;

/// <summary>Records a consent that is given outside a run.</summary>
internal static class SecurityNote
{
    /// <summary>Writes it; what it is about stands either way.</summary>
    /// <returns>Null, or why it is not recorded.</returns>
    internal static async Task<string?> WriteAsync(EngineParts parts, GitRepository repository, string what, CancellationToken cancellationToken)
    {
        try
        {
            using var key = parts.Key();
            var actor = await parts.ActorAsync(repository, cancellationToken).ConfigureAwait(false);
            var log = parts.Log(repository);
            await log.AppendAsync(SecurityRecords.Draft([new SecurityEvent(SecurityEventKind.Consent, what, 1)], actor), key, cancellationToken).ConfigureAwait(false);
            await log.SealAsync(key, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is ColophonException or IOException or UnauthorizedAccessException)
        {
            return $"This is not in the security log: {e.Message}";
        }
    }
}
