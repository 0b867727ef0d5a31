using System.Text;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;
using Colophon.Kernel.Files;

namespace Colophon.Cli.Commands.Audit;

/// <summary><c>colophon audit prove</c>.</summary>
internal sealed class ProveCommand : CliCommand
{
    private static readonly OptionSpec To = new("--output", "Write it to a file instead.") { Value = "file", Kind = WordKind.Path };

    /// <inheritdoc/>
    public override string Name => "audit prove";

    /// <inheritdoc/>
    public override string Summary => "Print a proof of one entry, for somebody who has neither the repository nor the log.";

    /// <inheritdoc/>
    public override string Details =>
        """
        A transparency log proof (C2SP tlog-proof): the entry as it was signed, its place in its stream's tree, the first
        signed checkpoint over it, and the project's trust files. Whoever knows the fingerprint of the trust root
        (colophon trust show) checks it with audit verify-proof, or by hand. It tells all that the entry tells: names,
        paths and hashes, and no prompt, answer or code.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon audit prove 3f9a1c --output 3f9a1c.tlog-proof", "A file to hand over.")];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("id", "The entry's name, the beginning of it, or its id.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [To];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var file = invocation.Line.Value(To) is { } to ? Path.GetFullPath(to, invocation.Directory) : null;
        if (file is not null)
            NamedFile.Demand(file, NamedFile.Proof);
        var engine = await ProjectEngine.OpenAsync(invocation, null, cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var proof = await ProjectProofs.ProveAsync(engine, invocation.Line.Arguments[0], cancellationToken).ConfigureAwait(false);
        if (file is not null)
            AtomicFile.Write(file, proof);
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("file", file);
                writer.WriteString("proof", Encoding.UTF8.GetString(proof));
                writer.WriteEndObject();
            });
        }
        else if (file is null)
        {
            invocation.Terminal.Write(Encoding.UTF8.GetString(proof));
        }
        else
        {
            invocation.Terminal.WriteLine(Terminal.Safe($"Wrote {file}. Whoever gets it runs: colophon audit verify-proof {Path.GetFileName(file)} --trust-root <fingerprint>"));
        }

        return ExitCode.Done;
    }
}
