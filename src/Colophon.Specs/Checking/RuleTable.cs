using System.Collections.Frozen;
using System.Text;

namespace Colophon.Specs.Checking;

/// <summary>Names and hints of the rules.</summary>
internal static class RuleTable
{
    private static readonly FrozenDictionary<SpecRule, string> s_names =
        Enum.GetValues<SpecRule>().ToFrozenDictionary(static rule => rule, static rule => Dashed(rule.ToString()));

    // Findings in OpenSpec's words come with OpenSpec's names, which the rules are called after.
    private static readonly FrozenDictionary<string, SpecRule> s_rules =
        s_names.ToFrozenDictionary(static pair => pair.Value, static pair => pair.Key, StringComparer.Ordinal);

    private static readonly FrozenDictionary<SpecRule, string> s_hints = new Dictionary<SpecRule, string>
    {
        [SpecRule.ChangeNested] = "Move each inner folder up and give it a flat name.",
        [SpecRule.ChangeNoDeltas] = "Write specs/<capability>/spec.md in the change, or set `skip_specs: true` in its .openspec.yaml.",
        [SpecRule.DeltaConflict] = "Keep one of the two entries.",
        [SpecRule.DeltaDuplicate] = "Merge the two entries, or give one another name.",
        [SpecRule.DeltaEmpty] = "Write each requirement as `### Requirement: <name>`.",
        [SpecRule.DeltaHeaderIgnored] = "Write `### Requirement: <name>`, or use bold text for a note.",
        [SpecRule.DeltaNoKeyword] = "Say below the header what the system SHALL or MUST do.",
        [SpecRule.DeltaNoScenario] = "Add `#### Scenario: <name>` with its steps below.",
        [SpecRule.DeltaNoSection] = "Put the requirements under `## ADDED Requirements` or one like it.",
        [SpecRule.DeltaNoText] = "Write the requirement's sentence directly below its header.",
        [SpecRule.DeltaRenameConflict] = "Renames are applied first: use the new name in the other sections.",
        [SpecRule.DeltaRenameUnpaired] = "Write each FROM: with its TO: directly below.",
        [SpecRule.DeltaRequirementOrphaned] = "Move it below a delta section.",
        [SpecRule.DeltaRootLevel] = "Move the file to specs/<capability>/spec.md.",
        [SpecRule.DeltaScenarioLoss] = "Copy the missing scenarios into the MODIFIED requirement.",
        [SpecRule.DeltaTargetUnreadable] = "Check the permissions of the specification.",
        [SpecRule.DeltaUnread] = "Move its requirements into specs/<capability>/spec.md.",
        [SpecRule.ItemUnreadable] = "Check the permissions.",
        [SpecRule.SkipSpecsAccepted] = "Nothing to do.",
        [SpecRule.SkipSpecsConflict] = "Remove skip_specs, or delete the files under specs/.",
        [SpecRule.SkipSpecsInvalid] = "Mend .openspec.yaml; it needs at least `schema:`.",
        [SpecRule.SpecSectionMissing] = "Write `## Purpose` and `## Requirements`.",
        [SpecRule.SpecNoRequirements] = "Add a requirement, or delete the specification.",
        [SpecRule.SpecDeltaHeader] = "Remove the header; it belongs into a change.",
        [SpecRule.SpecRequirementDuplicate] = "Give one of the two another name.",
        [SpecRule.SpecRequirementOutside] = "Move it below `## Requirements`.",
        [SpecRule.SpecPurposeBrief] = "Say in one or two sentences what the capability is for.",
        [SpecRule.SpecPurposePlaceholder] = "Write the Purpose here, in the main specification.",
        [SpecRule.SpecUnreadable] = "Check the permissions.",
        [SpecRule.RequirementEmpty] = "Write the requirement's sentence directly below its header.",
        [SpecRule.RequirementLong] = "Split it into several.",
        [SpecRule.RequirementNoBody] = "Write the requirement's sentence directly below its header.",
        [SpecRule.RequirementNoKeyword] = "Say below the header what the system SHALL or MUST do.",
        [SpecRule.RequirementNoScenario] = "Add `#### Scenario: <name>` with its steps below.",
        [SpecRule.RequirementScenarioFormat] = "Write each scenario as `#### Scenario: <name>`.",
        [SpecRule.TaskDuplicate] = "Renumber one of the two.",
        [SpecRule.TaskGroup] = "Move it or renumber it.",
        [SpecRule.TasksNoCheckBox] = "Write each task as `- [ ] 1.1 Description`.",
    }.ToFrozenDictionary();

    /// <summary>The rule's name with dashes.</summary>
    internal static string NameOf(SpecRule rule) => s_names[rule];

    /// <summary>The rule of one of OpenSpec's findings.</summary>
    internal static SpecRule Of(string name) => s_rules.TryGetValue(name, out var rule) ? rule : SpecRule.ItemUnreadable;

    /// <summary>What to do about a finding of this rule where the place does not say more.</summary>
    internal static string HintOf(SpecRule rule) => s_hints.GetValueOrDefault(rule) ?? $"`colophon explain COL{(int)rule}` says what to do.";

    private static string Dashed(string name)
    {
        var dashed = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && dashed.Length > 0)
                dashed.Append('-');
            dashed.Append(char.ToLowerInvariant(c));
        }

        return dashed.ToString();
    }
}
