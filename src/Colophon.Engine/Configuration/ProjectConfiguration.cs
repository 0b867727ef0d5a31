using Colophon.Engine.Composition;
using Colophon.Kernel.Configuration;
using Colophon.Kernel.Git;

namespace Colophon.Engine;

/// <summary>The configuration of a project, for commands that only look at it.</summary>
public static class ProjectConfiguration
{
    /// <summary>Reads every layer around a directory; wrong values are left out and told.</summary>
    /// <param name="directory">Any directory, inside a project or not.</param>
    /// <param name="overrides">What the caller sets for this run; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the search for the project.</param>
    public static async Task<(LayeredConfiguration Configuration, IReadOnlyList<ConfigurationProblem> Problems)> ReadAsync(
        string directory, EngineOverrides? overrides = null, CancellationToken cancellationToken = default)
    {
        var given = overrides ?? new EngineOverrides();
        var repository = await GitRepository.TryDiscoverAsync(directory, cancellationToken).ConfigureAwait(false);
        return LayeredConfiguration.Read(EngineParts.Sources(new EngineFolders(Path.GetFullPath(directory), repository), EngineEnvironment.Of(given.Environment), given));
    }
}
