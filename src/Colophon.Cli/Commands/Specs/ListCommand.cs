using System.Buffers;
using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Approvals;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Engine.Tracing;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Json;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon list</c>.</summary>
internal sealed class ListCommand : CliCommand
{
    private static readonly OptionSpec Specs = new("--specs", "List the specifications instead of the changes.");

    /// <inheritdoc/>
    public override string Name => "list";

    /// <inheritdoc/>
    public override string Summary => "List the open changes, or the specifications.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon list", "Every open change with its progress."), new("colophon list --specs --json", "Every specification, for a script.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Specs];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var tree = invocation.EnterTree();
        var problems = new List<SpecProblem>();
        if (!invocation.Line.Has(Specs))
        {
            var board = await ChangeBoard.OpenAsync(tree, invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
            UnfinishedNote.Write(invocation.Terminal, board);
            var changes = new List<ChangeStanding>();
            foreach (var name in tree.Changes)
            {
                try
                {
                    changes.Add(await board.OfAsync(tree.Change(name), cancellationToken).ConfigureAwait(false));
                }
                catch (SpecException e)
                {
                    problems.Add(SpecProblem.Of(name, $"openspec/changes/{name}", e));
                }
            }

            if (invocation.Json)
                WriteJson(invocation.Terminal, Members(tree, OpenSpecJson.WriteChanges), changes, problems);
            else
                ListChanges(invocation.Terminal, changes);
        }
        else
        {
            var specs = Read(tree, problems);
            if (invocation.Json)
                WriteJson(invocation.Terminal, Members(tree, OpenSpecJson.WriteSpecs), [], problems);
            else
                ListSpecs(invocation.Terminal, specs);
        }

        if (problems.Count == 0)
            return ExitCode.Done;
        if (!invocation.Json)
            NoteProblems(invocation.Terminal, problems);
        return ExitCode.Failed;
    }

    /// <summary>Says beside the result what cannot be read.</summary>
    public static void NoteProblems(Terminal terminal, IReadOnlyList<SpecProblem> problems)
    {
        foreach (var problem in problems)
        {
            terminal.Note($"{terminal.PaintNote(Style.Yellow, $"warning {problem.Code}:")} {Terminal.Safe(problem.Message)}");
            if (problem.Hint is { } hint)
                terminal.Note($"{terminal.PaintNote(Style.Cyan, "hint:")} {Terminal.Safe(hint)}");
        }
    }

    // OpenSpec's members, and ours beside them.
    private static ReadOnlyMemory<byte> Members(SpecTree tree, Action<SpecTree, IBufferWriter<byte>> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(tree, buffer);
        return buffer.WrittenMemory;
    }

    private static List<Spec> Read(SpecTree tree, List<SpecProblem> problems)
    {
        var (ids, found) = tree.LookAtSpecs();
        problems.AddRange(found);
        var specs = new List<Spec>();
        foreach (var id in ids)
        {
            try
            {
                specs.Add(tree.Spec(id));
            }
            catch (SpecException e)
            {
                problems.Add(SpecProblem.Of(id, $"openspec/specs/{id}/spec.md", e));
            }
        }

        return specs;
    }

    private static void WriteJson(Terminal terminal, ReadOnlyMemory<byte> members, List<ChangeStanding> changes, List<SpecProblem> problems)
    {
        using var document = JsonDocument.Parse(members);
        JsonOutput.Write(terminal, writer =>
        {
            writer.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.Name != "changes" || member.Value.ValueKind != JsonValueKind.Array)
                {
                    member.WriteTo(writer);
                    continue;
                }

                writer.WriteStartArray(member.Name);
                foreach (var change in member.Value.EnumerateArray())
                    WriteJson(writer, change, changes.Find(c => change.GetProperty("name").ValueEquals(c.Change.Name)));
                writer.WriteEndArray();
            }

            if (problems.Count > 0)
                TraceJson.Problems(writer, problems);
            writer.WriteEndObject();
        });
    }

    private static void WriteJson(Utf8JsonWriter writer, JsonElement change, ChangeStanding? standing)
    {
        writer.WriteStartObject();
        foreach (var member in change.EnumerateObject())
            member.WriteTo(writer);
        if (standing is not null)
        {
            writer.WriteString("state", StateText.Id(standing.Change.State));
            writer.WriteNumber("percentage", standing.Change.Percentage);
            VerdictText.WriteBlockers(writer, standing);
        }

        writer.WriteEndObject();
    }

    private static void ListChanges(Terminal terminal, List<ChangeStanding> changes)
    {
        if (changes.Count == 0)
        {
            terminal.WriteLine("No open changes.");
            return;
        }

        var withApprovals = changes.Exists(static c => c.Approvals is not null);
        var table = withApprovals ? new Table("change", "state", "tasks", "done", "approvals", "title") : new Table("change", "state", "tasks", "done", "title");
        foreach (var standing in changes)
        {
            var change = standing.Change;
            List<(string, Style)> cells = [(change.Name, Style.Cyan), (StateText.Of(change.State), StateText.StyleOf(change.State)), ($"{change.CompletedTasks}/{change.TotalTasks}", Style.Plain), ($"{change.Percentage} %", Style.Plain)];
            if (withApprovals)
                cells.Add(VerdictText.Short(standing));
            table.Add([.. cells, (change.Title == change.Name ? "" : change.Title, Style.Plain)]);
        }

        table.Write(terminal);
    }

    private static void ListSpecs(Terminal terminal, List<Spec> specs)
    {
        if (specs.Count == 0)
        {
            terminal.WriteLine("No specifications.");
            return;
        }

        var table = new Table("specification", "requirements", "purpose");
        foreach (var spec in specs)
            table.Add((spec.Id, Style.Cyan), (spec.Requirements.Count.ToString(), Style.Plain), (spec.Purpose.Split('\n')[0], Style.Plain));
        table.Write(terminal);
    }
}
