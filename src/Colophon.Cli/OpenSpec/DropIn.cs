using System.Text;
using Colophon.Cli.Terminals;
using Colophon.Specs.OpenSpec;

namespace Colophon.Cli.OpenSpec;

/// <summary>The <c>openspec</c> command line in place of our own: as <c>colophon openspec …</c>, or when the program is called by that name.</summary>
internal static class DropIn
{
    private const string Name = "openspec";

    /// <summary>The words for the drop-in, or null where the line is ours.</summary>
    /// <param name="words">The words behind the program's name.</param>
    /// <param name="program">The name the program was called by, with or without its folder.</param>
    public static string[]? WordsFor(string[] words, string? program)
    {
        if (Path.GetFileName(program) == Name)
            return words;
        return words is [Name, ..] ? words[1..] : null;
    }

    /// <summary>Runs it on the process's own streams.</summary>
    public static int Run(string[] words, IReadOnlyDictionary<string, string> environment)
    {
        var output = !Console.IsOutputRedirected;
        try
        {
            return OpenSpecProgram.Run(new OpenSpecHost
            {
                Arguments = words,
                Directory = Path.GetFullPath("."),
                Environment = environment,
                Output = new DescriptorStream(1, heedless: true),
                Error = new DescriptorStream(2, heedless: true),
                Input = new StreamReader(new DescriptorStream(0), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)),
                Time = TimeProvider.System,
                InputIsTerminal = !Console.IsInputRedirected,
                OutputIsTerminal = output,
                ErrorIsTerminal = !Console.IsErrorRedirected,
                ParentName = ParentName,
                RunEditor = Editor.Run,
                Width = output ? TerminalSize.Columns(TerminalSize.StandardOutput) ?? 80 : 80,
            });
        }
        catch (IOException e)
        {
            try
            {
                using var error = new DescriptorStream(2, heedless: true);
                error.Write(Encoding.UTF8.GetBytes($"Error: {Terminal.Safe(e.Message)}\n"));
            }
            catch (IOException)
            {
                // Nor can that be said.
            }

            return 1;
        }
    }

    /// <summary>The program that started this one, where the system shows it as a file.</summary>
    private static string? ParentName()
    {
        try
        {
            // The name in brackets may hold anything; behind it come the state and the parent.
            var stat = File.ReadAllText("/proc/self/stat");
            var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
            return File.ReadAllText($"/proc/{parent}/comm").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
