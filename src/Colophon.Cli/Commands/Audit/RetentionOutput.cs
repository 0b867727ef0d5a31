using System.Globalization;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Audit;

/// <summary>What the commands share that pack, move and delete old entries.</summary>
internal static class RetentionOutput
{
    public static readonly OptionSpec OlderThan = new("--older-than", "Take entries recorded before this: 90d, 26w, or a date. Default: what retention.*_after_days says.") { Value = "span" };

    public static readonly OptionSpec DryRun = new("--dry-run", "Say what would be done and change nothing.");

    public static async Task<ExitCode> RunAsync(Invocation invocation, RetentionOrder order, string done, CancellationToken cancellationToken)
    {
        if (invocation.Line.Value(OlderThan) is { } moment)
            order = order with { Before = Moment.Parse(OlderThan.Name, moment, invocation.Time) };
        order = order with { DryRun = invocation.Line.Has(DryRun) };
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var progress = Progress.Start(invocation.Terminal, "looking at the log", invocation.Time);
        RetentionReport report;
        await using (progress.ConfigureAwait(false))
            report = await ProjectRetention.RunAsync(engine, order, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            WriteJson(invocation.Terminal, order, report);
        else
            WriteText(invocation.Terminal, order, report, done);
        return ExitCode.Done;
    }

    private static void WriteText(Terminal terminal, RetentionOrder order, RetentionReport report, string done)
    {
        if (report.Segments.Count > 0)
        {
            var table = new Table("SEGMENT", "ENTRIES", "BYTES", order.DryRun ? "" : "AFTER");
            foreach (var segment in report.Segments)
                table.Add(segment.Segment, Number(segment.Entries), Number(segment.BytesBefore), order.DryRun ? "" : Number(segment.BytesAfter));
            table.Write(terminal);
        }

        foreach (var (segment, reason) in report.Kept)
            terminal.WriteLine($"{terminal.Paint(Style.Yellow, "kept")}  {Terminal.Safe(segment)}: {Terminal.Safe(reason)}");
        if (report.Tips is { } tips)
            terminal.WriteLine($"Lines that stand today were looked for in the working tree and in {Number(tips)} {(tips == 1 ? "commit" : "commits")}: HEAD and every branch that this clone knows.");
        var entries = report.Segments.Sum(static s => s.Entries);
        var saved = report.Segments.Sum(static s => s.BytesBefore - s.BytesAfter);
        terminal.WriteLine((entries, order.DryRun) switch
        {
            (0, _) => report.Kept.Count == 0 ? "No entry is old enough." : $"No entry {(order.DryRun ? "would be" : "was")} {done}: what is old enough is kept.",
            (_, true) => $"{Number(entries)} entries would be {done}. Nothing was changed.",
            _ => $"{Number(entries)} entries {done}, {Number(saved)} bytes less in the tree. Commit .openspec/audit.",
        });
    }

    private static void WriteJson(Terminal terminal, RetentionOrder order, RetentionReport report) => JsonOutput.Write(terminal, writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("dryRun", order.DryRun);
        if (report.Tips is { } tips)
            writer.WriteNumber("commitsLookedAt", tips);
        writer.WriteStartArray("segments");
        foreach (var segment in report.Segments)
        {
            writer.WriteStartObject();
            writer.WriteString("segment", segment.Segment);
            writer.WriteNumber("entries", segment.Entries);
            writer.WriteNumber("bytesBefore", segment.BytesBefore);
            writer.WriteNumber("bytesAfter", segment.BytesAfter);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("kept");
        foreach (var (segment, reason) in report.Kept)
        {
            writer.WriteStartObject();
            writer.WriteString("segment", segment);
            writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
