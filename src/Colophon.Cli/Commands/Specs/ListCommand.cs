using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs;

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
        if (invocation.Line.Has(Specs))
            ListSpecs(invocation, tree);
        else
            ListChanges(invocation, tree);
        return Task.FromResult(ExitCode.Done);
    }

    private static void ListChanges(Invocation invocation, SpecTree tree)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            JsonOutput.Write(terminal, writer => SpecJson.WriteChanges(writer, tree));
            return;
        }

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

    private static void ListSpecs(Invocation invocation, SpecTree tree)
    {
        var terminal = invocation.Terminal;
        if (invocation.Json)
        {
            JsonOutput.Write(terminal, writer => SpecJson.WriteSpecs(writer, tree));
            return;
        }

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
