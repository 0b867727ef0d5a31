using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Parsing;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary>Prints what <c>instructions apply</c> found.</summary>
internal static class ApplyOutput
{
    internal static void Write(JsonText json, SpecTree tree, ApplyInstructions apply, ProjectConfig config, List<ReferencedStore> references)
    {
        json.BeginObject();
        json.Text("changeName", apply.Context.Name);
        json.Text("changeDir", apply.Context.Directory);
        json.Text("schemaName", apply.Context.SchemaName);
        json.Name("contextFiles");
        json.BeginObject();
        foreach (var (id, files) in apply.ContextFiles)
            json.Texts(id, files);
        json.EndObject();
        json.Name("progress");
        json.BeginObject();
        json.Number("total", apply.Total);
        json.Number("complete", apply.Complete);
        json.Number("remaining", apply.Total - apply.Complete);
        json.EndObject();
        WriteTasks(json, apply);
        json.Flag("taskTrackingConfigured", apply.Context.Schema.Tracks is not null);
        WriteUnavailable(json, apply);
        json.Text("state", apply.State);
        if (apply.MissingArtifacts.Count > 0)
            json.Texts("missingArtifacts", apply.MissingArtifacts);
        if (apply.MissingPrerequisites.Count > 0)
            json.Texts("missingPrerequisites", apply.MissingPrerequisites);
        if (apply.Warnings.Count > 0)
            json.Texts("warnings", apply.Warnings);
        json.Text("instruction", apply.Instruction);
        if (references.Count > 0)
            References.Write(json, "references", references);
        WriteInputs(json, config, "apply");
        ErrorJson.WriteRoot(json, tree);
        json.EndObject();
    }

    internal static void Write(Session session, ApplyInstructions apply, ProjectConfig config, List<ReferencedStore> references)
    {
        session.Line($"## Apply: {apply.Context.Name}");
        session.Line($"Schema: {apply.Context.SchemaName}");
        session.Line();
        if (references.Count > 0)
            session.Line(References.Section(references) + "\n");
        if (apply.State == "blocked" && apply.MissingArtifacts.Count > 0)
        {
            session.Line("### ⚠️ Blocked");
            session.Line();
            session.Line($"Missing artifacts: {string.Join(", ", apply.MissingArtifacts)}");
            if (apply.MissingPrerequisites.Count > apply.MissingArtifacts.Count)
                session.Line($"Not created yet, in build order: {string.Join(", ", apply.MissingPrerequisites)}");
            session.Line();
        }

        Section(session, "### ⚠️ Warnings", apply.Warnings.Select(static warning => $"- {warning}"), blank: true);
        Section(session, "### Context Files", apply.ContextFiles.SelectMany(static entry => entry.Files.Select(file => $"- {entry.Id}: {file}")));
        if (apply.Total > 0)
            Section(session, "### Progress", [$"{apply.Complete}/{apply.Total} complete{(apply.State == "all_done" ? " ✓" : "")}"]);
        Section(session, "### Tasks", apply.Tasks.Select(static task => $"- {(task.Done ? "[x]" : "[ ]")} {task.Description}"));
        Section(session, "### Instruction", [apply.Instruction]);
        WriteInputs(session, config, "apply");
    }

    internal static void WriteInputs(JsonText json, ProjectConfig config, string operation)
    {
        if (config.Context is { } context && !Js.IsBlank(context))
            json.Text("context", context);
        if (config.Guidance.TryGetValue(operation, out var guidance))
            json.Texts("operationGuidance", guidance);
    }

    internal static void WriteInputs(Session session, ProjectConfig config, string operation)
    {
        var context = config.Context is { } text && !Js.IsBlank(text) ? text : null;
        var guidance = config.Guidance.GetValueOrDefault(operation);
        if (context is not null)
        {
            session.Line("### Project Context (required instruction input)");
            session.Line(context);
            session.Line();
        }

        if (guidance is not null)
        {
            session.Line("### Operation Guidance (advisory)");
            foreach (var entry in guidance)
                session.Line($"- {Envelope.Inline(entry)}");
            session.Line();
        }

        if (context is null && guidance is null)
            session.Line("No project context or operation guidance configured.");
    }

    private static void Section(Session session, string title, IEnumerable<string> lines, bool blank = false)
    {
        var any = false;
        foreach (var line in lines)
        {
            if (!any)
                session.Line(blank ? title + "\n" : title);
            any = true;
            session.Line(line);
        }

        if (any)
            session.Line();
    }

    private static void WriteTasks(JsonText json, ApplyInstructions apply)
    {
        json.Name("tasks");
        json.BeginArray();
        for (var i = 0; i < apply.Tasks.Count; i++)
        {
            json.BeginObject();
            json.Text("id", $"{i + 1}");
            json.Text("description", apply.Tasks[i].Description);
            json.Flag("done", apply.Tasks[i].Done);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteUnavailable(JsonText json, ApplyInstructions apply)
    {
        if (apply.Unavailable.Count == 0)
            return;
        json.Name("unavailableTrackingFiles");
        json.BeginArray();
        foreach (var (path, reason) in apply.Unavailable)
        {
            json.BeginObject();
            json.Text("path", path);
            json.Text("reason", reason);
            json.EndObject();
        }

        json.EndArray();
    }
}
