using System.Text;

namespace Colophon.Specs.OpenSpec.Setup.Texts;

/// <summary>
/// Passages that speak of another workflow come in two versions, <c>[[opsx:if-workflow id]]with[[opsx:else]]without[[opsx:end]]</c>. A line that holds
/// nothing else goes when its version is empty.
/// </summary>
internal static class OptionalPassages
{
    private const string Open = "[[opsx:if-workflow ";
    private const string Else = "[[opsx:else]]";
    private const string End = "[[opsx:end]]";

    /// <summary>The text for a project that has these workflows.</summary>
    internal static string Resolve(string text, IReadOnlyCollection<string> installed)
    {
        if (!text.Contains(Open, StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (text.IndexOf(Open, at, StringComparison.Ordinal) is >= 0 and var open)
        {
            var name = open + Open.Length;
            var named = text.IndexOf("]]", name, StringComparison.Ordinal);
            var middle = text.IndexOf(Else, named, StringComparison.Ordinal);
            var end = text.IndexOf(End, middle, StringComparison.Ordinal);
            var chosen = installed.Contains(text[name..named]) ? text.AsSpan((named + 2)..middle) : text.AsSpan((middle + Else.Length)..end);
            var next = end + End.Length;
            result.Append(text, at, open - at);
            if (WholeLine(text, open, next) is { } lineEnd && chosen.IndexOf('\n') < 0 && text.AsSpan(open, next - open).IndexOf('\n') < 0)
            {
                // The spaces behind it go with the marker; those before it stay unless the line goes.
                while (chosen.IsEmpty && result.Length > 0 && result[^1] is ' ' or '\t')
                    result.Length--;
                result.Append(chosen);
                if (!chosen.IsEmpty)
                    result.Append('\n');
                next = lineEnd + 1;
            }
            else
            {
                result.Append(chosen);
            }

            at = next;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Where the line of a passage ends that has it to itself; null where it shares the line.</summary>
    private static int? WholeLine(string text, int from, int to)
    {
        while (from > 0 && text[from - 1] is ' ' or '\t')
            from--;
        if (from > 0 && text[from - 1] != '\n')
            return null;
        while (to < text.Length && text[to] is ' ' or '\t')
            to++;
        return to < text.Length && text[to] == '\n' ? to : null;
    }
}
