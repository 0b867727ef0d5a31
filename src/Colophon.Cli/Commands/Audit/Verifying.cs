using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Audit;

/// <summary>What the commands that verify have in common.</summary>
internal static class Verifying
{
    private const ExitCode CannotAsk = (ExitCode)64;

    /// <summary><c>--trust-root</c>.</summary>
    public static readonly OptionSpec TrustRoot = new("--trust-root", "The fingerprint of the trust root, where it is not pinned (a build server).") { Value = "fingerprint" };

    /// <summary>The fingerprint that was given, in lower case, or null.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static string? RootOf(Invocation invocation) => invocation.Line.Value(TrustRoot) is not { } root ? null
        : root.Length == 64 && root.All(char.IsAsciiHexDigit) ? root.ToLowerInvariant()
        : throw new CliException(CliError.OptionValue, $"'{root}' is no fingerprint.", "It is 64 hexadecimal digits; `colophon trust show` prints it whole.");

    /// <summary>1 to 5 are verdicts, so what kept it from judging goes by <c>sysexits.h</c>: nobody may take a typing mistake for a broken signature.</summary>
    public static ExitCode ExitOf(ExitCode error) => error switch
    {
        ExitCode.Usage => CannotAsk,
        ExitCode.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.InputOutput,
    };
}
