using System.Globalization;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Errors;
using Colophon.Cli.Output;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Keys;

/// <summary><c>colophon key unlock</c>.</summary>
internal sealed class KeyUnlockCommand : CliCommand
{
    private static readonly OptionSpec For = new("--for", "For how long: 30m, 8h or 2d, a week at most; default 8h.") { Value = "time" };

    /// <inheritdoc/>
    public override string Name => "key unlock";

    /// <inheritdoc/>
    public override string Summary => "Keep your key's passphrase in memory for a while.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The passphrase is read from standard input, tried, and kept in the kernel's key ring of your user (Linux). It is
        never written to a disk, other users cannot read it, and commands that models run cannot ask for it.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon key unlock", "For a working day."), new("colophon key unlock --for 30m", "For half an hour.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [For];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var time = Time(invocation.Line.Value(For) ?? "8h");
        var key = await UserKey.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        var passphrase = await invocation.Terminal.AskSecretAsync("Passphrase: ", cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(passphrase))
            throw new CliException(CliError.MissingArgument, "No passphrase was given.", "Pass it on standard input.");
        key.Unlock(passphrase, time);
        Write(invocation, unlocked: true, $"Unlocked for {invocation.Line.Value(For) ?? "8h"}; `colophon key lock` forgets it.");
        return ExitCode.Done;
    }

    /// <summary>Says how it stands now.</summary>
    internal static void Write(Invocation invocation, bool unlocked, string text)
    {
        if (!invocation.Json)
        {
            invocation.Terminal.WriteLine(text);
            return;
        }

        JsonOutput.Write(invocation.Terminal, writer =>
        {
            writer.WriteStartObject();
            writer.WriteBoolean("unlocked", unlocked);
            writer.WriteEndObject();
        });
    }

    private static TimeSpan Time(string text)
    {
        var unit = text.Length < 2 ? 0 : text[^1] switch
        {
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => 0,
        };
        return unit > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && (long)number * unit <= 7 * 86_400
            ? TimeSpan.FromSeconds((long)number * unit)
            : throw new CliException(CliError.OptionValue, $"'{text}' is no time from a minute to a week.", "For example: --for 8h");
    }
}
