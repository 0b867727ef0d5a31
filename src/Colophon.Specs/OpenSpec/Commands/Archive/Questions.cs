using System.Buffers;

namespace Colophon.Specs.OpenSpec.Commands.Archive;

/// <summary>The questions of an archive. Where nobody can answer, the run stops and says which flag answers.</summary>
internal sealed class Questions(Session session, string change)
{
    /// <summary>What some shell gives a meaning inside double quotes.</summary>
    private static readonly SearchValues<char> s_special = SearchValues.Create("\"\\$`\r\n%!");

    private bool _drained;

    /// <summary>Asks; without an answer, fails with the code and the message.</summary>
    internal bool Confirm(string question, bool fallback, string code, string unanswered, string fix = "")
    {
        if (_drained)
            throw new OpenSpecFailure(unanswered, code, fix + Rerun());
        session.Text($"{question} {(fallback ? "(Y/n)" : "(y/N)")} ");
        session.Flush();
        var answer = session.Host.Input.ReadLine();
        _drained = !session.Host.InputIsTerminal;
        if (answer is null)
            throw new OpenSpecFailure(unanswered, code, fix + Rerun());
        if (!session.Host.InputIsTerminal)
            session.Line();
        answer = answer.Trim();
        return answer.Length == 0 || answer[0] is not ('y' or 'Y' or 'n' or 'N') ? fallback : answer[0] is 'y' or 'Y';
    }

    internal static string Flags(Session session) => string.Join(
        ' ',
        [.. session.Command.Has("--skip-specs") ? ["--skip-specs"] : Array.Empty<string>(), .. session.Command.Has("--no-validate") ? ["--no-validate"] : Array.Empty<string>(), "--yes"]);

    /// <summary>The name without control characters, which could forge lines of their own.</summary>
    internal static string Visible(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = from[i] is < ' ' or '\x7F' ? '?' : from[i];
    });

    /// <summary>The word as every shell reads it, or null where no spelling is safe in all of them.</summary>
    internal static string? Quote(string word)
    {
        var plain = word.Length > 0;
        foreach (var c in word)
            plain &= char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '/' or '-';
        return plain ? word : word.AsSpan().ContainsAny(s_special) ? null : $"\"{word}\"";
    }

    private string Rerun()
    {
        var name = Quote(change) ?? "<change-name>";
        return change.StartsWith('-') ? $"{session.Hint($"openspec archive {Flags(session)}")} -- {name}" : session.Hint($"openspec archive {name} {Flags(session)}");
    }
}
