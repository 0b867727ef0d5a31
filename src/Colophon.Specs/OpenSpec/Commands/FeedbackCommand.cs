using System.Globalization;
using System.Text;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>feedback</c>: the text of an issue and a link that opens it filled in. Nothing is sent and no program is started.</summary>
internal static class FeedbackCommand
{
    private const string Prefix = "Feedback: ";
    private const int LongestTitle = 72;
    private const string Unescaped = "-_.!~*'()";

    internal static void Run(Session session)
    {
        var message = session.Command.Arguments[0];
        var (title, body) = (Title(message), Body(session, message));
        session.Line(HasGitHub(session)
            ? "⚠️  The GitHub CLI is not used from here. Manual submission required."
            : "⚠️  GitHub CLI not found. Manual submission required.");
        session.Line("\n--- FORMATTED FEEDBACK ---");
        session.Line($"Title: {title}");
        session.Line("Labels: feedback");
        session.Line("\nBody:");
        session.Line(body);
        session.Line("--- END FEEDBACK ---\n");
        session.Line("Please submit your feedback manually:");
        session.Line($"https://github.com/Fission-AI/OpenSpec/issues/new?title={Escape(title)}&body={Escape(body)}&labels=feedback");
    }

    /// <summary>The message on one line, cut behind a word where it is too long.</summary>
    private static string Title(string message)
    {
        var line = new StringBuilder(message.Length);
        foreach (var c in Js.Trim(message))
        {
            if (!Js.IsSpace(c))
                line.Append(c);
            else if (line[^1] != ' ')
                line.Append(' ');
        }

        var text = line.ToString();
        if (Prefix.Length + CountRunes(text) <= LongestTitle)
            return Prefix + text;
        var (end, left) = (0, LongestTitle - Prefix.Length - 1);
        for (var elements = StringInfo.GetTextElementEnumerator(text); elements.MoveNext();)
        {
            left -= CountRunes(elements.GetTextElement());
            if (left < 0)
                break;
            end = elements.ElementIndex + elements.GetTextElement().Length;
        }

        var cut = Js.TrimEnd(text.AsSpan(0, end)).ToString();
        return $"{Prefix}{(cut.LastIndexOf(' ') is var space and > 0 ? cut[..space] : cut)}…";
    }

    private static string Body(Session session, string message)
    {
        var details = session.Command.Value("--body") is { Length: > 0 } text ? $"\n\n## Details\n\n{text}" : "";
        var platform = OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "win32" : "linux";
        var moment = session.Host.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        return $"## Summary\n\n{message}{details}\n\n---\nSubmitted via OpenSpec CLI\n- Version: {OpenSpecProgram.Version}\n- Platform: {platform}\n- Timestamp: {moment}";
    }

    private static bool HasGitHub(Session session) =>
        (session.Variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Any(static folder => File.Exists($"{folder}/gh"));

    private static int CountRunes(string text) => text.EnumerateRunes().Count();

    /// <summary><c>encodeURIComponent</c>.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length * 2);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || Unescaped.Contains((char)value))
                escaped.Append((char)value);
            else
                escaped.Append('%').Append(value.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
