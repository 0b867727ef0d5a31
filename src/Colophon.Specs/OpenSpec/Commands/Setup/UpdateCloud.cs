using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Copilot;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>Refreshes the files for GitHub's own agent where they are wanted, and removes them where they are not. A failure is a warning.</summary>
internal static class UpdateCloud
{
    internal static void Sync(ProjectFiles files, List<AiTool> tools)
    {
        var session = files.Session;
        var cloud = new CloudFiles(files);
        try
        {
            if (!tools.Exists(static tool => tool.Id == "github-copilot"))
            {
                ShowRemoved(session, cloud.Remove(), "github-copilot not configured");
            }
            else if (CloudConsent.Read(files) ?? cloud.HasManaged())
            {
                cloud.Write();
                ProfileNotes.ShowForeign(session, [.. cloud.Foreign()]);
            }
            else if (CloudConsent.Read(files) == false)
            {
                ShowRemoved(session, cloud.Remove(), "opted out of cloud files");
            }
            else if (session.HasSomebodyToAsk)
            {
                session.Line(session.Paint(Color.Dim, "GitHub Copilot cloud coding-agent files are available (opt-in). Enable with 'openspec init --copilot-cloud'."));
            }
        }
        catch (OpenSpecFailure failure)
        {
            session.ErrorLine($"Warning: failed to sync Copilot cloud agent files: {failure.Message}");
        }
    }

    private static void ShowRemoved(Session session, int count, string why)
    {
        if (count > 0)
            session.Line(session.Paint(Color.Dim, $"Removed: {count} Copilot cloud agent file(s) ({why})"));
    }
}
