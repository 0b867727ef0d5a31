using Colophon.Provenance.Keys;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Provenance.Tests;

/// <summary>Writes versions of a project's trust file, good and bad.</summary>
internal static class TrustForger
{
    internal static string AddVersion(Project project, SigningKey[] signers, SigningKey[] keys, long version = 2, SigningKey[]? roots = null, int threshold = 1, Func<TrustedKey, TrustedKey>? shape = null)
    {
        var root = Root(project, keys, version, roots ?? [project.Key], threshold, shape);
        var path = TrustStore.VersionPath(project.Repository, version);
        File.WriteAllBytes(path, Envelope.Seal(TrustRoot.PayloadType, TrustPayload.Write(root), signers).ToBytes());
        return path;
    }

    private static TrustRoot Root(Project project, SigningKey[] keys, long version, SigningKey[] roots, int threshold, Func<TrustedKey, TrustedKey>? shape) => new()
    {
        Repo = project.Trust?.Repo ?? TrustStore.Load(project.Repository, project.Configuration).Trust?.Repo ?? "",
        Version = version,
        Threshold = threshold,
        Roots = [.. roots.Select(static r => r.Public)],
        Keys = [.. keys.Select((k, i) => new TrustedKey { Key = k.Public, Name = $"k{i}", Role = KeyRole.Developer, ValidFrom = project.Clock.Now.AddDays(-1) }).Select(shape ?? (static k => k))],
    };
}
