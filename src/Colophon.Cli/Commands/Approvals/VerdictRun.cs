using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Approvals;

/// <summary>What the two commands that give a verdict have in common: show, ask, record, say what came of it.</summary>
internal static class VerdictRun
{
    /// <summary>Gives a verdict.</summary>
    /// <param name="invocation">The command line.</param>
    /// <param name="question">What is asked before it is recorded; null records at once.</param>
    /// <param name="record">Records it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<ExitCode> RunAsync(Invocation invocation, string? question, Func<ProjectApprovals, ApprovalSubject, Task<Entry>> record, CancellationToken cancellationToken)
    {
        var terminal = invocation.Terminal;
        var tree = invocation.EnterTree();
        var name = ProjectSpecs.ChosenChange(tree, invocation.Line.Argument(0));
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var approvals = await ProjectApprovals.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var subject = await approvals.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (!invocation.Json)
            SubjectView.Write(terminal, subject, tree.Root, invocation.Standing);
        if (subject.Person.Advice is { } advice)
            terminal.Note($"{terminal.PaintNote(Style.Yellow, "note:")} {Terminal.Safe(advice)} {Person.HowToSet}");
        if (question is not null && !await AgreesAsync(terminal, question, cancellationToken).ConfigureAwait(false))
        {
            terminal.WriteLine("Nothing was recorded.");
            return ExitCode.Failed;
        }

        var entry = await record(approvals, subject).ConfigureAwait(false);
        // Read again: what the verdict came to includes itself.
        var board = await ChangeBoard.OpenAsync(invocation.EnterTree(), invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        var standing = await board.OfAsync(subject.Change, cancellationToken).ConfigureAwait(false);
        if (invocation.Json)
            WriteJson(terminal, subject, entry, standing);
        else
            WriteText(terminal, entry, standing);
        return ExitCode.Done;
    }

    private static async Task<bool> AgreesAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        terminal.WriteLine();
        var answer = await terminal.AskAsync(terminal.Paint(Style.Bold, question), cancellationToken).ConfigureAwait(false);
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    // What counts is whom the trust file names, whatever git says.
    private static string NameIn(ChangeStanding standing, Entry entry) =>
        standing.Approvals?.Verdicts.FirstOrDefault(v => v.Entry.Leaf == entry.Leaf)?.Who ?? entry.Predicate.Actor.Name;

    private static void WriteText(Terminal terminal, Entry entry, ChangeStanding standing)
    {
        terminal.WriteLine();
        var verdict = entry.Predicate.Approval?.Verdict ?? ApprovalVerdict.Approved;
        terminal.WriteLine($"{terminal.Paint(verdict == ApprovalVerdict.Approved ? Style.Green : Style.Yellow, VerdictText.Word(verdict))} as {Terminal.Safe(NameIn(standing, entry))}, entry {entry.Leaf[..12]}. Commit .openspec/audit.");
        if (standing is { Policy.Rules.Required: > 0, Approvals: { } approvals })
            terminal.WriteLine($"{approvals.Approvals.Count()} of {standing.Policy.Rules.Required} approvals.");
    }

    private static void WriteJson(Terminal terminal, ApprovalSubject subject, Entry entry, ChangeStanding standing) => JsonOutput.Write(terminal, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("change", subject.Change.Name);
        writer.WriteString("verdict", VerdictText.Id(entry.Predicate.Approval?.Verdict ?? ApprovalVerdict.Approved));
        writer.WriteString("entry", entry.Leaf);
        writer.WriteString("as", NameIn(standing, entry));
        writer.WriteString("text", subject.Digest);
        writer.WriteStartArray("files");
        foreach (var file in subject.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("sha256", file.Sha256);
            writer.WriteBoolean("tasks", file.Tasks);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        VerdictText.WriteBlockers(writer, standing);
        VerdictText.WriteApproval(writer, standing);
        writer.WriteEndObject();
    });
}
