using System.Buffers;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Specs.Findings;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Checking;
using Colophon.Specs.Json;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon validate</c>.</summary>
internal sealed class ValidateCommand : CliCommand
{
    private static readonly OptionSpec All = new("--all", "Validate every change and every specification.");
    private static readonly OptionSpec Changes = new("--changes", "Validate every change.");
    private static readonly OptionSpec Specs = new("--specs", "Validate every specification.");
    private static readonly OptionSpec Strict = new("--strict", "Count warnings as errors.");
    private static readonly OptionSpec Kind = new("--type", "Say which is meant where a change and a specification share a name.") { Value = "kind", Choices = ["change", "spec"], Kind = WordKind.Choice };
    private static readonly OptionSpec Format = new("--format", "Print text, Colophon's JSON, SARIF 2.1.0, or JUnit XML.") { Value = "format", Choices = ["text", "json", "sarif", "junit"], Kind = WordKind.Choice };

    private static readonly OptionSpec Fix = new("--fix", "Mend what can be mended with certainty, then check.");
    private static readonly OptionSpec DryRun = new("--dry-run", "With --fix: print the diff and write nothing.");

    /// <inheritdoc/>
    public override string Name => "validate";

    /// <inheritdoc/>
    public override string Summary => "Check changes and specifications: OpenSpec's rules, what it lets through, what archive would refuse.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Exits with 1 where something is invalid. Without a name and without --all, --changes or --specs, the only open
        change is checked. Every finding has a code; `colophon explain <code>` says more. --json prints OpenSpec's own
        report, byte for byte, with its rules alone; --format json prints Colophon's.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon validate add-search --strict", "One change, warnings counting."),
        new("colophon validate --all --format sarif", "Everything, for a code host."),
        new("colophon validate --all --fix --dry-run", "What --fix would change."),
        new("colophon validate --all --json", "OpenSpec's rules and shape, for a script."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("name", "The change or specification.") { Optional = true, Kind = WordKind.ChangeOrSpec }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [All, Changes, Specs, Strict, Format, Fix, DryRun, Kind];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var line = invocation.Line;
        if (IsBulk(line) && line.Arguments.Count > 0)
            throw new CliException(CliError.UnexpectedArgument, "Either name one item or give --all, --changes or --specs, not both.", "For example: colophon validate --all");
        var tree = invocation.EnterTree();
        if (invocation.Json && !line.Has(Format))
            return WriteOpenSpec(invocation, tree);
        var options = Chosen(tree, line);
        if (line.Has(DryRun) && !line.Has(Fix))
            throw new CliException(CliError.OptionValue, "--dry-run goes with --fix.", "For example: colophon validate --all --fix --dry-run");
        if (line.Has(Fix) && Mend(invocation, tree, options))
            return ExitCode.Done;
        var report = await SpecChecks.CheckAsync(tree, options, cancellationToken).ConfigureAwait(false);
        Write(invocation, tree, report);
        return report.Valid ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Mends, or shows how; true where that was all that was asked for.</summary>
    private static bool Mend(Invocation invocation, SpecTree tree, CheckOptions options)
    {
        var terminal = invocation.Terminal;
        var planned = SpecChecks.PlanFixes(tree, options);
        if (invocation.Line.Has(DryRun))
        {
            foreach (var fix in planned)
                DiffView.Write(terminal, fix.Diff);
            terminal.Note(planned.Count == 0 ? "Nothing to mend." : $"{planned.Count} {(planned.Count == 1 ? "file" : "files")} would change; nothing was written.");
            return true;
        }

        foreach (var fix in planned)
        {
            SpecChecks.Write(tree, fix);
            foreach (var finding in fix.Fix.Mended)
                terminal.Note($"mended {Terminal.Safe(FindingText.Relative(finding.Path, tree.Root, invocation.Standing))}:{finding.Line}: {finding.Code} {finding.Fix?.Description}");
        }

        return false;
    }

    private static void Write(Invocation invocation, SpecTree tree, CheckReport report)
    {
        var terminal = invocation.Terminal;
        switch (invocation.Line.Value(Format))
        {
            case "json":
                JsonOutput.Write(terminal, writer => FindingJson.Write(writer, report, tree.Root));
                break;
            case "sarif":
                JsonOutput.Write(terminal, writer => FindingSarif.Write(writer, report, tree.Root));
                break;
            case "junit":
                terminal.WriteLine(FindingJUnit.Render(report, invocation.Line.Has(Strict)));
                break;
            default:
                FindingText.Write(terminal, report, tree.Root, invocation.Standing);
                break;
        }
    }

    private static bool IsBulk(ParsedLine line) => line.Has(All) || line.Has(Changes) || line.Has(Specs);

    private static CheckOptions Chosen(SpecTree tree, ParsedLine line)
    {
        var options = new CheckOptions { Strict = line.Has(Strict) };
        if (IsBulk(line))
        {
            var all = line.Has(All) || (line.Has(Changes) && line.Has(Specs));
            return options with { Changes = all || line.Has(Changes) ? null : [], Specs = all || line.Has(Specs) ? null : [] };
        }

        var name = ProjectSpecs.ChosenChange(tree, line.Argument(0));
        var isSpec = IsSpec(tree, line, name);
        if (!isSpec && !line.Has(Kind) && !tree.Changes.Contains(name, StringComparer.Ordinal) && !tree.ArchivedChanges.Contains(name, StringComparer.Ordinal) && tree.ArchivedAs(name) is null)
            throw ShowCommand.NoSuchItem(tree, name);
        return isSpec ? options with { Changes = [], Specs = [name] } : options with { Changes = [name], Specs = [] };
    }

    private static bool IsSpec(SpecTree tree, ParsedLine line, string name) => line.Value(Kind) is { } kind
        ? kind == "spec"
        : !tree.Changes.Contains(name, StringComparer.Ordinal) && tree.Specs.Contains(name, StringComparer.Ordinal);

    private static ExitCode WriteOpenSpec(Invocation invocation, SpecTree tree)
    {
        var line = invocation.Line;
        if (line.Argument(0) is { } name && !line.Has(Kind))
        {
            // OpenSpec answers an unknown name with JSON too.
            var valid = JsonOutput.WriteBytes(invocation.Terminal, output => OpenSpecJson.WriteValidation(tree, name, line.Has(Strict), output));
            return valid ? ExitCode.Done : ExitCode.Failed;
        }

        var report = Validate(tree, line);
        JsonOutput.WriteBytes(invocation.Terminal, output => Write(tree, report, output));
        return report.Valid ? ExitCode.Done : ExitCode.Failed;
    }

    private static bool Write(SpecTree tree, ValidationReport report, IBufferWriter<byte> output)
    {
        OpenSpecJson.WriteReport(tree, report, output);
        return true;
    }

    private static ValidationReport Validate(SpecTree tree, ParsedLine line)
    {
        var strict = line.Has(Strict);
        if (line.Has(All) || (line.Has(Changes) && line.Has(Specs)))
            return Validation.All(tree, strict);
        if (IsBulk(line))
            return line.Has(Changes) ? Validation.Changes(tree, strict) : Validation.Specs(tree, strict);
        var name = ProjectSpecs.ChosenChange(tree, line.Argument(0));
        var isSpec = IsSpec(tree, line, name);
        if (!isSpec && !line.Has(Kind) && !tree.Changes.Contains(name, StringComparer.Ordinal) && !tree.ArchivedChanges.Contains(name, StringComparer.Ordinal) && tree.ArchivedAs(name) is null)
            throw ShowCommand.NoSuchItem(tree, name);
        return isSpec ? Validation.Spec(tree, name, strict) : Validation.Change(tree, name, strict);
    }
}
