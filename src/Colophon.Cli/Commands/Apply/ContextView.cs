using Colophon.Cli.Terminals;
using Colophon.Engine;

namespace Colophon.Cli.Commands.Apply;

/// <summary>Shows which files the model is given, and why.</summary>
internal static class ContextView
{
    /// <summary>Prints the table.</summary>
    public static void Write(Terminal terminal, EngineEvent.ContextChosen context)
    {
        terminal.WriteLine($"context: {context.Tokens:N0} of {context.Budget:N0} tokens");
        if (context.Choices.Count == 0)
            return;
        var table = new Table("", "file", "tokens", "rank", "why");
        foreach (var choice in context.Choices)
        {
            table.Add(
                (choice.Taken ? "+" : "-", choice.Taken ? Style.Green : Style.Dim),
                (choice.Path, choice.Taken ? Style.Plain : Style.Dim),
                ($"{choice.Tokens:N0}", Style.Plain),
                ($"{choice.Score}", Style.Plain),
                (choice.Taken ? choice.Reason : $"{choice.Reason}; left out, over budget", Style.Dim));
        }

        table.Write(terminal);
    }
}
