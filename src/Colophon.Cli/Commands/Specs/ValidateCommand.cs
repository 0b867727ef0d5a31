using System.Buffers;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Json;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon validate</c>.</summary>
internal sealed class ValidateCommand : CliCommand
{
    private static readonly OptionSpec All = new("--all", "Validate every change and every specification.");
    private static readonly OptionSpec Strict = new("--strict", "Count warnings as errors.");
    private static readonly OptionSpec Kind = new("--type", "Say which is meant where a change and a specification share a name.") { Value = "kind", Choices = ["change", "spec"], Kind = WordKind.Choice };

    /// <inheritdoc/>
    public override string Name => "validate";

    /// <inheritdoc/>
    public override string Summary => "Check a change or a specification, by OpenSpec's rules.";

    /// <inheritdoc/>
    public override string Details => "Exits with 1 where something is invalid. Without a name and without --all, the only open change is checked.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon validate add-search --strict", "One change, warnings counting."), new("colophon validate --all --json", "Everything, for a script.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "The change or specification.") { Optional = true, Kind = WordKind.ChangeOrSpec }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [All, Strict, Kind];

    /// <inheritdoc/>
    public override Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        if (line.Has(All) && line.Arguments.Count > 0)
            throw new CliException(CliError.UnexpectedArgument, "Either name one item or give --all, not both.", "For example: colophon validate --all");
        var tree = ProjectSpecs.Open(invocation.Directory);
        if (invocation.Json && line.Argument(0) is { } name && !line.Has(Kind))
        {
            // OpenSpec answers an unknown name with JSON too.
            var valid = JsonOutput.WriteBytes(invocation.Terminal, output => OpenSpecJson.WriteValidation(tree, name, line.Has(Strict), output));
            return Task.FromResult(valid ? ExitCode.Done : ExitCode.Failed);
        }

        var report = Validate(tree, line);
        if (invocation.Json)
            JsonOutput.WriteBytes(invocation.Terminal, output => Write(tree, report, output));
        else
            WriteText(invocation.Terminal, report);
        return Task.FromResult(report.Valid ? ExitCode.Done : ExitCode.Failed);
    }

    private static bool Write(SpecTree tree, ValidationReport report, IBufferWriter<byte> output)
    {
        OpenSpecJson.WriteReport(tree, report, output);
        return true;
    }

    private static ValidationReport Validate(SpecTree tree, ParsedLine line)
    {
        var strict = line.Has(Strict);
        if (line.Has(All))
            return Validation.All(tree, strict);
        var name = ProjectSpecs.ChosenChange(tree, line.Argument(0));
        var isSpec = line.Value(Kind) is { } kind ? kind == "spec" : !tree.Changes.Contains(name, StringComparer.Ordinal) && tree.Specs.Contains(name, StringComparer.Ordinal);
        return isSpec ? Validation.Spec(tree, name, strict) : Validation.Change(tree, name, strict);
    }

    private static void WriteText(Terminal terminal, ValidationReport report)
    {
        foreach (var item in report.Items)
        {
            var verdict = item.Valid ? terminal.Paint(Style.Green, "valid") : terminal.Paint(Style.Red, "invalid");
            terminal.WriteLine($"{(item.Kind == ItemKind.Change ? "change" : "spec")} {terminal.Paint(Style.Cyan, Terminal.Safe(item.Id))}: {verdict}");
            foreach (var issue in item.Issues)
            {
                var place = issue.Line is { } number ? $"{issue.Path}:{number}" : issue.Path;
                var style = issue.Level switch { IssueLevel.Error => Style.Red, IssueLevel.Warning => Style.Yellow, _ => Style.Dim };
                terminal.WriteLine($"  {terminal.Paint(style, issue.Level.ToString().ToLowerInvariant())} {Terminal.Safe(place)}: {Terminal.Safe(issue.Message)}");
            }
        }

        var invalid = report.Items.Count(static item => !item.Valid);
        terminal.WriteLine($"{report.Items.Count - invalid} valid, {invalid} invalid");
    }
}
