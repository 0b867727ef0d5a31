using Colophon.Specs.Parsing;

namespace Colophon.Specs.Validating;

/// <summary>OpenSpec's sentences that more than one rule uses or that are too long to stand in a rule. They are part of the interface, word for word.</summary>
internal static class Messages
{
    internal const string MissingSpecSections =
        "Missing required sections. Expected headers: \"## Purpose\" and \"## Requirements\". Example:\n## Purpose\n[brief purpose]\n\n## Requirements\n"
        + "### Requirement: Clear requirement statement\nUsers SHALL ...\n\n#### Scenario: Descriptive name\n- **WHEN** ...\n- **THEN** ...";

    internal const string NoScenarios = "Requirement must have at least one scenario";

    internal const string ScenarioFormat =
        "Scenarios must use level-4 headers. Convert bullet lists into:\n#### Scenario: Short name\n- **WHEN** ...\n- **THEN** ...\n- **AND** ...";

    internal const string Placeholder =
        "Purpose section is still a placeholder rather than a Purpose anyone wrote (the sentence `openspec archive` writes for a new capability, or a `TBD`/`TODO` "
        + "marker left in its place). Replace it with what this capability is for, editing the main spec directly: a `## Purpose` in a delta is read only when the "
        + "capability is created, so it cannot replace this one.";

    internal const string RootLevelSpec =
        "Delta spec found at specs/spec.md. Delta specs must live under a capability path (e.g. specs/<capability-path>/spec.md) — a file at the specs/ root is "
        + "ignored when the change is applied or archived.";

    internal const string NoDeltas =
        "Change must have at least one delta. No deltas found. Ensure your change has a specs/ directory with capability folders (e.g. specs/http-server/spec.md) "
        + "containing .md files that use delta headers (## ADDED/MODIFIED/REMOVED/RENAMED Requirements) and that each requirement includes at least one "
        + "\"#### Scenario:\" block. If this change intentionally modifies no specs (pure refactor, tooling, docs), set \"skip_specs: true\" in the change's "
        + ".openspec.yaml instead. Tip: run \"openspec change show <change-id> --json --deltas-only\" to inspect parsed deltas.";

    internal const string NoSections =
        "No delta sections found. Add headers such as \"## ADDED Requirements\" or move non-delta notes outside specs/.";

    internal const string SkipSpecsConflict =
        "skip_specs is set in .openspec.yaml but spec files exist under specs/. Remove skip_specs or delete the delta spec files";

    internal const string SkipSpecsAccepted =
        "skip_specs is set in .openspec.yaml: change declares no spec-level behavior changes, zero deltas accepted";

    internal const string SkipSpecsInvalid =
        "skip_specs is set but .openspec.yaml is not valid change metadata, so the marker is not honored. Fix the metadata";

    internal const string NoCheckBoxes =
        "This change counts as 0 tasks: no line in its tracked task files is a checkbox, so \"openspec list\" and \"openspec status\" report no work and "
        + "\"openspec archive\" has nothing to flag as incomplete. Write each task as \"- [ ] 1.1 Description\".";

    internal const string CopyScenarios =
        "Copy the omitted scenarios into the MODIFIED block (a MODIFIED requirement replaces the whole block, so archive refuses to drop them).";

    /// <summary>The body lacks SHALL and MUST; where the header has one, say that it does not count there.</summary>
    internal static string NoKeyword(string what, RequirementBlock block, bool guidance)
    {
        var words = block.Keywords is { Shall.Count: > 0 } keywords ? $"SHALL, MUST or {string.Join(" or ", keywords.Shall)}" : "SHALL or MUST";
        var sentence = $"{what} {(guidance ? "should" : "must")} contain {words}";
        var suffix = guidance ? " (RFC 2119 best practice for English specs)" : "";
        return block.IsNormative(block.Name)
            ? $"{sentence} in the requirement body, not only in the header. Move the SHALL/MUST statement to the line immediately after the "
                + $"\"### Requirement: ...\" header.{suffix}"
            : sentence + suffix;
    }

    internal static string Orphan(OrphanedRequirement orphan)
    {
        var where = string.IsNullOrEmpty(orphan.Section) ? "above the first \"## \" section" : $"under \"## {orphan.Section}\"";
        return $"Requirement \"{orphan.Name}\" is {where}, which is not a delta section, so it is ignored. Move it under \"## ADDED Requirements\", "
            + "\"## MODIFIED Requirements\", \"## REMOVED Requirements\", or \"## RENAMED Requirements\".";
    }

    internal static string Skipped(SkippedHeader header)
    {
        var nameless = Js.StartsWithIgnoringCase(header.Header, "requirement") && header.Header.Length is 11 || header.Header.Length == 12
            && header.Header[11] == ':' && Js.StartsWithIgnoringCase(header.Header, "requirement");
        return nameless
            ? $"Header \"### {header.Header}\" in {header.Section} is missing a requirement name and is ignored by validation. Add a name, e.g. "
                + "\"### Requirement: <name>\"."
            : $"Header \"### {header.Header}\" in {header.Section} is not a \"### Requirement:\" header and is ignored by validation. Use "
                + $"\"### Requirement: {header.Header}\" if it should be validated as a requirement.";
    }

    internal static string Unpaired(UnpairedRename rename)
    {
        var (side, missing) = rename.IsFrom ? ("FROM", "TO") : ("TO", "FROM");
        return $"RENAMED {side}: \"{rename.Name}\" has no matching {missing}: line. Write each rename as a FROM: line followed immediately by its TO: line.";
    }
}
