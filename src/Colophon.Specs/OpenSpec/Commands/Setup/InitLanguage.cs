using System.Text;
using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>The language that artifacts shall be written in, as the context of a new configuration.</summary>
internal sealed class InitLanguage
{
    private InitLanguage(string language) => Context =
        $"Language: {language}\nAll artifacts must be written in {language}.\nKeep OpenSpec structural headings and SHALL/MUST keywords in English.";

    internal string Context { get; }

    /// <summary>Takes the option's value.</summary>
    /// <exception cref="OpenSpecFailure">It is not one visible line, or is too long.</exception>
    internal static InitLanguage? Read(string? option)
    {
        if (option is null)
            return null;
        var name = Js.Trim(option).ToString();
        if (name.Length == 0)
            throw new OpenSpecFailure("The --language option requires a non-empty value.");
        if (name.Any(IsInvisible))
            throw new OpenSpecFailure("The --language option must be a single line without control or invisible formatting characters.");
        var language = new InitLanguage(name);
        if (Encoding.UTF8.GetByteCount(language.Context) + 1 > ProjectConfig.MostContext)
            throw new OpenSpecFailure($"The --language option is too long for OpenSpec's {ProjectConfig.MostContext / 1024}KB project context limit.");
        return language;
    }

    /// <summary>Refuses before anything is done where it could not be written down.</summary>
    /// <exception cref="OpenSpecFailure">There is a configuration that does not say it, or none can be made.</exception>
    internal void Check(ProjectFiles files)
    {
        var path = files.At("openspec/config.yaml");
        if (!DiskEntry.ExistsAt(path) && !DiskEntry.ExistsAt(files.At("openspec/config.yml")))
        {
            try
            {
                files.Assert(path);
            }
            catch (OpenSpecFailure failure)
            {
                throw new OpenSpecFailure($"Cannot create openspec/config.yaml for --language: {failure.Message}");
            }

            if (!CanCreate(files, path))
                throw new OpenSpecFailure("Cannot create openspec/config.yaml for --language: the destination is not writable.");
            return;
        }

        if (ProjectConfig.Read(files.Root, files.Session.ErrorLine).Context?.Contains(Context, StringComparison.Ordinal) != true)
            throw new OpenSpecFailure("--language does not overwrite an existing OpenSpec config. Add the language instruction to its context field instead.");
    }

    /// <summary>Control characters, those that turn the direction of writing, and those without a width.</summary>
    private static bool IsInvisible(char c) => char.IsControl(c)
        || c is '\u061C' or '\u200B' or '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';

    /// <summary>Whether the folder that the file would be in, or the nearest above, has the bits for it and lets us.</summary>
    private static bool CanCreate(ProjectFiles files, string path)
    {
        var folder = Path.GetDirectoryName(path);
        while (folder is not null)
        {
            var entry = DiskEntry.At(folder);
            if (entry.Failure is { } failure)
            {
                files.Session.Line($"Error checking directory {folder}: {failure}, stat '{folder}'");
                return false;
            }

            if (entry is { Exists: true, IsFolder: false })
            {
                files.Session.Line($"Path component {folder} exists but is not a directory");
                return false;
            }

            if (entry.Exists)
                break;
            folder = Path.GetDirectoryName(folder);
        }

        if (folder is null)
            return false;
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        const UnixFileMode enter = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var mode = File.GetUnixFileMode(folder);
        return (mode & write) != UnixFileMode.None && (mode & enter) != UnixFileMode.None;
    }
}
