using Colophon.Specs.Parsing;

namespace Colophon.Specs.Json;

/// <summary>Operations guessed from <c>- **capability:** text</c> bullets, for changes older than delta files.</summary>
internal static class ProseDeltas
{
    internal static List<ShownDelta> Read(string whatChanges)
    {
        var deltas = new List<ShownDelta>();
        foreach (var line in whatChanges.Split('\n'))
        {
            if (TryRead(line, out var spec, out var description))
                deltas.Add(new ShownDelta(spec, Guess(Js.ToLower(description)), description));
        }

        return deltas;
    }

    /// <summary><c>^\s*-\s*\*\*([^*:]+)(?::\*\*|\*\*:)\s*(.+)$</c>.</summary>
    private static bool TryRead(ReadOnlySpan<char> line, out string spec, out string description)
    {
        (spec, description) = ("", "");
        var rest = Js.TrimStart(line);
        if (!rest.StartsWith("-"))
            return false;
        rest = Js.TrimStart(rest[1..]);
        if (!rest.StartsWith("**"))
            return false;
        rest = rest[2..];
        var end = rest.IndexOfAny('*', ':');
        if (end <= 0 || !(rest[end..].StartsWith(":**") || rest[end..].StartsWith("**:")))
            return false;
        var tail = rest[(end + 3)..];
        var text = Js.TrimStart(tail);
        if (text.IsEmpty ? tail.IsEmpty || Js.IsLineEnd(tail[^1]) : Js.HasLineEnd(text))
            return false;
        (spec, description) = (Js.Trim(rest[..end]).ToString(), Js.Trim(text).ToString());
        return true;
    }

    private static string Guess(string text) =>
        HasWord(text, "rename", "s", "d", "ing") ? "RENAMED"
        : HasWord(text, "add", "s", "ed", "ing") || HasWord(text, "create", "s", "d", "ing") || HasWord(text, "new") ? "ADDED"
        : HasWord(text, "remove", "s", "d", "ing") || HasWord(text, "delete", "s", "d", "ing") ? "REMOVED"
        : "MODIFIED";

    /// <summary><c>\bword(a|b|c)?\b</c>.</summary>
    private static bool HasWord(string text, string word, params ReadOnlySpan<string> endings)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at > 0 && Js.IsWord(text[at - 1]))
                continue;
            var rest = text.AsSpan(at + word.Length);
            if (EndsWord(rest))
                return true;
            foreach (var ending in endings)
            {
                if (rest.StartsWith(ending) && EndsWord(rest[ending.Length..]))
                    return true;
            }
        }

        return false;
    }

    private static bool EndsWord(ReadOnlySpan<char> rest) => rest.IsEmpty || !Js.IsWord(rest[0]);
}
