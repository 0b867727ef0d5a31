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
    private static readonly OptionSpec For = new("--for", "For how long the kernel keeps it: 30m, 8h or 2d, a week at most; default 8h.") { Value = "time" };
    private static readonly OptionSpec Ring = new("--keyring", "kernel, secret-service (the desktop's) or keychain (macOS); default: the first that is here.") { Value = "name" };

    private static readonly string[] Known = ["kernel", "secret-service", "keychain"];

    /// <inheritdoc/>
    public override string Name => "key unlock";

    /// <inheritdoc/>
    public override string Summary => "Keep your key's passphrase in a key ring.";

    /// <inheritdoc/>
    public override string Details =>
        """
        The passphrase is read from standard input, tried, and kept. The kernel's key ring (Linux) holds it in memory, for
        a time. The desktop's (GNOME Keyring, KWallet, KeePassXC) and the macOS keychain hold it until `key lock`, also
        after a restart; a locked one asks you by its own dialogue. Commands that models run can ask none of them.
        The setting signing.keyrings says which are asked, and in which order.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon key unlock", "For a working day."), new("colophon key unlock --for 30m", "For half an hour."), new("colophon key unlock --keyring secret-service", "In the desktop's key ring, until `key lock`.")];

    /// <inheritdoc/>
    public override IReadOnlyList<OptionSpec> Options { get; } = [For, Ring];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var time = invocation.Line.Value(For) is { } text ? Time(text) : (TimeSpan?)null;
        if (invocation.Line.Value(Ring) is { } name && !Known.Contains(name))
            throw new CliException(CliError.OptionValue, $"There is no key ring '{name}'.", $"Choose one of {string.Join(", ", Known)}.");
        var key = await UserKey.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        key.DemandPassphrase();
        var passphrase = await invocation.Terminal.AskSecretAsync("Passphrase: ", cancellationToken).ConfigureAwait(false);
        if (string.IsNullOrEmpty(passphrase))
            throw new CliException(CliError.MissingArgument, "No passphrase was given.", "Pass it on standard input.");
        var kept = key.Unlock(passphrase, invocation.Line.Value(Ring), time);
        Write(invocation, [kept.Keyring], unlocked: true, $"Unlocked {(kept.Time is { } limit ? $"for {Words(limit)}" : "until `colophon key lock`")}, in {kept.Title}{(kept.Time is null ? "." : "; `colophon key lock` forgets it.")}");
        return ExitCode.Done;
    }

    /// <summary>Says how it stands now.</summary>
    internal static void Write(Invocation invocation, IReadOnlyList<string> rings, bool unlocked, string text)
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
            JsonOutput.WriteStrings(writer, "keyrings", rings);
            writer.WriteEndObject();
        });
    }

    private static string Words(TimeSpan time) => time.TotalDays >= 1 && time.Hours == 0 && time.Minutes == 0 ? $"{time.Days}d" : time.TotalHours >= 1 && time.Minutes == 0 ? $"{(int)time.TotalHours}h" : $"{(int)time.TotalMinutes}m";

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
