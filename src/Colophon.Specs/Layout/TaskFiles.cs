using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Layout;

/// <summary>The files that hold a change's tasks: what its schema tracks, or <c>tasks.md</c>.</summary>
internal static class TaskFiles
{
    /// <summary>The existing files the schema tracks, relative to the change.</summary>
    internal static List<string> Tracked(string directory, WorkflowSchema? schema) =>
        schema?.TaskOutput is { } output ? OutputPattern.Find(directory, output) : [];

    /// <summary>The ticked tasks and all tasks of a change.</summary>
    internal static (int Done, int All) Progress(string directory, SchemaLibrary schemas)
    {
        var tracked = Tracked(directory, schemas.For(ChangeMetadata.Read(directory)).Schema);
        var (done, all) = (0, 0);
        foreach (var path in tracked.Count > 0 ? tracked : ["tasks.md"])
        {
            if (FileText.Read($"{directory}/{path}").Text is not { } text)
                continue;
            var count = TaskReader.Count(text);
            (done, all) = (done + count.Done, all + count.All);
        }

        return (done, all);
    }
}
