using System.Text;
using Colophon.Specs.OpenSpec.CommandLine;
using Colophon.Specs.OpenSpec.Commands;
using Colophon.Specs.OpenSpec.Commands.Archive;
using Colophon.Specs.OpenSpec.Commands.Completion;
using Colophon.Specs.OpenSpec.Commands.Config;
using Colophon.Specs.OpenSpec.Commands.Schema;
using Colophon.Specs.OpenSpec.Commands.Setup;
using Colophon.Specs.OpenSpec.Commands.Stores;
using Colophon.Specs.OpenSpec.Commands.Worksets;

namespace Colophon.Specs.OpenSpec;

/// <summary>
/// The OpenSpec command line, version 1.13.2: the same words in, the same exit codes, JSON, text and files out. What is not built says so and fails.
/// </summary>
public static class OpenSpecProgram
{
    /// <summary>The version of OpenSpec that is spoken here.</summary>
    public const string Version = "1.13.2";

    /// <summary>Runs one command line.</summary>
    /// <returns>The exit code: 0 or 1.</returns>
    public static int Run(OpenSpecHost host)
    {
        var outcome = new LineParser(Version, host.Width).Parse(host.Arguments);
        if (outcome.Command is not { } command)
        {
            (outcome.IsError ? host.Error : host.Output).Write(Encoding.UTF8.GetBytes(outcome.Text));
            return outcome.IsError ? 1 : 0;
        }

        var session = new Session(host, command);
        try
        {
            Run(session);
        }
        catch (Exception e) when (e is OpenSpecFailure or SpecException or IOException or UnauthorizedAccessException)
        {
            session.Fail(OpenSpecFailure.From(e));
        }

        session.Flush();
        return session.ExitCode;
    }

    private static void Run(Session session)
    {
        switch (session.Command.Path)
        {
            case "list":
                ListCommand.Run(session);
                break;
            case "show":
                ShowCommand.Run(session);
                break;
            case "validate":
                ValidateCommand.Run(session);
                break;
            case "change show" or "change list" or "change validate":
                ChangeCommands.Run(session);
                break;
            case "spec show" or "spec list" or "spec validate":
                SpecCommands.Run(session);
                break;
            case "status":
                StatusCommand.Run(session);
                break;
            case "instructions":
                InstructionsCommand.Run(session);
                break;
            case "schemas":
                SchemasCommand.Run(session);
                break;
            case "init" or "experimental":
                InitCommand.Run(session);
                break;
            case "update":
                UpdateCommand.Run(session);
                break;
            case "new change":
                NewChangeCommand.Run(session);
                break;
            case "view":
                ViewCommand.Run(session);
                break;
            case "archive":
                ArchiveCommand.Run(session);
                break;
            case "completion generate" or "completion install" or "completion uninstall":
                CompletionCommand.Run(session);
                break;
            case var path when path.StartsWith("config ", StringComparison.Ordinal):
                ConfigCommand.Run(session);
                break;
            case var path when path.StartsWith("schema ", StringComparison.Ordinal):
                SchemaCommand.Run(session);
                break;
            case "doctor":
                DoctorCommand.Run(session);
                break;
            case "context":
                ContextCommand.Run(session);
                break;
            case var path when path == "store" || path.StartsWith("store ", StringComparison.Ordinal):
                StoreCommand.Run(session);
                break;
            case var path when path == "workset" || path.StartsWith("workset ", StringComparison.Ordinal):
                WorksetCommand.Run(session);
                break;
            case "templates":
                TemplatesCommand.Run(session);
                break;
            case "feedback":
                FeedbackCommand.Run(session);
                break;
            case "__complete":
                CompleteCommand.Run(session);
                break;
            default:
                session.ErrorLine($"`openspec {session.Command.Path}` is not built into Colophon yet. The npm package @fission-ai/openspec {Version} has it.");
                session.ExitCode = 1;
                break;
        }
    }
}
