namespace Colophon.Specs.Tracing.Links;

/// <summary>Reads one line as a declaration, by the look of it.</summary>
internal static class Declaration
{
    private static readonly string[] NoMethods =
        ["return", "new", "throw", "await", "yield", "if", "while", "for", "foreach", "switch", "using", "lock", "catch", "else", "case", "goto", "do", "try", "assert", "package", "import"];

    private static readonly string[] Calls = ["it", "test", "specify", "scenario", "example", "xit", "fit", "Deno.test", "QUnit.test", "t.test"];

    private static readonly string[] Suites = ["describe", "suite", "context", "feature", "xdescribe", "fdescribe"];

    private static readonly string[] Types = ["class", "interface", "record", "struct", "object", "module", "mod", "namespace", "trait", "actor", "extension", "enum"];

    /// <summary>The name of the function or test that a line declares, or null.</summary>
    internal static string? Name(ReadOnlySpan<char> line, Language language)
    {
        line = WithoutLeads(line.Trim(), language);
        if (line.IsEmpty || IsComment(line))
            return null;
        return language switch
        {
            Language.Python => After(line, "def "),
            Language.Go => GoSubtest(line) ?? GoFunction(line),
            Language.Rust => After(line, "fn "),
            Language.Kotlin => After(line, "fun ") ?? Called(line, Calls),
            Language.Swift => After(line, "func "),
            Language.Php => After(line, "function ") ?? Called(line, Calls),
            Language.Ruby => After(line, "def ") ?? Called(line, Calls),
            Language.JavaScript => Called(line, Calls) ?? After(line, "function "),
            Language.CSharp or Language.Java => Method(line),
            _ => After(line, "function ") ?? After(line, "def ") ?? After(line, "func ") ?? ShellFunction(line) ?? Quoted(line),
        };
    }

    /// <summary>The name of the class, module or suite that a line opens, or null.</summary>
    internal static string? Container(ReadOnlySpan<char> line, Language language)
    {
        line = WithoutLeads(line.Trim(), language);
        if (IsComment(line))
            return null;
        if (language is Language.JavaScript or Language.Ruby or Language.Php or Language.Kotlin && Called(line, Suites) is { } suite)
            return suite;
        if (language == Language.Ruby && (line.StartsWith("describe ") || line.StartsWith("RSpec.describe ")))
            return line[(line.IndexOf("describe ") + "describe ".Length)..].Trim() is var title ? Quoted(title) ?? Identifier(title).ToString() : null;
        foreach (var word in Types)
        {
            var at = WordAt(line, word);
            if (at < 0 || line[..at].ContainsAny("(=\"'"))
                continue;
            var name = Identifier(line[(at + word.Length)..].TrimStart());
            // "record struct X", "enum class X"
            if (name.Length > 0 && !Types.Contains(name.ToString(), StringComparer.Ordinal))
                return name.ToString();
        }

        return null;
    }

    private static bool IsComment(ReadOnlySpan<char> line) =>
        line.StartsWith("//") || line.StartsWith("#") || line.StartsWith("/*") || line.StartsWith("*") || line.StartsWith("--") || line.StartsWith("<!--");

    // Attributes and annotations on the line of the declaration.
    private static ReadOnlySpan<char> WithoutLeads(ReadOnlySpan<char> line, Language language)
    {
        while (true)
        {
            if (line.StartsWith("#[") || (line.StartsWith("[") && language == Language.CSharp))
            {
                line = Behind(line[line.IndexOf('[')..]);
            }
            else if (line.StartsWith("@") && language != Language.Other)
            {
                var end = 1;
                while (end < line.Length && (IsWord(line[end]) || line[end] is '.' or ':'))
                    end++;
                line = end < line.Length && line[end] == '(' ? Behind(line[end..]) : line[end..].TrimStart();
            }
            else
            {
                return line;
            }
        }
    }

