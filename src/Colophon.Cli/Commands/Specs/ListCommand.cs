using System.Buffers;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
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
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var tree = ProjectSpecs.Open(invocation.Directory);
        var specs = invocation.Line.Has(Specs);
        if (invocation.Json)
            JsonOutput.WriteBytes(invocation.Terminal, output => Write(tree, specs, output));
        else if (specs)
            ListSpecs(invocation.Terminal, tree);
        else
            ListChanges(invocation.Terminal, tree);
        return Task.FromResult(ExitCode.Done);
    }

    private static bool Write(SpecTree tree, bool specs, IBufferWriter<byte> output)
    {
        if (specs)
            OpenSpecJson.WriteSpecs(tree, output);
        else
            OpenSpecJson.WriteChanges(tree, output);
        return true;
    }

    private static void ListChanges(Terminal terminal, SpecTree tree)
    {
        var changes = tree.Changes.Select(tree.Change).ToList();
        if (changes.Count == 0)
        {
            terminal.WriteLine("No open changes.");
            return;
        }

        var table = new Table("change", "state", "tasks", "title");
        foreach (var change in changes)
            table.Add((change.Name, Style.Cyan), (StateText.Of(change.State), StateText.StyleOf(change.State)), ($"{change.CompletedTasks}/{change.TotalTasks}", Style.Plain), (change.Title == change.Name ? "" : change.Title, Style.Plain));
        table.Write(terminal);
    }

    private static void ListSpecs(Terminal terminal, SpecTree tree)
    {
        var specs = tree.Specs.Select(tree.Spec).ToList();
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
