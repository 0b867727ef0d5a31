using System.Text.RegularExpressions;

namespace Colophon.Generation.Context;

/// <summary>
/// Finds the project's own files that a source file pulls in, by the look of its lines. Not a compiler: what it misses the model can still read, and what
/// it finds exists.
/// </summary>
internal static partial class Imports
{
    private static readonly string[] s_scriptEndings =
        ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", "/index.ts", "/index.tsx", "/index.js"];

    internal static IEnumerable<string> Of(string path, string text, FileIndex index)
    {
        var found = Path.GetExtension(path) switch
        {
            ".py" or ".pyi" => Python(path, text, index),
            ".js" or ".jsx" or ".mjs" or ".cjs" or ".ts" or ".tsx" or ".mts" or ".cts" or ".vue" or ".svelte" => Script(path, text, index),
            ".cs" => TypeNames().Matches(text).Select(m => index.ByStem(m.Value, ".cs")),
            ".go" => Quoted().Matches(text).SelectMany(m => GoPackage(m.Groups[1].Value, index)),
            ".rs" => Rust(path, text, index),
            ".java" or ".kt" => JavaImport().Matches(text).Select(m => index.ByPath(m.Groups[1].Value.Replace('.', '/') + Path.GetExtension(path))),
            ".c" or ".cc" or ".cpp" or ".cxx" or ".h" or ".hh" or ".hpp" => Include().Matches(text).Select(m => Near(path, m.Groups[1].Value, index) ?? index.ByPath(m.Groups[1].Value)),
            ".sh" or ".bash" or ".bats" or "" => Source().Matches(text).Select(m => Sourced(path, m.Groups[1].Value, index)),
            _ => [],
        };
        return found.OfType<string>().Where(f => f != path).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string?> Python(string path, string text, FileIndex index)
    {
        foreach (Match match in PythonImport().Matches(text))
        {
            var from = match.Groups["from"].Value;
            if (from.Length == 0)
            {
                foreach (var name in match.Groups["import"].Value.Split(','))
                    yield return Module(null, name.Trim().Split(' ')[0], index);
                continue;
            }

            var dots = from.Length - from.TrimStart('.').Length;
            var folder = dots == 0 ? null : Up(FileIndex.FolderOf(path), dots - 1);
            yield return Module(folder, from[dots..], index);
            foreach (var name in match.Groups["names"].Value.Split(',', '(', ')'))
                yield return Module(folder, $"{from[dots..]}.{name.Trim().Split(' ')[0]}".Trim('.'), index);
        }
    }

    private static string? Module(string? folder, string dotted, FileIndex index)
    {
        if (dotted.Length == 0)
            return null;
        var relative = dotted.Replace('.', '/');
        if (folder is null)
            return index.ByPath(relative + ".py") ?? index.ByPath(relative + "/__init__.py");
        var place = folder.Length == 0 ? relative : $"{folder}/{relative}";
        return index.Contains(place + ".py") ? place + ".py" : index.Contains(place + "/__init__.py") ? place + "/__init__.py" : null;
    }

    private static IEnumerable<string?> Script(string path, string text, FileIndex index)
    {
        foreach (Match match in ScriptImport().Matches(text))
        {
            var target = Normalise(FileIndex.FolderOf(path), match.Groups[1].Value);
            // TypeScript names the .js that its .ts will become.
            yield return target is null ? null : s_scriptEndings.Select(e => target + e).FirstOrDefault(index.Contains)
                ?? (target.EndsWith(".js", StringComparison.Ordinal) && index.Contains(target[..^3] + ".ts") ? target[..^3] + ".ts" : null);
        }
    }

    private static IReadOnlyList<string> GoPackage(string import, FileIndex index)
    {
        // The module's own name is not a folder: drop parts from the left until a folder fits.
        for (var rest = import; rest.Contains('/');)
        {
            rest = rest[(rest.IndexOf('/') + 1)..];
            if (index.InFolder(rest, ".go") is { Count: > 0 } files)
                return [.. files.Where(static f => !f.EndsWith("_test.go", StringComparison.Ordinal))];
        }

        return [];
    }

    private static IEnumerable<string?> Rust(string path, string text, FileIndex index)
    {
        var folder = FileIndex.FolderOf(path);
        var own = FileIndex.StemOf(path) is "mod" or "lib" or "main" ? folder : $"{folder}/{FileIndex.StemOf(path)}".TrimStart('/');
        foreach (Match match in RustModule().Matches(text))
        {
            var name = $"{own}/{match.Groups[1].Value}".TrimStart('/');
            yield return index.Contains(name + ".rs") ? name + ".rs" : index.Contains(name + "/mod.rs") ? name + "/mod.rs" : null;
        }

        foreach (Match match in RustUse().Matches(text))
        {
            for (var parts = match.Groups[1].Value.Split("::"); parts.Length > 0; parts = parts[..^1])
            {
                var name = string.Join('/', parts);
                if ((index.ByPath($"src/{name}.rs") ?? index.ByPath($"src/{name}/mod.rs")) is not { } file)
                    continue;
                yield return file;
                break;
            }
        }
    }

    private static string? Sourced(string path, string word, FileIndex index)
    {
        // "$(dirname "$0")/lib.sh" and "${BASH_SOURCE%/*}/lib.sh" mean the file beside this one.
        var name = word.Trim('"', '\'');
        if (name.Contains('$'))
            name = name[(name.LastIndexOf('/') + 1)..];
        return name.Length == 0 ? null : Near(path, name, index) ?? index.ByPath(name);
    }

    private static string? Near(string path, string target, FileIndex index) =>
        Normalise(FileIndex.FolderOf(path), target) is { } place && index.Contains(place) ? place : null;

    private static string? Normalise(string folder, string target)
    {
        var parts = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in target.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                    return null;
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static string Up(string folder, int levels)
    {
        for (; levels > 0; levels--)
            folder = FileIndex.FolderOf(folder);
        return folder;
    }

    [GeneratedRegex(@"^[ \t]*(?:from[ \t]+(?<from>[.\w]+)[ \t]+import[ \t]+(?<names>\([^)]{0,2000}\)|[^\n#]*)|import[ \t]+(?<import>[\w., \t]+))", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PythonImport();

    [GeneratedRegex("""(?:from|import|require\(|import\()[ \t]*["'](\.[^"'\n]*)["']""", RegexOptions.None, 1000)]
    private static partial Regex ScriptImport();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]{3,}\b", RegexOptions.None, 1000)]
    private static partial Regex TypeNames();

    [GeneratedRegex("^[ \\t]*(?:import[ \\t]+)?(?:[\\w.]+[ \\t]+)?\"([\\w./-]+)\"[ \\t]*\\r?$", RegexOptions.Multiline, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;", RegexOptions.Multiline, 1000)]
    private static partial Regex RustModule();

    [GeneratedRegex(@"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?use[ \t]+crate::([\w:]+)", RegexOptions.Multiline, 1000)]
    private static partial Regex RustUse();

    [GeneratedRegex(@"^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+)", RegexOptions.Multiline, 1000)]
    private static partial Regex JavaImport();

    [GeneratedRegex("^[ \\t]*#[ \\t]*include[ \\t]*\"([^\"\\n]+)\"", RegexOptions.Multiline, 1000)]
    private static partial Regex Include();

    [GeneratedRegex("""^[ \t]*(?:source|\.)[ \t]+("[^"\n]*(?:"[^"\n]*"[^"\n]*)*"|'[^'\n]*'|[^\s;&|]+)""", RegexOptions.Multiline, 1000)]
    private static partial Regex Source();
}
