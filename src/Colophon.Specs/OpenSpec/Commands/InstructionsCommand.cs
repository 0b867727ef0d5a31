using Colophon.Specs.Json;
using Colophon.Specs.OpenSpec.Stores;
using Colophon.Specs.OpenSpec.Workflow;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>instructions</c>: what an agent is told before it writes an artifact, applies a change or archives it.</summary>
internal static class InstructionsCommand
{
    internal static void Run(Session session)
    {
        try
        {
            if (RootSelection.TryResolve(session) is not { } tree)
                return;
            switch (session.Command.Argument(0))
            {
                case "apply":
                    session.Waiting("Generating apply instructions...");
                    Apply(session, tree);
                    break;
                case "archive":
                    session.Waiting("Loading archive inputs...");
                    Archive(session, tree);
                    break;
                case var artifact:
                    session.Waiting("Generating instructions...");
                    ArtifactCommand.Run(session, tree, artifact);
                    break;
            }
        }
        catch (Exception e) when (session.Json && e is OpenSpecFailure or SpecException)
        {
            session.FailJson(OpenSpecFailure.From(e), "change_error");
        }
    }

    /// <summary>The configuration of the project, read once for a run.</summary>
    internal static ProjectConfig Configuration(Session session, SpecTree tree) => ProjectConfig.Read(tree.Root, session.ErrorLine);

    /// <summary>The stores that the project draws on, with their specs.</summary>
    internal static List<ReferencedStore> ReadReferences(Session session, SpecTree tree, ProjectConfig config) =>
        config.References.Count == 0 ? [] : References.Read(session, tree, config.References, References.Snapshot(session), withSpecs: true);


    private static void Apply(Session session, SpecTree tree)
    {
        var schemas = new SchemaLibrary(tree.Root, UserFolders.Data(session));
        var name = ChangeLookup.Check(tree, session.Command.Value("--change"), schemas);
        ChangeLookup.CheckSchema(session.Command.Value("--schema"), schemas);
        var config = Configuration(session, tree);
        var context = ChangeContext.Load(tree, name, session.Command.Value("--schema"), schemas, () => config);
        var references = ReadReferences(session, tree, config);
        var instructions = ApplyInstructions.For(context);
        if (session.Json)
            session.WriteJson(json => ApplyOutput.Write(json, tree, instructions, config, references));
        else
            ApplyOutput.Write(session, instructions, config, references);
    }

    private static void Archive(Session session, SpecTree tree)
    {
        var name = ChangeLookup.Check(tree, session.Command.Value("--change"), new SchemaLibrary(tree.Root, UserFolders.Data(session)));
        var config = ProjectConfig.Read(tree.Root, session.ErrorLine);
        if (!session.Json)
        {
            session.Line($"## Archive Inputs: {name}");
            session.Line();
            ApplyOutput.WriteInputs(session, config, "archive");
            return;
        }

        session.WriteJson(json =>
        {
            json.BeginObject();
            json.Text("changeName", name);
            ApplyOutput.WriteInputs(json, config, "archive");
            ErrorJson.WriteRoot(json, tree);
            json.EndObject();
        });
    }
}
