using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands;

/// <summary><c>__complete</c>: what the completion scripts ask for. They get nothing rather than an error.</summary>
internal static class CompleteCommand
{
    internal static void Run(Session session)
    {
        var tree = SpecTree.At(session.Directory, null);
        try
        {
            switch (session.Command.Argument(0)?.ToLowerInvariant())
            {
                case "changes":
                    List(session, tree.Changes, "active change");
                    break;
                case "specs":
                    List(session, tree.Specs, "specification");
                    break;
                case "schemas":
                    List(session, new SchemaLibrary(tree.Root, UserFolders.Data(session)).Names, "schema");
                    break;
                case "archived-changes":
                    List(session, tree.ArchivedChanges, "archived change");
                    break;
                default:
                    session.ExitCode = 1;
                    break;
            }
        }
        catch (SpecException)
        {
            session.ExitCode = 1;
        }
    }

    private static void List(Session session, IReadOnlyList<string> names, string what)
    {
        foreach (var name in names)
            session.Line($"{name}\t{what}");
    }
}
