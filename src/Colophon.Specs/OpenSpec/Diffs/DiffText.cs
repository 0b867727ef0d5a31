namespace Colophon.Specs.OpenSpec.Diffs;

/// <summary>The diffs of a change as <c>show --diff</c> prints them behind the proposal.</summary>
internal static class DiffText
{
    internal static void Write(Session session, string change, List<RequirementChange> changes)
    {
        session.Line();
        if (changes.Count == 0)
        {
            session.Line($"No delta specs to diff for change \"{change}\".");
            return;
        }

        session.Line(session.Paint(Color.Bold, "Specifications Changed (diffs)"));
        session.Line();
        var capability = "";
        foreach (var entry in changes)
        {
            if (entry.Capability != capability)
            {
                if (capability.Length > 0)
                    session.Line();
                capability = entry.Capability;
                session.Line(session.Paint(Color.Bold, session.Paint(Color.Underline, capability)));
                session.Line();
            }

            Write(session, entry);
            session.Line();
        }
    }

    private static void Write(Session session, RequirementChange entry)
    {
        switch (entry.Operation)
        {
            case "ADDED":
                Block(session, entry, Color.Green);
                break;
            case "REMOVED":
                Block(session, entry, Color.Red);
                break;
            case "RENAMED":
                session.Line(session.Paint(Color.Cyan, session.Paint(Color.Bold, $"  RENAMED: {entry.Rename?.From} → {entry.Rename?.To}")));
                break;
            default:
                Modified(session, entry);
                break;
        }
    }

    private static void Block(Session session, RequirementChange entry, Color color)
    {
        session.Line(session.Paint(color, session.Paint(Color.Bold, $"  {entry.Operation}: {entry.Name}")));
        foreach (var line in entry.Raw.Split('\n'))
            session.Line(session.Paint(color, $"    {line}"));
    }

    private static void Modified(Session session, RequirementChange entry)
    {
        session.Line(session.Paint(Color.Yellow, session.Paint(Color.Bold, $"  MODIFIED: {entry.Name}")));
        if (entry.Warning is { } warning)
            session.Line(session.Paint(Color.Yellow, $"    ⚠ {warning}"));
        if (entry.Diff is { Length: 0 })
        {
            session.Line(session.Paint(Color.Dim, "    (no textual changes)"));
            return;
        }

        foreach (var line in (entry.Diff ?? entry.Raw).Split('\n'))
        {
            var text = $"    {line}";
            session.Line(entry.Diff is null ? text : line.StartsWith('+') ? session.Paint(Color.Green, text) : line.StartsWith('-') ? session.Paint(Color.Red, text) : text);
        }
    }
}
