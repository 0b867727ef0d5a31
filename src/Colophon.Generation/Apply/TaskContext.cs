using Colophon.Generation.Context;
using Colophon.Generation.Scratch;
using Colophon.Kernel.Git;
using Colophon.Provenance.Log;
using Colophon.Specs;

namespace Colophon.Generation.Apply;

/// <summary>Gathers what a task's context is chosen from: the user's tree, the change's texts, and what the log says earlier tasks wrote.</summary>
internal static class TaskContext
{
    internal static async Task<ContextSelection> ChooseAsync(GitRepository repository, AuditLog log, Change change, TaskItem task, string specDirectory, int budget, CancellationToken cancellationToken)
    {
        var files = await TreeListing.OfUserAsync(repository, cancellationToken).ConfigureAwait(false);
        return ContextBuilder.Build(new ContextRequest
        {
            Root = repository.Root,
            Files = [.. files.Where(f => !f.StartsWith(specDirectory + "/", StringComparison.Ordinal) && !f.StartsWith(".openspec/", StringComparison.Ordinal) && !f.StartsWith(".colophon/", StringComparison.Ordinal))],
            Sources =
            [
                new ContextSource("the task", 100, $"{task.Description}\n{task.Body}"),
                new ContextSource("the specification", 80, change.DeltaMarkdown),
                new ContextSource("the proposal", 60, change.Proposal?.Text ?? ""),
                new ContextSource("the design", 60, change.Design ?? ""),
            ],
            Recent = Recent(log, change.Name),
            Budget = budget,
        });
    }

    // The newest entry of a file wins: it names the task that touched it last.
    private static Dictionary<string, string> Recent(AuditLog log, string change)
    {
        var recent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in log.Entries(change).Where(static e => e.Predicate.Decision is { Accepted: true }))
        {
            foreach (var file in entry.Predicate.Files.Where(static f => f.Action != FileAction.Delete))
                recent[file.Path] = entry.Predicate.Spec?.Task ?? "?";
        }

        return recent;
    }
}
