using Colophon.Specs.OpenSpec.Stores;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>The instructions for an artifact as the tagged text that agents read.</summary>
internal static class ArtifactText
{
    internal static void Write(Session session, ArtifactCommand.Instructions instructions, string skipWarning)
    {
        var (context, artifact) = (instructions.Context, instructions.Artifact);
        session.Line($"<artifact id=\"{Envelope.Attribute(artifact.Id)}\" change=\"{Envelope.Attribute(context.Name)}\" schema=\"{Envelope.Attribute(context.SchemaName)}\">\n");
        if (instructions.Skipped)
        {
            Block(session, "warning", skipWarning);
            session.Line("</artifact>");
            return;
        }

        var missing = artifact.Requires.Where(id => !context.IsDone(id)).ToList();
        if (missing.Count > 0)
            Block(session, "warning", $"This artifact has unmet dependencies. Complete them first or proceed with caution.\nMissing: {string.Join(", ", missing)}");
        Block(session, "task", $"Create the {Envelope.Text(artifact.Id)} artifact for change \"{Envelope.Text(context.Name)}\".\n{Envelope.Text(artifact.Description)}");
        if (instructions.ProjectContext is { } text)
            Block(session, "project_context", $"<!-- This is background information for you. Do NOT include this in your output. -->\n{Envelope.Text(text)}");
        if (instructions.References.Count > 0)
            session.Line(References.Block(instructions.References) + "\n");
        if (instructions.Rules is { Count: > 0 } rules)
        {
            Block(
                session,
                "rules",
                "<!-- These are constraints for you to follow. Do NOT include this in your output. -->\n" + string.Join('\n', rules.Select(static rule => $"- {Envelope.Text(Envelope.Inline(rule))}")));
        }

        if (artifact.Requires.Count > 0)
            Dependencies(session, instructions);
        Block(session, "output", $"Write to: {context.OutputPath(artifact.Generates)}");
        if (artifact.Instruction is { Length: > 0 } instruction)
            Block(session, "instruction", Envelope.Text(instruction.Trim()));
        Block(session, "template", $"<!-- Use this as the structure for your output file. Fill in the sections. -->\n{Envelope.Text(instructions.Template.Trim())}");
        Block(session, "success_criteria", "<!-- To be defined in schema validation rules -->");
        var unlocks = string.Join(", ", instructions.Unlocks);
        if (unlocks.Length > 0)
            Block(session, "unlocks", $"Completing this artifact enables: {unlocks}");
        session.Line("</artifact>");
    }

    private static void Block(Session session, string tag, string text) => session.Line($"<{tag}>\n{text}\n</{tag}>\n");

    private static void Dependencies(Session session, ArtifactCommand.Instructions instructions)
    {
        var context = instructions.Context;
        session.Line("<dependencies>");
        session.Line("Read the current contents of these files before creating this artifact (re-read them from disk even if you saw them earlier - they may have been edited):");
        session.Line();
        foreach (var id in instructions.Artifact.Requires)
        {
            if (context.IsSkipped(id))
            {
                session.Line($"<dependency id=\"{id}\" status=\"skipped\">");
                session.Line("  <description>Skipped: the change declares skip_specs, so this artifact has no files to read.</description>");
            }
            else
            {
                session.Line($"<dependency id=\"{id}\" status=\"{(context.IsDone(id) ? "done" : "missing")}\">");
                session.Line($"  <path>{context.OutputPath(context.Schema.Find(id)?.Generates ?? id)}</path>");
                session.Line($"  <description>{Envelope.Text(ArtifactCommand.DescriptionOf(context, id))}</description>");
            }

            session.Line("</dependency>");
        }

        session.Line("</dependencies>\n");
    }
}
