using System.Text.Json;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Commands.Specs.Findings;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Specs;
using Colophon.Specs.Archiving;
using Colophon.Specs.Checking;

namespace Colophon.Cli.Commands.Specs;

/// <summary><c>colophon archive</c>.</summary>
internal sealed class ArchiveCommand : CliCommand
{
    private static readonly OptionSpec Yes = new("--yes", "Archive without asking.") { Short = 'y' };
    private static readonly OptionSpec DryRun = new("--dry-run", "Show what would change and write nothing.");
    private static readonly OptionSpec SkipSpecs = new("--skip-specs", "Move the change and leave the specifications as they are.");
    private static readonly OptionSpec AllowOpenTasks = new("--allow-open-tasks", "Archive it although tasks are open.");

    /// <inheritdoc/>
    public override string Name => "archive";

    /// <inheritdoc/>
    public override string Summary => "Merge a finished change into the specifications and move it into the archive.";

    /// <inheritdoc/>
    public override string Details =>
        """
        Shows the diff of every specification and asks. Refuses where something would be lost. All of it is done or
        nothing: after a crash, the next command finishes or undoes it. Git is not touched: commit the result yourself.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon archive add-search", "Look at the diff, then say yes or no."),
        new("colophon archive add-search --dry-run", "The diff alone."),
        new("colophon archive add-search --yes --json", "In a script."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("change", "The change; can be left out where there is only one.") { Optional = true, Kind = WordKind.Change }];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Yes, DryRun, SkipSpecs, AllowOpenTasks];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (line, terminal) = (invocation.Line, invocation.Terminal);
        var tree = invocation.EnterTree();
        var change = ProjectSpecs.ChosenChange(tree, line.Argument(0));
        var verdict = await ProjectArchive.MayArchiveAsync(tree, change, invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        if (!verdict.Allowed)
            throw Refused(invocation, tree, verdict);
        var archive = ProjectArchive.Prepare(tree, change, new ArchiveOptions { AllowOpenTasks = line.Has(AllowOpenTasks), SkipSpecs = line.Has(SkipSpecs) }, invocation.Time);
        // A merge that touches no specification undoes nobody's text.
        var findings = archive.Specs.Count == 0 ? [] : verdict.Findings;
        if (!invocation.Json)
            Show(invocation, archive, findings, tree.Root);
        if (!line.Has(DryRun))
        {
            if (!await AgreedAsync(invocation, archive, cancellationToken).ConfigureAwait(false))
            {
                terminal.Note("Nothing was changed.");
                return ExitCode.Failed;
            }

            archive.Commit();
        }

        if (invocation.Json)
            JsonOutput.Write(terminal, writer => WriteJson(writer, archive, findings, line.Has(DryRun)));
        else
            terminal.WriteLine(line.Has(DryRun) ? "Nothing was written." : $"Archived as {terminal.Paint(Style.Cyan, Terminal.Safe(archive.Path))}.");
        return ExitCode.Done;
    }

    private static SpecException Refused(Invocation invocation, SpecTree tree, ArchiveVerdict verdict)
    {
        if (!invocation.Json)
        {
            foreach (var finding in verdict.Findings)
                FindingText.Write(invocation.Terminal, finding, tree.Root, invocation.Standing);
        }

        return new SpecException(SpecError.ArchiveRefused, verdict.Reason ?? "", verdict.Hint);
    }

    private static void Show(Invocation invocation, ChangeArchive archive, IReadOnlyList<SpecFinding> findings, string root)
    {
        var terminal = invocation.Terminal;
        foreach (var spec in archive.Specs)
            DiffView.Write(terminal, ProjectArchive.Diff(spec));
        if (archive.Specs.Count == 0)
            terminal.WriteLine("No specification changes.");
        foreach (var warning in archive.Warnings)
            terminal.Note($"{terminal.PaintNote(Style.Yellow, "warning:")} {Terminal.Safe(warning)}");
        foreach (var finding in findings)
            FindingText.Write(terminal, finding, root, invocation.Standing);
    }

    private static async Task<bool> AgreedAsync(Invocation invocation, ChangeArchive archive, CancellationToken cancellationToken)
    {
        if (invocation.Line.Has(Yes))
            return true;
        if (invocation.Json || !invocation.Terminal.Interactive)
            throw new CliException(CliError.NobodyToAsk, "Archiving changes the specifications, and there is nobody to ask.", "Add --yes, or --dry-run to look only.");
        var specs = archive.Specs.Count switch { 0 => "", 1 => " and change 1 specification", var several => $" and change {several} specifications" };
        var answer = await invocation.Terminal.AskAsync($"Archive '{Terminal.Safe(archive.Change)}'{specs}? [y/N] ", cancellationToken).ConfigureAwait(false);
        return answer?.Trim() is "y" or "Y" or "yes";
    }

    private static void WriteJson(Utf8JsonWriter writer, ChangeArchive archive, IReadOnlyList<SpecFinding> findings, bool dryRun)
    {
        writer.WriteStartObject();
        writer.WriteString("change", archive.Change);
        writer.WriteString("archivedAs", archive.ArchiveName);
        writer.WriteString("path", archive.Path);
        writer.WriteBoolean("written", !dryRun);
        writer.WriteStartArray("specs");
        foreach (var spec in archive.Specs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", spec.Id);
            writer.WriteString("path", spec.Path);
            writer.WriteString("action", spec.Before is null ? "created" : spec.After is null ? "retired" : "updated");
            writer.WriteNumber("added", spec.Added);
            writer.WriteNumber("modified", spec.Modified);
            writer.WriteNumber("removed", spec.Removed);
            writer.WriteNumber("renamed", spec.Renamed);
            writer.WriteString("diff", ProjectArchive.Diff(spec));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        JsonOutput.WriteStrings(writer, "warnings", [.. archive.Warnings, .. findings.Select(static finding => $"{finding.Path}:{finding.Line}: {finding.Code}: {finding.Message}")]);
        writer.WriteEndObject();
    }
}
