namespace Colophon.Specs.Tracing.Links;

/// <summary>How a file declares tests.</summary>
internal enum Language
{
    Other,
    CSharp,
    Java,
    Kotlin,
    JavaScript,
    Python,
    Go,
    Rust,
    Ruby,
    Php,
    Swift,
    Prose,
}

/// <summary>Languages by the file's name.</summary>
internal static class Languages
{
    internal static Language Of(string path) => Path.GetExtension(path.AsSpan()) switch
    {
        ".cs" => Language.CSharp,
        ".java" or ".groovy" or ".scala" => Language.Java,
        ".kt" or ".kts" => Language.Kotlin,
        ".js" or ".jsx" or ".ts" or ".tsx" or ".mjs" or ".cjs" or ".mts" or ".cts" or ".vue" or ".svelte" => Language.JavaScript,
        ".py" => Language.Python,
        ".go" => Language.Go,
        ".rs" => Language.Rust,
        ".rb" => Language.Ruby,
        ".php" => Language.Php,
        ".swift" => Language.Swift,
        ".md" or ".markdown" or ".mdx" or ".rst" or ".adoc" or ".txt" => Language.Prose,
        _ => Language.Other,
    };
}

/// <summary>Whether a place is in a test.</summary>
internal static class TestFiles
{
    private static readonly string[] MarkWords = ["[Fact", "[Theory", "[Test", "@Test", "@ParameterizedTest", "test]", "test("];

    private static readonly string[] Folders = ["test", "tests", "__tests__", "spec", "specs", "e2e", "features", "androidtest", "testing", "acceptance", "it"];

    /// <summary>Whether the path looks like that of a file with tests.</summary>
    internal static bool Holds(string path)
    {
        var rest = path.AsSpan();
        for (var slash = rest.IndexOf('/'); slash >= 0; slash = rest.IndexOf('/'))
        {
            if (IsTestFolder(rest[..slash]))
                return true;
            rest = rest[(slash + 1)..];
        }

        var dot = rest.IndexOf('.');
        var stem = dot <= 0 ? rest : rest[..dot];
        return HasEnding(stem) || stem.StartsWith("test_", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("test-", StringComparison.OrdinalIgnoreCase)
            || (dot > 0 && (rest[dot..].Contains(".test.", StringComparison.OrdinalIgnoreCase) || rest[dot..].Contains(".spec.", StringComparison.OrdinalIgnoreCase)
                || rest.EndsWith(".test") || rest.EndsWith(".bats") || rest.EndsWith(".feature") || rest.EndsWith(".t")));
    }

    /// <summary>Whether what stands around the declaration says that it is a test: some languages keep them beside the code.</summary>
    internal static bool Marks(SourceText source, int line, TestName? test, Language language)
    {
        if (test is null)
            return false;
        if ((language == Language.Python && test.Name.StartsWith("test_", StringComparison.Ordinal)) || (language == Language.Go && test.Name.StartsWith("Test", StringComparison.Ordinal)))
            return true;
        var to = Math.Min(Math.Max(line, test.Line - 1), source.Count - 1);
        for (var i = Math.Max(0, Math.Min(line, test.Line - 1) - 5); i <= to; i++)
        {
            var text = source.Line(i).Trim();
            if (!text.StartsWith("[") && !text.StartsWith("@") && !text.StartsWith("#["))
                continue;
            foreach (var mark in MarkWords)
            {
                if (text.Contains(mark, StringComparison.Ordinal))
                    return true;
            }
        }

        return false;
    }

    private static bool IsTestFolder(ReadOnlySpan<char> name)
    {
        foreach (var folder in Folders)
        {
            if (name.Equals(folder, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return HasEnding(name);
    }

    // "LoginTests", "login_test", "login-tests", "Login.Tests": the word must begin there, or "latest" would be a test.
    private static bool HasEnding(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<string> endings = ["Test", "Tests", "Spec", "Specs"];
        foreach (var ending in endings)
        {
            if (!name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                continue;
            var before = name[..^ending.Length];
            if (before.IsEmpty || before[^1] is '.' or '-' or '_' || char.IsUpper(name[^ending.Length]))
                return true;
        }

        return false;
    }
}
