using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands.Apply;
using Colophon.Cli.Commands.Approvals;
using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Commands.Demo;
using Colophon.Cli.Commands.Hooks;
using Colophon.Cli.Commands.Keys;
using Colophon.Cli.Commands.Project;
using Colophon.Cli.Commands.Secrets;
using Colophon.Cli.Commands.Shell;
using Colophon.Cli.Commands.Specs;
using Colophon.Cli.Commands.Specs.New;
using Colophon.Cli.Commands.Trust;

namespace Colophon.Cli.Commands;

/// <summary>Every command there is, in the order in which the help shows them.</summary>
internal static class CommandList
{
    /// <summary>The commands by family.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<CliCommand> Commands)> Families { get; } =
    [
        ("Specifications", [new ListCommand(), new ShowCommand(), new NewChangeCommand(), new ValidateCommand(), new ConflictsCommand(), new StatusCommand(), new ArchiveCommand(), new WatchCommand(), new TraceCommand(), new VerifyChangeCommand(), new ExplainCommand()]),
        ("Approving", [new ApproveCommand(), new RequestChangesCommand()]),
        ("Writing", [new ApplyCommand(), new DemoCommand()]),
        ("Provenance", [new LogCommand(), new AuditShowCommand(), new RedactCommand(), new CompressCommand(), new ArchiveEntriesCommand(), new PruneCommand(), new VerifyCommand(), new AnchorCommand(), new ProveCommand(), new VerifyProofCommand(), new BlameCommand(), new CoverageCommand()]),
        ("Trust", [new KeyShowCommand(), new KeyUseCommand(), new KeyUnlockCommand(), new KeyLockCommand(), new TrustShowCommand(), new TrustInitCommand(), new TrustPinCommand(), new TrustAddCommand(), new TrustRemoveCommand(), new TrustRotateCommand(), new TrustRevokeCommand(), new TrustSignCommand()]),
        ("Setting up", [new InitCommand(), new HooksInstallCommand(), new HooksUninstallCommand(), new HooksRunCommand(), new DoctorCommand(), new ConfigShowCommand(), new SecretSetCommand(), new SecretListCommand(), new SecretRemoveCommand(), new SecretScanCommand(), new CompletionCommand(), new CompleteCommand()]),
    ];

    /// <summary>The commands in one list.</summary>
    public static IReadOnlyList<CliCommand> All { get; } = [.. Families.SelectMany(static family => family.Commands)];
}
