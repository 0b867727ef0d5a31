using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs.Checking.Conflicts;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon conflicts</c>.</summary>
internal sealed class ConflictsCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "conflicts";

    /// <inheritdoc/>
    public override string Summary => "Show which open changes touch the same requirement, and an order to archive them in.";

    /// <inheritdoc/>
    public override string Details => "Each order was tried by merging in memory; nothing is written. `colophon validate` warns of the same conflicts.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon conflicts", "The conflicts of all open changes."), new("colophon conflicts --json", "For a script.")];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var report = SpecChecks.FindConflicts(invocation.EnterTree());
        if (invocation.Json)
            JsonOutput.Write(invocation.Terminal, writer => WriteJson(writer, report));
        else
            WriteText(invocation.Terminal, report);
        return Task.FromResult(ExitCode.Done);
    }

    private static void WriteText(Terminal terminal, ConflictReport report)
    {
        if (report.Conflicts.Count == 0)
        {
            terminal.WriteLine("No two open changes touch the same requirement.");
            return;
        }

        var table = new Table("specification", "requirement", "change", "change", "order");
        foreach (var conflict in report.Conflicts)
        {
            table.Add(
                (conflict.Capability, Style.Cyan),
                (conflict.Requirement, Style.Plain),
                ($"{conflict.First.Change} {conflict.First.Does}", Style.Plain),
                ($"{conflict.Second.Change} {conflict.Second.Does}", Style.Plain),
                (Verdict(conflict), conflict.Outcome is ConflictOutcome.OneMustGive or ConflictOutcome.LastOneWins ? Style.Red : Style.Yellow));
        }

        table.Write(terminal);
        terminal.WriteLine($"\n{terminal.Paint(Style.Bold, "Archive in this order:")}");
        var number = 0;
        foreach (var change in report.Order)
        {
            terminal.WriteLine(change.Refusal is null
                ? $"  {++number}. {Terminal.Safe(change.Change)}"
                : $"  {terminal.Paint(Style.Red, "then mend")} {Terminal.Safe(change.Change)}: {Terminal.Safe(change.Refusal.ReplaceLineEndings("; "))}");
        }
    }

    private static string Verdict(ChangeConflict conflict) => conflict.Outcome switch
    {
        ConflictOutcome.FirstThenSecond => $"{conflict.First.Change} first",
        ConflictOutcome.SecondThenFirst => $"{conflict.Second.Change} first",
        ConflictOutcome.LastOneWins => "the last one wins",
        _ => "one must give",
    };

    private static void WriteJson(Utf8JsonWriter writer, ConflictReport report)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("conflicts");
        foreach (var conflict in report.Conflicts)
        {
            writer.WriteStartObject();
            writer.WriteString("capability", conflict.Capability);
            writer.WriteString("requirement", conflict.Requirement);
            writer.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(conflict.Outcome.ToString()));
            WriteSide(writer, "first", conflict.First);
            WriteSide(writer, "second", conflict.Second);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("order");
        foreach (var change in report.Order)
        {
            writer.WriteStartObject();
            writer.WriteString("change", change.Change);
            writer.WriteString("refusal", change.Refusal);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter writer, string name, ConflictSide side)
    {
        writer.WriteStartObject(name);
        writer.WriteString("change", side.Change);
        writer.WriteString("does", side.Does);
        writer.WriteString("path", side.Path);
        writer.WriteNumber("line", side.Line);
        writer.WriteEndObject();
    }
}
