using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Project;
using Colophon.Engine;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Keys;

/// <summary><c>colophon key use</c>.</summary>
internal sealed class KeyUseCommand : CliCommand
{
    /// <inheritdoc/>
    public override string Name => "key use";

    /// <inheritdoc/>
    public override string Summary => "Choose the key that signs for you.";

    /// <inheritdoc/>
    public override string Details =>
        """
        file is Colophon's own key file, made where there is none; ssh:<path> a private key file of OpenSSH's without a
        passphrase; agent the only Ed25519 key of your ssh-agent; agent:<fingerprint or comment> one of several. The
        choice is kept in your own settings (signing.key) and holds for all your projects. Where a project trusts your
        old key, `colophon trust rotate --key` lets the new one take over instead.
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("colophon key use ssh:~/.ssh/id_ed25519", "Sign with that file."),
        new("colophon key use agent:ada@laptop", "Sign with the agent's key of that comment."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ArgumentSpec> Arguments { get; } = [new("key", "file, ssh:<path>, agent or agent:<fingerprint or comment>.")];

    /// <inheritdoc/>
    public override async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var key = await UserKey.OfAsync(invocation.Directory, ProjectEngine.Overrides(invocation), cancellationToken).ConfigureAwait(false);
        return KeyShowCommand.Write(invocation, key.Use(invocation.Line.Arguments[0]));
    }
}
