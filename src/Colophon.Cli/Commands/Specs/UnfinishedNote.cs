using Colophon.Cli.Terminals;
using Colophon.Engine;

namespace Colophon.Cli.Commands.Specs;

/// <summary>Tells what a killed run left, for commands that only look.</summary>
internal static class UnfinishedNote
{
    /// <summary>One line, where there is anything.</summary>
    public static void Write(Terminal terminal, ChangeBoard board)
    {
        if (board.Unfinished.Count == 0)
            return;
        var (change, task) = board.Unfinished[0];
        var more = board.Unfinished.Count == 1 ? "" : $", and {board.Unfinished.Count - 1} more";
        terminal.Note($"{terminal.PaintNote(Style.Yellow, "interrupted:")} task {Terminal.Safe(task)} of '{Terminal.Safe(change)}' was accepted and not fully written{more}; `colophon apply {Terminal.Safe(change)}` finishes it first.");
    }
}
