using Colophon.Specs.OpenSpec.Workflow;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>The status of a change for people.</summary>
internal static class StatusText
{
    /// <summary>The command that comes next, with the sentence that says so; null where nothing can be done.</summary>
    internal static (string Command, string Sentence)? Next(ChangeContext context)
    {
        var store = context.StoreId is { } id ? $" --store {id}" : "";
        if (context.BuildOrder().Find(artifact => context.StateOf(artifact) == ArtifactState.Ready) is { } ready)
        {
            var command = $"openspec instructions {ready.Id} --change \"{context.Name}\"{store} --json";
            return (command, $"Run {command} before writing that artifact.");
        }

        if (!context.IsComplete)
            return null;
        var apply = $"openspec instructions apply --change \"{context.Name}\"{store} --json";
        return (apply, $"All planning artifacts are complete. Run {apply} to inspect implementation progress.");
    }

    internal static void Write(Session session, ChangeContext context)
    {
        var artifacts = context.BuildOrder();
        var done = artifacts.Count(artifact => context.StateOf(artifact) == ArtifactState.Done);
        var skipped = artifacts.Count(artifact => context.StateOf(artifact) == ArtifactState.Skipped);
        session.Line($"Change: {context.Name}");
        session.Line($"Schema: {context.SchemaName}");
        session.Line($"Change root: {context.Directory}");
        session.Line($"Progress: {done}/{artifacts.Count - skipped} artifacts complete{(skipped > 0 ? $" ({skipped} skipped)" : "")}");
        session.Line();
        foreach (var artifact in artifacts)
        {
            var (sign, color) = context.StateOf(artifact) switch
            {
                ArtifactState.Done => ("[x]", Color.Green),
                ArtifactState.Skipped => ("[~]", Color.Gray),
                ArtifactState.Ready => ("[ ]", Color.Yellow),
                _ => ("[-]", Color.Red),
            };
            var note = context.StateOf(artifact) switch
            {
                ArtifactState.Skipped => " (skipped: change declares skip_specs)",
                ArtifactState.Blocked => $" (blocked by: {string.Join(", ", context.Missing(artifact))})",
                _ => "",
            };
            session.Line($"{session.Paint(color, sign)} {artifact.Id}{(note.Length > 0 ? session.Paint(color, note) : "")}");
        }

        var next = Next(context);
        if (context.IsComplete || next is not null)
            session.Line();
        if (context.IsComplete)
            session.Line(session.Paint(Color.Green, "All planning artifacts complete!"));
        if (next is { } step)
            session.Line($"Next: {step.Command}");
    }
}
