namespace Colophon.Cli.CommandLine;

/// <summary>The options that every command takes.</summary>
internal static class GlobalOptions
{
    public static readonly OptionSpec Help = new("--help", "Show this help.") { Short = 'h' };

    public static readonly OptionSpec Version = new("--version", "Print the version.") { Short = 'V' };

    public static readonly OptionSpec Json = new("--json", "Print JSON (shapes: docs/cli.md).");

    public static readonly OptionSpec NoColor = new("--no-color", "Never use colour; so does NO_COLOR=1.");

    public static readonly OptionSpec Directory = new("--directory", "Work in this folder instead of the current one.") { Short = 'C', Value = "dir", Kind = WordKind.Path };

    public static readonly OptionSpec Root = new("--root", "Work on the project in this folder: the one that holds openspec/.") { Value = "dir", Kind = WordKind.Path };

    /// <summary>The options a command takes beside its own: one of its own with the same name hides the common one.</summary>
    public static IReadOnlyList<OptionSpec> For(CliCommand? command) =>
        command is null ? All : [.. All.Where(option => command.Options.All(own => own.Name != option.Name))];

    public static IReadOnlyList<OptionSpec> All { get; } = [Json, Directory, Root, NoColor, Help, Version];
}
