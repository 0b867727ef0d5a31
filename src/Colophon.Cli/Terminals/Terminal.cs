using System.Text;

namespace Colophon.Cli.Terminals;

/// <summary>What a terminal can do.</summary>
internal sealed record TerminalTraits
{
    /// <summary>Whether answers can be typed.</summary>
    public bool Interactive { get; init; }

    /// <summary>Whether standard output may be coloured.</summary>
    public bool Color { get; init; }

    /// <summary>Whether standard error may be coloured.</summary>
    public bool ErrorColor { get; init; }

    /// <summary>Whether a line on standard error can be drawn over, so that progress may move.</summary>
    public bool Moving { get; init; }

    /// <summary>The width at which running text is wrapped.</summary>
    public int Width { get; init; } = 100;

    /// <summary>The columns that a line of the result may have: the terminal's. Anywhere else nothing is cut.</summary>
    public int Columns { get; init; } = int.MaxValue;

    /// <summary>The columns that a moving line on standard error may have.</summary>
    public int ErrorColumns { get; init; } = 80;
}

/// <summary>
/// The one place that prints and reads. Text that came from a model, a file or the network goes through <see cref="Safe"/>, so that it can never move the
/// cursor, set a title or hide what it says.
/// </summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TextReader input, TerminalTraits traits)
{
    /// <summary>Whether answers can be typed.</summary>
    public bool Interactive => traits.Interactive;

    /// <summary>Whether progress may move.</summary>
    public bool Moving => traits.Moving;

    /// <summary>The width at which running text is wrapped.</summary>
    public int Width => traits.Width;

    /// <summary>The columns that a line of the result may have: the terminal's. Anywhere else nothing is cut.</summary>
    public int Columns => traits.Columns;

    /// <summary>The columns that a moving line on standard error may have.</summary>
    public int ErrorColumns => traits.ErrorColumns;

    /// <summary>Prints a line of the result.</summary>
    public void WriteLine(string text = "") => output.WriteLine(text);

    /// <summary>Prints a part of the result.</summary>
    public void Write(string text) => output.Write(text);

    /// <summary>Prints a line beside the result: progress, notes, errors.</summary>
    public void Note(string text)
    {
        // Both may end in one place; then what was said first stands first.
        output.Flush();
        error.WriteLine(text);
    }

    /// <summary>Prints a part of a line beside the result, at once.</summary>
    public void NotePart(string text)
    {
        error.Write(text);
        error.Flush();
    }

    /// <summary>Reads an answer; null at the end of the input.</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellationToken)
    {
        await output.WriteAsync(question.AsMemory(), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return await ReadLineAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an answer that must not be seen: on a terminal, what is typed is not shown.</summary>
    public async Task<string?> AskSecretAsync(string question, CancellationToken cancellationToken)
    {
        if (!Interactive)
            return await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        using var hidden = HiddenInput.Begin();
        try
        {
            return await AskAsync(question, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            WriteLine();
        }
    }

    /// <summary>The whole input, for commands that another program feeds.</summary>
    public Task<string> ReadAllAsync(CancellationToken cancellationToken) => input.ReadToEndAsync(cancellationToken);

    /// <summary>Brings everything to its reader.</summary>
    public void Flush()
    {
        output.Flush();
        error.Flush();
    }

    /// <summary>Sets a text of the result off.</summary>
    public string Paint(Style style, string text) => traits.Color ? Painted(style, text) : text;

    /// <summary>Sets a text on standard error off.</summary>
    public string PaintNote(Style style, string text) => traits.ErrorColor ? Painted(style, text) : text;

    /// <summary>The text with every control character but tab and line feed made visible, and marks that turn the direction of reading as well.</summary>
    public static string Safe(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.Any(static c => IsDangerous(c)))
            return text;
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\t' or '\n' || !IsDangerous(c))
                safe.Append(c);
            else if (c < ' ')
                safe.Append((char)('\u2400' + c));
            else
                safe.Append('\ufffd');
        }

        return safe.ToString();
    }

    /// <summary>The same for a place that has one line: a line feed or tab is made visible as well.</summary>
    public static string OneLine(string text) => Safe(text).Replace('\n', '\u240a').Replace('\t', '\u2409');

    /// <summary>A read that has begun cannot be taken back: on Ctrl-C it is left behind.</summary>
    private Task<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        input.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellationToken);

    private static bool IsDangerous(char c) =>
        c < ' ' || c is (>= '\u007f' and < '\u00a0') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f';

    private static string Painted(Style style, string text) => style switch
    {
        Style.Bold => $"\e[1m{text}\e[0m",
        Style.Dim => $"\e[2m{text}\e[0m",
        Style.Green => $"\e[32m{text}\e[0m",
        Style.Red => $"\e[31m{text}\e[0m",
        Style.Yellow => $"\e[33m{text}\e[0m",
        Style.Cyan => $"\e[36m{text}\e[0m",
        _ => text,
    };
}
