namespace Colophon.Specs.Tracing.Links;

/// <summary>Finds the declaration that a link belongs to: the one it stands above, among comments and attributes, else the one it stands in.</summary>
internal static class Declarations
{
    private const int FarthestBelow = 60;
    private const int FarthestAbove = 3000;

    /// <summary>The declaration, or null where the text shows none.</summary>
    internal static TestName? For(SourceText source, int line, Language language)
    {
        if (language == Language.Prose)
            return null;
        var own = source.Line(line);
        if (Declaration.Name(own, language) is { } here)
            return new TestName(here, Within(source, line, language), line + 1);
        if (IsLead(own.TrimStart(), language) && Below(source, line, language) is { } below)
            return below;
        return language == Language.Other ? null : Above(source, line, language);
    }

    // Over blank lines, comments and attributes, those of several lines included; the first line of code decides.
    private static TestName? Below(SourceText source, int line, Language language)
    {
        var open = Depth(source.Line(line), language);
        for (var i = line + 1; i < Math.Min(source.Count, line + FarthestBelow); i++)
        {
            var text = source.Line(i);
            var trimmed = text.TrimStart();
            if (open > 0)
            {
                open += Depth(trimmed, language);
            }
            else if (Declaration.Name(text, language) is { } name)
            {
                return new TestName(name, Within(source, i, language), i + 1);
            }
            else if (trimmed.IsEmpty || IsLead(trimmed, language))
            {
                open = Math.Max(0, Depth(trimmed, language));
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    private static TestName? Above(SourceText source, int line, Language language)
    {
        var indent = Indent(source.Line(line));
        for (var i = line - 1; i >= Math.Max(0, line - FarthestAbove); i--)
        {
            var text = source.Line(i);
            if (Indent(text) < indent && Declaration.Name(text, language) is { } name)
                return new TestName(name, Within(source, i, language), i + 1);
        }

        return null;
    }

    // The classes, modules and suites around a line: those above it that are indented less and less.
    private static List<string> Within(SourceText source, int line, Language language)
    {
        var names = new List<string>();
        var indent = Indent(source.Line(line));
        for (var i = line - 1; i >= Math.Max(0, line - FarthestAbove) && indent > 0; i--)
        {
            var text = source.Line(i);
            var at = Indent(text);
            if (at >= indent || text.Trim().IsEmpty)
                continue;
            if (Declaration.Container(text, language) is { } name)
            {
                names.Insert(0, name);
                indent = at;
            }
            else if (language is Language.JavaScript or Language.Ruby or Language.Python or Language.Go or Language.Php && Declaration.Name(text, language) is { } function)
            {
                names.Insert(0, function);
                indent = at;
            }
        }

        return names;
    }

    private static bool IsLead(ReadOnlySpan<char> line, Language language) =>
        line.StartsWith("//") || line.StartsWith("/*") || line.StartsWith("*") || line.StartsWith("--") || line.StartsWith("<!--") || line.StartsWith(";") || line.StartsWith("%")
        || (line.StartsWith("#") && language is not Language.CSharp) || line.StartsWith("#[") || line.StartsWith("\"\"\"") || line.StartsWith("'''")
        || (line.StartsWith("[") && language is Language.CSharp or Language.Other) || line.StartsWith("@");

    // How many brackets an attribute leaves open; what a comment says does not count.
    private static int Depth(ReadOnlySpan<char> line, Language language)
    {
        line = line.TrimStart();
        if (!line.StartsWith("[") && !line.StartsWith("@") && !line.StartsWith("#[") && !line.StartsWith(")") && !line.StartsWith("]") && !char.IsLetterOrDigit(line.IsEmpty ? ' ' : line[0]) && !line.StartsWith("\"") && !line.StartsWith("'"))
            return 0;
        var depth = 0;
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0')
            {
                if (c == '\\')
                    i++;
                else if (c == quote)
                    quote = '\0';
            }
            else if (c is '"' or '\'' || (c == '`' && language == Language.JavaScript))
            {
                quote = c;
            }
            else
            {
                depth += c switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            }
        }

        return depth;
    }

    private static int Indent(ReadOnlySpan<char> line)
    {
        var columns = 0;
        foreach (var c in line)
        {
            if (c == '\t')
                columns += 4;
            else if (c == ' ')
                columns++;
            else
                return columns;
        }

        // A blank line ends nothing.
        return int.MaxValue;
    }
}
