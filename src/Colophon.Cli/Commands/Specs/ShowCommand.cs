using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Words;
using Colophon.Specs;
using Colophon.Specs.Json;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon show</c>.</summary>
internal sealed class ShowCommand : CliCommand
{
    private const int MostNamed = 8;

    private static readonly OptionSpec Kind = new("--type", "Say which is meant where a change and a specification share a name.") { Value = "kind", Choices = ["change", "spec"], Kind = WordKind.Choice };

    /// <inheritdoc/>
    public override string Name => "show";

    /// <inheritdoc/>
    public override string Summary => "Show a change or a specification.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon show add-search", "A change: why, what, and its requirements."), new("colophon show search --type spec --json", "A specification, for a script.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "The change or specification.") { Kind = WordKind.ChangeOrSpec }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Kind];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var tree = invocation.EnterTree();
        var (name, kind) = (invocation.Line.Arguments[0], invocation.Line.Value(Kind));
        if (invocation.Json)
        {
            var shown = JsonOutput.WriteBytes(invocation.Terminal, output => kind switch
            {
                "change" => OpenSpecJson.WriteChange(tree, name, output),
                "spec" => OpenSpecJson.WriteSpec(tree, name, output),
                _ => OpenSpecJson.WriteItem(tree, name, output),
            });
            return Task.FromResult(shown ? ExitCode.Done : ExitCode.Failed);
        }

        if (IsSpec(tree, name, kind))
            WriteSpec(invocation.Terminal, tree.Spec(name));
        else
            WriteChange(invocation.Terminal, tree.Change(name));
        return Task.FromResult(ExitCode.Done);
    }

    private static bool IsSpec(SpecTree tree, string name, string? kind)
    {
        if (kind is not null)
            return kind == "spec";
        var isSpec = tree.Specs.Contains(name, StringComparer.Ordinal);
        if (isSpec && tree.Changes.Contains(name, StringComparer.Ordinal))
            throw new CliException(CliError.OptionValue, $"'{name}' is both a change and a specification.", $"Say which: `colophon show {name} --type change` or `--type spec`.");
        if (!isSpec && !tree.Changes.Contains(name, StringComparer.Ordinal) && !tree.ArchivedChanges.Contains(name, StringComparer.Ordinal) && tree.ArchivedAs(name) is null)
            throw NoSuchItem(tree, name);
        return isSpec;
    }

    /// <summary>What is said of a name that nothing has.</summary>
    public static SpecException NoSuchItem(SpecTree tree, string name)
    {
        string[] known = [.. tree.Changes, .. tree.Specs];
        var hint = known.Length == 0 ? "The tree has neither yet."
            : EditDistance.Closest(name, known) is { } nearest ? $"Did you mean '{nearest}'?"
            : $"There are: {string.Join(", ", known.Take(MostNamed))}{(known.Length > MostNamed ? ", …; `colophon list` and `colophon list --specs` show all" : "")}.";
        return new SpecException(SpecError.ChangeNotFound, $"There is no change and no specification '{name}'.", hint);
    }

    private static void WriteChange(Terminal terminal, Change change)
    {
        terminal.WriteLine(terminal.Paint(Style.Bold, Terminal.Safe(change.Title)) + (change.Title == change.Name ? "" : terminal.Paint(Style.Dim, $"  ({Terminal.Safe(change.Name)})")));
        terminal.WriteLine($"{terminal.Paint(StateText.StyleOf(change.State), StateText.Of(change.State))}, {change.CompletedTasks} of {change.TotalTasks} tasks done");
        if (change.Proposal is { } proposal)
        {
            Section(terminal, "Why", proposal.Why);
            Section(terminal, "What changes", proposal.WhatChanges);
        }

        foreach (var delta in change.Deltas)
        {
            Heading(terminal, delta.Capability);
            foreach (var rename in delta.Renamed)
                terminal.WriteLine($"  {terminal.Paint(Style.Yellow, "renamed")}  {Terminal.Safe(rename.From)} -> {Terminal.Safe(rename.To)}");
            Requirements(terminal, "added", Style.Green, delta.Added);
            Requirements(terminal, "modified", Style.Yellow, delta.Modified);
            Requirements(terminal, "removed", Style.Red, delta.Removed);
        }

        foreach (var diagnostic in change.Diagnostics)
            terminal.Note($"{diagnostic.Path}{(diagnostic.Line is { } line ? $":{line}" : "")}: {Terminal.Safe(diagnostic.Message)}");
    }

    private static void WriteSpec(Terminal terminal, Spec spec)
    {
        terminal.WriteLine(terminal.Paint(Style.Bold, Terminal.Safe(spec.Id)));
        Section(terminal, "Purpose", spec.Purpose);
        Heading(terminal, $"Requirements ({spec.Requirements.Count})");
        foreach (var requirement in spec.Requirements)
        {
            terminal.WriteLine($"  {terminal.Paint(Style.Cyan, Terminal.Safe(requirement.Name))}");
            Indented(terminal, requirement.BodyText, 4);
            foreach (var scenario in requirement.Scenarios)
                terminal.WriteLine($"    - {Terminal.Safe(scenario.Name)}");
        }
    }

    private static void Requirements(Terminal terminal, string operation, Style style, IReadOnlyList<Requirement> requirements)
    {
        foreach (var requirement in requirements)
        {
            terminal.WriteLine($"  {terminal.Paint(style, operation)}  {Terminal.Safe(requirement.Name)}");
            Indented(terminal, requirement.BodyText, 4);
            foreach (var scenario in requirement.Scenarios)
                terminal.WriteLine($"    - {Terminal.Safe(scenario.Name)}");
        }
    }

    private static void Section(Terminal terminal, string title, string text)
    {
        if (text.Length == 0)
            return;
        Heading(terminal, title);
        Indented(terminal, text, 2);
    }

    private static void Heading(Terminal terminal, string title) => terminal.WriteLine($"\n{terminal.Paint(Style.Bold, Terminal.Safe(title))}");

    private static void Indented(Terminal terminal, string text, int indent)
    {
        foreach (var line in Wrapping.Reflow(Terminal.Safe(text), Math.Max(30, terminal.Width - indent)))
            terminal.WriteLine(line.Length == 0 ? "" : new string(' ', indent) + line);
    }
}