    // What follows the bracket that closes the first one; nothing where it stays open.
    private static ReadOnlySpan<char> Behind(ReadOnlySpan<char> text)
    {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
                quoted = !quoted;
            else if (!quoted)
                depth += text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth == 0)
                return text[(i + 1)..].TrimStart();
        }

        return [];
    }

    private static string? After(ReadOnlySpan<char> line, ReadOnlySpan<char> keyword)
    {
        var at = WordAt(line, keyword.TrimEnd());
        if (at < 0 || line[..at].ContainsAny("(=\"'{"))
            return null;
        var rest = line[(at + keyword.Length - 1)..].TrimStart();
        if (rest.StartsWith("`"))
        {
            var end = rest[1..].IndexOf('`');
            return end > 0 ? rest.Slice(1, end).ToString() : null;
        }

        // Kotlin's and Swift's generic functions, Ruby's "def self.x".
        if (rest.StartsWith("<") && rest.IndexOf('>') is > 0 and var close)
            rest = rest[(close + 1)..].TrimStart();
        if (rest.StartsWith("self."))
            rest = rest["self.".Length..];
        var name = Identifier(rest);
        return name.Length == 0 ? null : name.ToString();
    }

    private static string? GoFunction(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("func "))
            return null;
        var rest = line["func ".Length..].TrimStart();
        if (rest.StartsWith("(") && rest.IndexOf(')') is > 0 and var receiver)
            rest = rest[(receiver + 1)..].TrimStart();
        var name = Identifier(rest);
        return name.Length == 0 ? null : name.ToString();
    }

    private static string? GoSubtest(ReadOnlySpan<char> line)
    {
        var at = line.IndexOf(".Run(");
        return at > 0 && at < 20 ? Quoted(line[at..]) : null;
    }

    // it("…"), it.only("…"), test.each(table)("…"), and Ruby's it "…" do
    private static string? Called(ReadOnlySpan<char> line, string[] names)
    {
        foreach (var word in (ReadOnlySpan<string>)["export ", "await ", "void "])
        {
            if (line.StartsWith(word))
                line = line[word.Length..].TrimStart();
        }

        foreach (var name in names)
        {
            if (!line.StartsWith(name) || line.Length == name.Length || !(line[name.Length] is '(' or '.' or ' '))
                continue;
            if (Quoted(line[name.Length..]) is { } quoted)
                return quoted;
        }

        return null;
    }

    // Two words before the first bracket: a type and a name.
    private static string? Method(ReadOnlySpan<char> line)
    {
        var bracket = line.IndexOf('(');
        if (bracket <= 0)
            return null;
        var head = line[..bracket].TrimEnd();
        if (head.EndsWith(">") && head.LastIndexOf('<') is > 0 and var generic)
            head = head[..generic];
        var start = head.Length;
        while (start > 0 && IsWord(head[start - 1]))
            start--;
        var before = head[..start].TrimEnd();
        var name = head[start..];
        if (name.IsEmpty || char.IsDigit(name[0]) || before.IsEmpty || before.ContainsAny("=\"'{;") || before[^1] is '.' or '!' or '+' or '-' or '&' or '|' or ':' or ',')
            return null;
        var first = Identifier(before).ToString();
        return NoMethods.Contains(first, StringComparer.Ordinal) ? null : name.ToString();
    }

    private static string? ShellFunction(ReadOnlySpan<char> line)
    {
        var name = Identifier(line);
        return name.Length > 0 && line[name.Length..].TrimStart().StartsWith("()") ? name.ToString() : null;
    }

    /// <summary>The first text in quotes on a line.</summary>
    private static string? Quoted(ReadOnlySpan<char> line)
    {
        var open = line.IndexOfAny('"', '\'', '`');
        if (open < 0)
            return null;
        for (var end = open + 1; end < line.Length; end++)
        {
            if (line[end] == '\\')
                end++;
            else if (line[end] == line[open])
                return end == open + 1 ? null : line[(open + 1)..end].ToString().Replace($"\\{line[open]}", line[open].ToString(), StringComparison.Ordinal);
        }

        return null;
    }

    private static int WordAt(ReadOnlySpan<char> line, ReadOnlySpan<char> word)
    {
        for (var from = 0; from < line.Length;)
        {
            var at = line[from..].IndexOf(word);
            if (at < 0)
                return -1;
            at += from;
            if ((at == 0 || line[at - 1] is ' ' or '\t') && at + word.Length < line.Length && line[at + word.Length] is ' ' or '\t')
                return at;
            from = at + 1;
        }

        return -1;
    }

    private static ReadOnlySpan<char> Identifier(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && IsWord(text[end]))
            end++;
        return text[..end];
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
}
