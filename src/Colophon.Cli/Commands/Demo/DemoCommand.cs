using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Apply;
using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Cli.Reviewing;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Demo;

/// <summary><c>colophon demo</c>: the main job once, on the sample project.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const string Change = "search-and-tags";

    private static readonly OptionSpec Folder = new("--dir", "Keep the project in this new folder; without it, it is deleted at the end.") { Value = "dir", Kind = WordKind.Path };
    private static readonly OptionSpec Model = new("--model", "Let this model answer instead of the recorded script.") { Value = "name" };
    private static readonly OptionSpec Review = new("--review", "Review the proposals yourself.");

    /// <inheritdoc/>
    public override string Name => "demo";

    /// <inheritdoc/>
    public override string Summary => "See the whole of it once on a small sample project.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The model's answers are a recorded script that is played through the real client; everything else is what you
        would get in your own project. Its signing key lies in the demo's own folder: your keys are not touched.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon demo", "Half a minute, no network, no key."),
        new("colophon demo --dir /tmp/quill", "The same, and keep the project to look at."),
        new("colophon demo --model anthropic/claude-sonnet-4-6", "With a live model (needs ANTHROPIC_API_KEY)."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [Folder, Model, Review];

    /// <inheritdoc/>
    public override bool StreamsJson => true;

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var sample = DemoProject.Sample();
        if (invocation.Line.Has(Review) && (invocation.Json || !invocation.Terminal.Interactive))
            throw new CliException(CliError.NobodyToAsk, "No terminal is attached, so nobody can review.", "Leave --review out.");
        if (invocation.Line.Value(Folder) is { } kept)
            return await RunAsync(invocation, sample, Take(Path.GetFullPath(kept, invocation.Directory)), kept: true, cancellationToken).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("colophon-demo-").FullName;
        try
        {
            return await RunAsync(invocation, sample, folder, kept: false, cancellationToken).ConfigureAwait(false);
        }
        catch (ColophonException e) when (e.Hint?.Contains("--resume", StringComparison.Ordinal) == true)
        {
            // There is nothing left to resume.
            throw new CliException(CliError.DemoFailed, e.Message, "Run it again; with --dir the project is kept and can be gone on with.", e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ExitCode> RunAsync(Invocation invocation, string sample, string folder, bool kept, CancellationToken cancellationToken)
    {
        var terminal = invocation.Terminal;
        var quiet = invocation.Json;
        var project = await DemoProject.MakeAsync(sample, folder, cancellationToken).ConfigureAwait(false);
        Step(terminal, quiet, "A project with tests and a change to be made", $"copied quill to {project} and committed it");
        var environment = new Dictionary<string, string>(invocation.Environment, StringComparer.Ordinal) { ["XDG_CONFIG_HOME"] = Path.Combine(folder, "config") };
        environment.Remove("COLOPHON_PASSPHRASE");
        environment.Remove("COLOPHON_SIGNING_KEY");
        var overrides = new EngineOverrides
        {
            Model = invocation.Line.Value(Model) ?? $"replay:{Path.Combine(sample, "cassette.jsonl")}",
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["test.command"] = "sh test/run" },
            Environment = environment,
            Time = invocation.Time,
        };

        Step(terminal, quiet, "colophon init");
        var init = await ColophonEngine.InitAsync(project, overrides, "file", cancellationToken).ConfigureAwait(false);
        if (!quiet)
            InitCommand.WriteText(terminal, init);
        await DemoProject.CommitAsync(project, "Make the project ready for Colophon", cancellationToken).ConfigureAwait(false);

        var engine = await ColophonEngine.OpenAsync(project, overrides, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        Step(terminal, quiet, $"colophon apply {Change}", invocation.Line.Has(Model) ? null : "the model's answers are a recorded script; everything else is real");
        IReviewer reviewer = quiet ? new AutoAccept() : invocation.Line.Has(Review) ? new TerminalReviewer(terminal, environment) : new ShowingReviewer(terminal);
        var exit = await ApplyRun.RunAsync(engine, new ApplyRequest { Change = Change }, reviewer, invocation, explainContext: false, stays: kept, cancellationToken).ConfigureAwait(false);
        if (exit != ExitCode.Done)
            return exit;
        await FinishAsync(invocation, engine, project, cancellationToken).ConfigureAwait(false);
        if (!quiet)
            WriteEnd(terminal, folder, project, kept);
        return ExitCode.Done;
    }

    private static async Task FinishAsync(Invocation invocation, ColophonEngine engine, string project, CancellationToken cancellationToken)
    {
        var terminal = invocation.Terminal;
        var quiet = invocation.Json;
        Step(terminal, quiet, "sh test/run", "the project's own tests, in the sandbox");
        var tests = await ProjectTests.RunAsync(engine, cancellationToken).ConfigureAwait(false);
        if (!quiet)
            terminal.Write(Terminal.Safe(tests.Output));
        if (!tests.Succeeded)
            throw new CliException(CliError.DemoFailed, $"The project's tests failed with exit code {tests.ExitCode}.", "With a live model that can happen: look at the project with --dir.");
        Step(terminal, quiet, "git commit");
        await DemoProject.CommitAsync(project, "Find notes again, by word and by tag", cancellationToken).ConfigureAwait(false);

        var audit = await ProjectAudit.OfAsync(engine, cancellationToken).ConfigureAwait(false);
        var rows = audit.Query(new AuditQuery()).Rows;
        var report = await audit.VerifyAsync(new VerifyRequest { Strict = true }, cancellationToken).ConfigureAwait(false);
        var coverage = await audit.CoverageAsync([], cancellationToken).ConfigureAwait(false);
        if (quiet)
        {
            JsonOutput.WriteEvent(terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("type", "demoFinished");
                writer.WriteString("project", project);
                writer.WriteString("tests", tests.Output.TrimEnd());
                writer.WriteNumber("entries", rows.Count);
                writer.WriteNumber("verifyExitCode", report.ExitCode);
                writer.WriteNumber("lines", coverage.Project.Lines);
                writer.WriteNumber("modelLines", coverage.Project.Model);
                writer.WriteEndObject();
            });
        }
        else
        {
            Step(terminal, quiet, "colophon audit log");
            LogCommand.WriteText(terminal, rows);
            Step(terminal, quiet, "colophon audit verify --strict");
            VerifyCommand.WriteText(terminal, report);
            Step(terminal, quiet, "colophon coverage");
            CoverageView.Write(terminal, coverage);
        }

        await File.WriteAllTextAsync(Path.GetFullPath("../coverage.html", project), audit.CoveragePage(coverage), cancellationToken).ConfigureAwait(false);
        if (report.ExitCode != 0)
            throw new CliException(CliError.DemoFailed, $"The demo's own log does not verify: {report.Summary}");
    }

    private static void WriteEnd(Terminal terminal, string folder, string project, bool kept)
    {
        terminal.WriteLine();
        if (kept)
            terminal.WriteLine(Terminal.Safe($"The project is in {project}; {Path.Combine(folder, "coverage.html")} shows where each line came from. To look around in it: export XDG_CONFIG_HOME={Path.Combine(folder, "config")}"));
        else
            terminal.WriteLine("The project is deleted now; `colophon demo --dir <new folder>` keeps it.");
        terminal.WriteLine("With a live model instead of the script: ANTHROPIC_API_KEY=… colophon demo --model anthropic/claude-sonnet-4-6");
        terminal.WriteLine("In your own repository: `colophon init`.");
    }

    private static string Take(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            throw new CliException(CliError.FolderTaken, $"'{folder}' is not empty.", "Name a new folder.");
        return Directory.CreateDirectory(folder).FullName;
    }

    private static void Step(Terminal terminal, bool quiet, string title, string? note = null)
    {
        if (quiet)
            return;
        terminal.WriteLine();
        terminal.WriteLine($"{terminal.Paint(Style.Cyan, "──")} {terminal.Paint(Style.Bold, title)}{(note is null ? "" : terminal.Paint(Style.Dim, $"  ({Terminal.Safe(note)})"))}");
        terminal.Flush();
    }
}
