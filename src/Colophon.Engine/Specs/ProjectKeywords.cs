using Colophon.Engine.Composition;
using Colophon.Kernel.Configuration;
using Colophon.Specs;

namespace Colophon.Engine;

/// <summary>The words of <c>[specs.keywords]</c>, for commands that read specifications. Without git: the project's root is the nearest folder above with a <c>.git</c>.</summary>
internal static class ProjectKeywords
{
    private const string Prefix = "specs.keywords.";

    /// <summary>The words that a configuration names, or null.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.KeywordInvalid"/>.</exception>
    internal static SpecKeywords? Of(LayeredConfiguration configuration) => SpecKeywords.Of(key => configuration.TextList(Prefix + key));

    /// <summary>The words for the tree of a folder. What else is wrong in the files is told by the commands that need it.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.KeywordInvalid"/>.</exception>
    internal static SpecKeywords? Find(string root, IReadOnlyDictionary<string, string>? variables)
    {
        var environment = EngineEnvironment.Of(variables);
        var sources = EngineParts.Sources(new EngineFolders(root, null), environment, new EngineOverrides()) with { ProjectFile = Path.Combine(RepositoryOf(root) ?? root, ".colophon", "config.toml") };
        return Mentions(sources, environment) ? Of(LayeredConfiguration.Read(sources).Configuration) : null;
    }

    /// <summary>Most projects have no file that says anything about words: those pay nothing for being asked.</summary>
    private static bool Mentions(ConfigurationSources sources, EngineEnvironment environment) =>
        environment.Variables.Keys.Any(static name => name.StartsWith("COLOPHON__SPECS__", StringComparison.Ordinal))
        || Mentions(sources.SystemFile) || Mentions(sources.UserFile) || Mentions(sources.ProjectFile);

    private static bool Mentions(string? file)
    {
        try
        {
            return file is not null && File.Exists(file) && File.ReadAllBytes(file).AsSpan().IndexOf("keywords"u8) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? RepositoryOf(string root)
    {
        for (var at = root; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
                return at;
        }

        return null;
    }
}
