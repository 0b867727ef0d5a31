using System.Text;

namespace Colophon.Specs.Schemas;

/// <summary>The files of the npm package that travel inside the program: the built-in workflow, the completion scripts and what is written for assistants.</summary>
internal static class PackageFiles
{
    private static WorkflowSchema? s_schema;

    /// <summary>The built-in schema with all its texts; reading it takes a YAML parser, so only who shows them asks.</summary>
    internal static WorkflowSchema Schema => s_schema ??= WorkflowSchema.Read(Read($"{SchemaLibrary.BuiltIn}/schema.yaml") ?? "").Schema ?? WorkflowSchema.SpecDriven;

    /// <summary>A template's text, or null where there is none.</summary>
    internal static string? Template(string name) => Read($"{SchemaLibrary.BuiltIn}/templates/{name}");

    /// <summary>The files of the built-in schema by their paths below a schemas folder.</summary>
    internal static IEnumerable<(string Path, byte[] Content)> SchemaFiles()
    {
        foreach (var name in (string[])["schema.yaml", .. SchemaNames()])
            yield return ($"{SchemaLibrary.BuiltIn}/{name}", Encoding.UTF8.GetBytes(Read($"{SchemaLibrary.BuiltIn}/{name}") ?? ""));
    }

    /// <summary>The completion script of a shell.</summary>
    internal static string Completion(string shell) => Read($"completions/openspec.{(shell == "powershell" ? "ps1" : shell)}") ?? "";

    /// <summary>A text that the package is never without.</summary>
    internal static string Text(string path) => Read(path) ?? throw new InvalidOperationException($"The program was built without '{path}'.");

    private static IEnumerable<string> SchemaNames() => Schema.Artifacts.Select(static artifact => $"templates/{artifact.Template}");

    private static string? Read(string path)
    {
        using var stream = typeof(PackageFiles).Assembly.GetManifestResourceStream($"openspec/{path}");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
