using System.Text;
using Colophon.Kernel.Configuration.Toml;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Kernel.Configuration;

/// <summary>Sets one key in a user's own TOML file and leaves every other byte of it as it is, comments included.</summary>
public static class SettingsFile
{
    /// <summary>Sets <c>section.key</c> to a string; the file and its folder are made where they are missing. A file that is reached by a link is written where it lies.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="section">The table, as in <c>signing</c>.</param>
    /// <param name="key">The key in it.</param>
    /// <param name="value">The string.</param>
    /// <exception cref="KernelException"><see cref="KernelError.ConfigurationInvalid"/>: the file is written in a way that this cannot edit, and was left alone; <see cref="KernelError.WriteFailed"/>.</exception>
    public static void Set(string path, string section, string key, string value)
    {
        var target = path;
        string text;
        try
        {
            var stands = File.Exists(path);
            target = stands ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
            text = stands ? File.ReadAllText(target) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KernelException(KernelError.ReadFailed, $"'{path}' cannot be read: {e.Message}", null, e);
        }

        var edited = Edited(text, section, key, $"{key} = {Quoted(value)}");
        // The edit goes by lines; whether it did what was meant is TOML's to say.
        var document = TomlDocument.Parse(edited);
        if (document.Diagnostics.Count > 0 || document.Root[section] is not TomlValue.Table table || table[key] is not TomlValue.Text { Value: var read } || read != value)
            throw new KernelException(KernelError.ConfigurationInvalid, $"{section}.{key} could not be set in '{path}'; the file was left as it is.", $"Set it by hand: [{section}] {key} = {Quoted(value)}");
        AtomicFile.Write(target, Encoding.UTF8.GetBytes(edited));
    }

    private static string Edited(string text, string section, string key, string line)
    {
        var lines = text.Split('\n').ToList();
        var header = lines.FindIndex(l => IsHeader(l, section));
        if (header < 0)
            return $"{text}{(text.Length == 0 || text.EndsWith('\n') ? "" : "\n")}{(text.Length == 0 ? "" : "\n")}[{section}]\n{line}\n";
        var end = lines.FindIndex(header + 1, static l => l.TrimStart().StartsWith('['));
        var at = lines.FindIndex(header + 1, (end < 0 ? lines.Count : end) - header - 1, l => IsKey(l, key));
        var ending = lines[header].EndsWith('\r') ? "\r" : "";
        if (at < 0)
            lines.Insert(header + 1, line + ending);
        else
            lines[at] = line + ending;
        return string.Join('\n', lines);
    }

    private static bool IsHeader(string line, string section)
    {
        var comment = line.IndexOf('#', StringComparison.Ordinal);
        var text = (comment < 0 ? line : line[..comment]).Trim();
        return text.Length > 2 && text[0] == '[' && text[^1] == ']' && text[1..^1].Trim() == section;
    }

    private static bool IsKey(string line, string key)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith(key, StringComparison.Ordinal) && text[key.Length..].TrimStart().StartsWith("=");
    }

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ' || c == '\u007f')
                text.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        return text.Append('"').ToString();
    }
}
