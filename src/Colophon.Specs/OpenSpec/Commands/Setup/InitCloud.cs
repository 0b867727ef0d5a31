using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Copilot;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>What is done about the files for GitHub's own agent: an option, the project's configuration, what is there, or an answer decides.</summary>
internal sealed class InitCloud
{
    private readonly ProjectFiles _files;
    private readonly bool? _persist;
    private readonly bool _optedOut;

    internal InitCloud(ProjectFiles files, InitOptions options, List<ChosenTool> tools)
    {
        _files = files;
        if (!tools.Exists(static tool => tool.Tool.Id == "github-copilot"))
        {
            if (options.Cloud is not null)
                files.Session.Line(files.Session.Paint(Color.Yellow, "--copilot-cloud/--no-copilot-cloud was ignored because the github-copilot tool was not selected."));
        }
        else if (options.Cloud is { } asked)
        {
            (Writes, _persist, _optedOut) = (asked, asked, !asked);
        }
        else if (CloudConsent.Read(files) is { } decided)
        {
            (Writes, _optedOut) = (decided, !decided);
        }
        else if (new CloudFiles(files).HasManaged())
        {
            Writes = true;
        }
        else if (options.MayAsk)
        {
            var answer = Prompt.Confirm(
                files.Session,
                "Set up GitHub Copilot cloud coding-agent files? This is for the GitHub-hosted Copilot coding agent (github.com), not Copilot in your editor. It writes two files: .github/workflows/copilot-setup-steps.yml and .github/agents/openspec.agent.md.",
                fallback: false) == true;
            (Writes, _persist, _optedOut) = (answer, answer, !answer);
        }
        else
        {
            IsUndecided = true;
        }
    }

    internal bool Writes { get; }

    /// <summary>Whether nobody decided and nobody could be asked.</summary>
    internal bool IsUndecided { get; }

    /// <summary>How many files a no has removed.</summary>
    internal int Removed { get; private set; }

    /// <summary>Keeps the decision and, after a no, takes away what was written before. Neither stops the command.</summary>
    internal void Settle()
    {
        try
        {
            if (_persist is { } value)
                CloudConsent.Write(_files, value);
        }
        catch (OpenSpecFailure)
        {
            // The files themselves were written.
        }

        try
        {
            if (_optedOut)
                Removed = new CloudFiles(_files).Remove();
        }
        catch (OpenSpecFailure)
        {
            // They stay for the next update.
        }
    }
}
