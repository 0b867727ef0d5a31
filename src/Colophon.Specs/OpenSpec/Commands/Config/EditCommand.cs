using System.Text;
using System.Text.Json;
using Colophon.Specs.OpenSpec.Settings;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands.Config;

/// <summary><c>config edit</c>: the settings in the person's own editor, checked when it closes.</summary>
internal static class EditCommand
{
    internal static void Run(Session session)
    {
        var editor = session.Variable("EDITOR") is { Length: > 0 } first ? first : session.Variable("VISUAL");
        if (string.IsNullOrEmpty(editor))
        {
            ConfigCommand.Refuse(
                session, "Error: No editor configured", "Set the EDITOR or VISUAL environment variable to your preferred editor", "Example: export EDITOR=vim");
            return;
        }

        var path = GlobalConfig.PathOf(session);
        if (!Path.Exists(path))
            GlobalConfig.Save(session, GlobalConfig.Defaults());
        session.Flush();
        if (Edit(session, editor, path))
            Check(session, path);
    }

    private static bool Edit(Session session, string editor, string path)
    {
        var words = editor[0] == '/' && Path.Exists(editor) ? [editor] : Split(editor);
        var outcome = words is null ? new EditorOutcome(1) { Failure = "the value has an unterminated quote" }
            : words.Count == 0 ? new EditorOutcome(1) { Failure = "the value is blank" }
            : session.Host.RunEditor?.Invoke([.. words, path]) ?? new EditorOutcome(1) { Failure = "no program can be started from here" };
        if (outcome.Failure is { } failure)
            ConfigCommand.Refuse(session, $"Error: Could not start editor \"{editor}\": {failure}");
        else if (outcome.ExitCode != 0)
            ConfigCommand.Refuse(session, $"Error: Editor \"{editor}\" exited with code {outcome.ExitCode}");
        if (outcome.IsMissing)
            session.ErrorLine("Set EDITOR or VISUAL to an installed editor command, for example: export EDITOR=\"code --wait\"");
        return outcome is { Failure: null, ExitCode: 0 };
    }

    private static void Check(Session session, string path)
    {
        try
        {
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
            if (!JsonValue.TryParse(text, out var value))
                ConfigCommand.Refuse(session, $"Error: Invalid JSON in {path}", Why(text));
            else if (ConfigRules.Check(value) is { } problem)
                ConfigCommand.Refuse(session, $"Error: Invalid configuration - {problem}");
        }
        catch (FileNotFoundException)
        {
            ConfigCommand.Refuse(session, $"Error: Config file not found at {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ConfigCommand.Refuse(session, $"Error: Unable to validate configuration - {NodeError.Describe(e, "open", path)}");
        }
    }

    private static string Why(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return "";
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// The words of a command line, without a shell: quotes group, a back-slash takes the next character as it is (between double quotes only a quote or another
    /// back-slash). Null where a quote is left open.
    /// </summary>
    private static List<string>? Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (inWord, quote) = (false, '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\'')
            {
                quote = c == '\'' ? '\0' : quote;
                if (c != '\'')
                    word.Append(c);
            }
            else if (c == '\\' && i + 1 < line.Length)
            {
                inWord = true;
                word.Append(quote == '"' && line[i + 1] is not ('"' or '\\') ? c : line[++i]);
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                (quote, inWord) = (c, true);
            }
            else if (quote == '\0' && Js.IsSpace(c))
            {
                if (inWord)
                    words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        if (quote != '\0')
            return null;
        if (inWord)
            words.Add(word.ToString());
        return words;
    }
}
