using Colophon.Specs.Archiving;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.OpenSpec.Commands.Archive;

/// <summary>Merges a change's deltas in memory, shows what will come of it, asks, and checks every new spec.</summary>
internal sealed class SpecMergeStep(Session session, SpecTree tree, string change, Questions questions, bool skipValidation, List<string> warnings)
{
    /// <summary>The merged specs; none where there are no deltas or their merge was declined; null where the archive ends here.</summary>
    internal IReadOnlyList<PreparedSpec>? Prepare()
    {
        var (declared, invalid) = ChangeMetadata.Read($"{tree.ChangesPath}/{change}").Marker("retire_capabilities", new SchemaLibrary(tree.Root));
        var updates = SpecUpdate.Find(tree, change);
        if (updates.Count == 0)
            return [];
        if (!session.Json)
        {
            session.Line("\nSpecs to update:");
            foreach (var update in updates)
                session.Line($"  {update.Id}: {(update.Exists ? "update" : "create")}");
        }

        var (specs, problem) = Merge(updates, declared && !skipValidation);
        if (problem is null && !session.Json)
        {
            foreach (var warning in warnings)
                session.Line(session.Paint(Color.Yellow, $"⚠️  Warning: {warning}"));
        }

        if (!Confirm(updates.Count))
            return [];
        if (problem is not null)
        {
            if (session.Json)
                throw new OpenSpecFailure(problem, "archive_spec_update_failed", "Fix the change delta specs and rerun. No files were changed.");
            session.Line(problem);
            return Abort();
        }

        return skipValidation || Check(specs, declared, invalid) ? specs : Abort();
    }

    private (List<PreparedSpec> Specs, string? Problem) Merge(List<SpecUpdate> updates, bool mayRetire)
    {
        var specs = new List<PreparedSpec>(updates.Count);
        foreach (var update in updates)
        {
            var (spec, problem) = PreparedSpec.Prepare(update, change, mayRetire);
            if (spec is null)
                return (specs, problem);
            specs.Add(spec);
            warnings.AddRange(spec.Warnings);
        }

        return (specs, null);
    }

    private bool Confirm(int count)
    {
        if (session.Command.Has("--yes"))
            return true;
        if (session.Json)
        {
            throw new OpenSpecFailure(
                $"Updating {count} spec(s) requires confirmation: rerun with --yes.", "archive_confirmation_required", session.Hint("openspec archive <change-name> --json --yes"));
        }

        if (questions.Confirm(
            "Proceed with spec updates?", true, "archive_confirmation_required", $"Updating {count} spec(s) requires confirmation, and no answer could be read from stdin."))
            return true;
        session.Line("Skipping spec updates. Proceeding with archive.");
        return false;
    }

    private List<PreparedSpec>? Abort()
    {
        session.Line("Aborted. No files were changed.");
        session.ExitCode = 1;
        return null;
    }

    private bool Check(List<PreparedSpec> specs, bool declared, string? invalid)
    {
        foreach (var spec in specs)
        {
            if (spec.Outcome != SpecOutcome.Write)
                continue;
            var issues = spec.Check();
            if (!issues.Any(static issue => issue.Level == IssueLevel.Error))
                continue;
            var id = spec.Update.Id;
            var hint = RetirementHint(spec, declared, invalid);
            if (session.Json)
            {
                throw new OpenSpecFailure(
                    $"Rebuilt spec for '{id}' failed validation. No files were changed.",
                    "archive_spec_validation_failed",
                    hint ?? $"Run {session.Hint($"openspec validate {id}")} after fixing the change deltas.");
            }

            session.Line(session.Paint(Color.Red, $"\nValidation errors in rebuilt spec for {id} (will not write changes):"));
            ArchiveChecks.WriteIssues(session, issues);
            if (hint is not null)
                session.Line(session.Paint(Color.Yellow, $"  → {hint}"));
            return false;
        }

        return true;
    }

    /// <summary>What stands between a spec that lost its last requirement and its retirement.</summary>
    private static string? RetirementHint(PreparedSpec spec, bool declared, string? invalid)
    {
        var id = spec.Update.Id;
        var retirable = spec.IsRetirable();
        if (declared)
        {
            return spec.Unaccounted.Count > 0 && retirable
                ? $"'{id}' declares retire_capabilities, but the spec holds content the merge cannot safely account for and deleting the file would take with it: "
                    + $"{Quote(spec.Unaccounted)}. Move it into `## Purpose` or a canonical requirement, or delete the spec by hand."
                : null;
        }

        if (!spec.Update.Exists || spec.Counts.Removed == 0 || !spec.IsEmpty || !retirable)
            return null;
        var marker = invalid is null ? "" : $" The marker present now cannot be honored ({invalid}).";
        return spec.Unaccounted.Count == 0
            ? $"This change removes the last requirement '{id}' has. To retire the capability and delete its spec, add `retire_capabilities: true` to the change's "
                + $"{ChangeMetadata.FileName} (alongside its `schema:`, which that file requires), then rerun.{marker}"
            : $"This change removes the last requirement '{id}' has, so the rebuilt spec has none left and cannot be written. Retiring the capability is what archive does "
                + "instead, and it is refused while the spec holds content the merge cannot safely account for and deleting the file would take with it: "
                + $"{Quote(spec.Unaccounted)}. Move it into `## Purpose` or a canonical requirement, or delete the spec by hand, then rerun.{marker}";
    }

    private static string Quote(IReadOnlyList<string> lines)
    {
        const int most = 200;
        var quoted = lines.Take(3).Select(static line =>
        {
            var safe = Questions.Visible(line);
            var runes = safe.EnumerateRunes().ToList();
            return runes.Count > most ? $"\"{string.Concat(runes.Take(most))}…\"" : $"\"{safe}\"";
        });
        return string.Join(", ", quoted) + (lines.Count > 3 ? $", and {lines.Count - 3} more line(s)" : "");
    }
}
