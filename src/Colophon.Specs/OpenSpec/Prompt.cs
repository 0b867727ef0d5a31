using System.Globalization;

namespace Colophon.Specs.OpenSpec;

/// <summary>One thing to choose.</summary>
/// <param name="Value">What the choice stands for.</param>
/// <param name="Name">What is shown.</param>
internal sealed record Choice(string Value, string Name)
{
    internal string Description { get; init; } = "";
}

/// <summary>
/// Questions with typed answers: they need no arrow keys and no special terminal, and read the same on a braille display. A list is numbered; a number chooses, and
/// any other text narrows the list down.
/// </summary>
internal static class Prompt
{
    /// <summary>The exit code of a run that somebody broke off.</summary>
    internal const int Cancelled = 130;

    /// <summary>The failure of a question that nobody answers.</summary>
    internal static OpenSpecFailure NoAnswer() => new("User force closed the prompt with 0 null");

    /// <summary>Asks for yes or no.</summary>
    /// <returns>Null where the input has ended.</returns>
    internal static bool? Confirm(Session session, string question, bool fallback)
    {
        var answer = Ask(session, $"{question} {(fallback ? "(Y/n)" : "(y/N)")} ")?.Trim();
        return answer is null ? null
            : answer.Length == 0 || answer[0] is not ('y' or 'Y' or 'n' or 'N') ? fallback
            : answer[0] is 'y' or 'Y';
    }

    /// <summary>Asks for a line; null where the input has ended.</summary>
    internal static string? Ask(Session session, string question)
    {
        session.Text(question);
        session.Flush();
        var answer = session.Host.Input.ReadLine();
        if (answer is null || !session.Host.InputIsTerminal)
            session.Line();
        return answer;
    }

    /// <summary>Asks for one of a list.</summary>
    /// <param name="session">The run.</param>
    /// <param name="question">What is chosen.</param>
    /// <param name="choices">The list; not empty.</param>
    /// <param name="fallback">The value an empty answer stands for, or null.</param>
    /// <returns>The value; null where the input has ended.</returns>
    internal static string? Select(Session session, string question, IReadOnlyList<Choice> choices, string? fallback = null)
    {
        var shown = choices;
        session.Line(question);
        while (true)
        {
            for (var i = 0; i < shown.Count; i++)
                session.Line($"  {i + 1}) {Visible(shown[i].Name)}{(shown[i].Description.Length > 0 ? $" - {shown[i].Description}" : "")}");
            var answer = Ask(session, $"Number, or text to narrow the list{(fallback is null ? "" : $" [{fallback}]")}: ")?.Trim();
            if (answer is null)
                return null;
            if (answer.Length == 0 && fallback is not null)
                return fallback;
            if (int.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= shown.Count)
                return shown[number - 1].Value;
            var matching = answer.Length == 0 ? choices : [.. choices.Where(choice => choice.Name.Contains(answer, StringComparison.OrdinalIgnoreCase))];
            if (matching.Count == 1)
                return matching[0].Value;
            if (matching.Count == 0)
                session.Line($"Nothing matches '{answer}'.");
            shown = matching.Count == 0 ? choices : matching;
        }
    }

    /// <summary>Asks for any number of a list.</summary>
    /// <param name="session">The run.</param>
    /// <param name="question">What is chosen.</param>
    /// <param name="choices">The list.</param>
    /// <param name="chosen">What is chosen to begin with.</param>
    /// <returns>The values in the order of the list; null where the input has ended.</returns>
    internal static List<string>? SelectMany(Session session, string question, IReadOnlyList<Choice> choices, IEnumerable<string> chosen)
    {
        var picked = new HashSet<string>(chosen, StringComparer.Ordinal);
        session.Line(question);
        while (true)
        {
            for (var i = 0; i < choices.Count; i++)
                session.Line($"  {i + 1}) [{(picked.Contains(choices[i].Value) ? 'x' : ' ')}] {Visible(choices[i].Name)}{(choices[i].Description.Length > 0 ? $" - {choices[i].Description}" : "")}");
            var answer = Ask(session, "Numbers to turn on or off, or Enter to go on: ");
            if (answer is null)
                return null;
            var words = answer.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                return [.. choices.Select(static choice => choice.Value).Where(picked.Contains)];
            foreach (var word in words)
            {
                if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > choices.Count)
                    session.Line($"'{word}' is no number of the list.");
                else if (!picked.Remove(choices[number - 1].Value))
                    picked.Add(choices[number - 1].Value);
            }
        }
    }

    /// <summary>A name without control characters: a folder's name must not move the cursor.</summary>
    private static string Visible(string name) => string.Create(name.Length, name, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = from[i] is < ' ' or (>= '\x7F' and <= '\x9F') ? '?' : from[i];
    });
}
