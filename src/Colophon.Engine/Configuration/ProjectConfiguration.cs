using Colophon.Kernel.Configuration;
using Colophon.Kernel.Git;

namespace Colophon.Engine;

/// <summary>The configuration of a project, for commands that only look at it.</summary>
public static class ProjectConfiguration
{
    /// <summary>Reads every layer around a directory; wrong values are left out and told.</summary>
    /// <param name="directory">Any directory, inside a project or not.</param>
    /// <param name="environment">The environment variables.</param>
    /// <param name="cancellationToken">Cancels the search for the project.</param>
    public static async Task<(LayeredConfiguration Configuration, IReadOnlyList<ConfigurationProblem> Problems)> ReadAsync(
        string directory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken = default)
    {
        var repository = await GitRepository.TryDiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        var sources = UserPlaces.Of(environment).Sources(repository?.Root, environment, new Dictionary<string, string>(StringComparer.Ordinal));
        return LayeredConfiguration.Read(sources);
    }
}
