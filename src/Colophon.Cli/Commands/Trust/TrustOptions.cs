using System.Globalization;
using Colophon.Cli.CommandLine;
using Colophon.Cli.Errors;
using Colophon.Provenance.Keys;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Trust;

/// <summary>What the commands about trust take in common.</summary>
internal static class TrustOptions
{
    public static readonly OptionSpec Threshold = new("--threshold", "From the new version on, so many roots must sign a change.") { Value = "number" };

    /// <summary>The threshold, or null.</summary>
    public static long? Number(ParsedLine line) => line.Value(Threshold) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new CliException(CliError.OptionValue, $"'{text}' is no number of roots.", "For example: --threshold 2");

    /// <summary>A public key that was typed as one or more words.</summary>
    public static PublicKey Key(IReadOnlyList<string> words) => PublicKeyText.TryParse(string.Join(' ', words), out var key)
        ? key
        : words is [var type, _, ..] && type != "ssh-ed25519" && (type.StartsWith("ssh-", StringComparison.Ordinal) || type.StartsWith("ecdsa-", StringComparison.Ordinal) || type.StartsWith("sk-", StringComparison.Ordinal))
        ? throw new CliException(CliError.OptionValue, $"A key of the type '{type}' cannot sign here; Colophon knows ssh-ed25519 only.", "Its holder makes one by `ssh-keygen -t ed25519`, or by `colophon init`.")
        : throw new CliException(CliError.OptionValue, "This is no sound Ed25519 public key.", "Give the Base64 that its holder's `colophon trust show` prints, or an `ssh-ed25519 AAAA…` line.");

    /// <summary>What an option must be given.</summary>
    public static string Required(ParsedLine line, OptionSpec option) =>
        line.Value(option) ?? throw new CliException(CliError.MissingArgument, $"{option.Name} is missing.", option.Summary);

    /// <summary>A role by its word.</summary>
    public static KeyRole Role(string? word) => word switch
    {
        "ci" => KeyRole.Ci,
        "reviewer" => KeyRole.Reviewer,
        _ => KeyRole.Developer,
    };
}
