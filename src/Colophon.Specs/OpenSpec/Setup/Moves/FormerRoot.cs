namespace Colophon.Specs.OpenSpec.Setup.Moves;

/// <summary>A folder that a tool kept its files in before it changed its name or its mind.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Root">The former folder.</param>
/// <param name="NeedsConsent">Whether an older build of the tool may still read it, and nothing but it.</param>
/// <param name="AfterWriting">Whether the new files are written before the old ones are looked at.</param>
internal sealed record FormerRoot(string Tool, string Root, bool NeedsConsent, bool AfterWriting)
{
    /// <summary>All of them, in the order of the tools.</summary>
    internal static readonly FormerRoot[] All =
    [
        new("antigravity", ".agent", NeedsConsent: false, AfterWriting: true),
        new("codex", ".codex", NeedsConsent: false, AfterWriting: true),
        new("devin", ".windsurf", NeedsConsent: true, AfterWriting: false),
        new("kimi", ".kimi", NeedsConsent: false, AfterWriting: false),
    ];
}

/// <summary>What was, or can be, taken from a former folder.</summary>
internal sealed record Move(FormerRoot From, string To, int Skills, int Commands, int Kept)
{
    internal bool HasAny => Skills > 0 || Commands > 0;

    /// <summary><c>6 skills and 1 command</c>.</summary>
    internal string Count => string.Join(" and ", [.. Counted(Skills, "skill"), .. Counted(Commands, "command")]);

    internal string Why => From.Tool == "devin"
        ? $"Windsurf is now Devin Desktop, and its config directory moved from {From.Root}/ to {To}/. Devin Desktop reads {From.Root}/ only as a fallback, and Devin Local does not read it at all."
        : $"{From.Root}/ is the former location for this tool; {To}/ is current.";

    /// <summary>Tells people what happened.</summary>
    internal void Report(Session session)
    {
        if (HasAny)
            session.Line(session.Paint(Color.Dim, $"Migrated {Count}: {From.Root} → {To}"));
        ReportKept(session);
    }

    /// <summary>Tells people what stays because it says something else than its replacement.</summary>
    internal void ReportKept(Session session)
    {
        if (Kept == 0)
            return;
        var s = Kept == 1 ? "s" : "";
        session.Line(session.Paint(
            Color.Dim,
            $"Left {Kept} file{(Kept == 1 ? "" : "s")} in {From.Root}/ that differ{s} from the copy in {To}/. Nothing was overwritten — compare the two and delete the {From.Root}/ copy once you have kept anything you customized."));
    }

    private static string[] Counted(int count, string what) => count == 0 ? [] : [$"{count} {what}{(count == 1 ? "" : "s")}"];
}
