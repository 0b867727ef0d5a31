namespace Colophon.Provenance.Attribution;

/// <summary>Which paths are code, and so have lines to attribute.</summary>
internal static class CodePaths
{
    /// <summary>Where the log lies.</summary>
    public const string Audit = ".openspec/audit/";

    private const string Project = ".colophon/";
    private const string Specs = "openspec/";

    /// <summary>Whether a path is attributed at all: the log and Colophon's own folder are not.</summary>
    public static bool IsAttributed(string path) =>
        !path.StartsWith(Audit, StringComparison.Ordinal) && !path.StartsWith(Project, StringComparison.Ordinal);

    /// <summary>Whether a path is part of the specification, which coverage leaves out unless asked.</summary>
    public static bool IsSpecification(string path) => path.StartsWith(Specs, StringComparison.Ordinal);
}
