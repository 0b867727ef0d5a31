using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Keys;

/// <summary><c>colophon key show</c>.</summary>
internal sealed class KeyShowCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "key show";

    /// <inheritdoc/>
    public override string Summary => "Show the key that signs for you.";

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } = [new("colophon key show", "Where it lies, its id, and what to hand to a root.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var key = await UserKey.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        return Write(invocation, key.Show());
    }

    /// <summary>Prints a key.</summary>
    internal static ExitCode Write(Invocation invocation, UserKeyReport key)
    {
        if (invocation.Json)
        {
            JsonOutput.Write(invocation.Terminal, writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("key", key.Choice);
                writer.WriteString("keyId", key.KeyId);
                writer.WriteString("public", key.Public);
                writer.WriteString("fingerprint", key.Fingerprint);
                writer.WriteString("protection", key.Protection.Kind switch { KeyProtectionKind.Passphrase => "passphrase", KeyProtectionKind.KeyFile => "keyFile", _ => "elsewhere" });
                writer.WriteString("passphraseFrom", key.Protection.Store);
                writer.WriteEndObject();
            });
        }
        else
        {
            var terminal = invocation.Terminal;
            terminal.WriteLine($"key          {Terminal.Safe(key.Choice)}");
            terminal.WriteLine($"id           {key.KeyId}");
            terminal.WriteLine($"fingerprint  {key.Fingerprint}");
            terminal.WriteLine($"public       {key.Public}");
            if (key.Protection.Kind != KeyProtectionKind.Elsewhere)
                terminal.WriteLine($"protected    {(key.Protection.Kind == KeyProtectionKind.KeyFile ? "by a key file beside it" : $"by a passphrase, from {key.Protection.Store}")}");
        }

        return ExitCode.Done;
    }
}
