using Colophon.Specs.OpenSpec.Setup;
using Colophon.Specs.OpenSpec.Setup.Moves;
using Colophon.Specs.OpenSpec.Setup.Tools;

namespace Colophon.Specs.OpenSpec.Commands.Setup;

/// <summary>Moves out of folders that an older build of a tool may still read: asked for where somebody is there to answer.</summary>
internal static class UpdateMoves
{
    /// <summary>Asks and moves.</summary>
    /// <returns>The moves that somebody said no to.</returns>
    internal static List<Move> Offer(Installation install, bool force)
    {
        var session = install.Files.Session;
        var declined = new List<Move>();
        foreach (var move in install.Former.Find().FindAll(static move => move.From.NeedsConsent))
        {
            if (!move.HasAny)
            {
                move.ReportKept(session);
            }
            else
            {
                session.Line(session.Paint(Color.Yellow, move.Why));
                if (!force && session.HasSomebodyToAsk && Prompt.Confirm(session, $"Move {move.Count} from {move.From.Root}/ to {move.To}/?", fallback: true) != true)
                {
                    session.Line(session.Paint(
                        Color.Dim,
                        $"Left in place. OpenSpec writes {move.To}/ now and will not manage {move.From.Root}/, so those files stay as they are until you move them. You will be asked again next run."));
                    declined.Add(move);
                }
                else if (ToolTable.Find(move.From.Tool) is { } tool)
                {
                    foreach (var applied in install.Former.Apply(tool))
                        applied.Report(session);
                }
            }

            session.Line();
        }

        return declined;
    }
}
