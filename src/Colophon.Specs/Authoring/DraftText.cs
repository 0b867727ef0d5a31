using System.Text;

namespace Colophon.Specs.Authoring;

/// <summary>Writes a draft as the Markdown of OpenSpec's own schema, and notes what is left to fill in. What a person typed can make no heading or comment of its own.</summary>
internal sealed class DraftText(ChangeDraft draft, SpecKeywords? keywords, Func<string, string, Requirement?> standing)
{
    private readonly List<string> _toFill = [];

    internal IReadOnlyList<string> ToFill => _toFill;

    internal string Proposal()
    {
        const string file = "proposal.md";
        var text = new StringBuilder($"# {OneLine(draft.Title ?? draft.Name)}\n\n## {Word("Why")}\n\n");
        text.Append(Prose(draft.Why) ?? Fill(file, DraftPlaceholders.Why)).Append("\n\n## ").Append(Word("What Changes")).Append("\n\n");
        foreach (var point in draft.WhatChanges)
            text.Append("- ").Append(OneLine(point)).Append('\n');
        if (draft.WhatChanges.Count == 0)
            text.Append(Fill(file, DraftPlaceholders.WhatChanges)).Append('\n');
        text.Append("\n## Capabilities\n\n### New Capabilities\n");
        foreach (var delta in draft.Deltas.Where(static d => d.Purpose is not null))
            text.Append("- `").Append(delta.Capability).Append("`: ").Append(OneLine(delta.Purpose ?? "")).Append('\n');
        text.Append("\n### Modified Capabilities\n");
        foreach (var delta in draft.Deltas.Where(static d => d.Purpose is null))
            text.Append("- `").Append(delta.Capability).Append("`: ").Append(Summary(delta)).Append('\n');
        return text.Append("\n## Impact\n\n").Append(Comment("the code, interfaces and people that it touches; nothing checks this section")).Append('\n').ToString();
    }

    internal string Delta(DraftDelta delta)
    {
        var file = $"specs/{delta.Capability}/spec.md";
        var text = new StringBuilder();
        if (delta.Purpose is not null)
            text.Append("## ").Append(Word("Purpose")).Append("\n\n").Append(Prose(delta.Purpose) ?? Fill(file, DraftPlaceholders.Purpose)).Append('\n');
        if (delta.Added.Count > 0 || delta is { Modified.Count: 0, Removed.Count: 0 })
            Section(text, "ADDED");
        foreach (var requirement in delta.Added)
            Requirement(text, file, requirement, null);
        if (delta is { Added.Count: 0, Modified.Count: 0, Removed.Count: 0 })
        {
            text.Append($"\n### {Word("Requirement:")} ").Append(Fill(file, DraftPlaceholders.RequirementName)).Append('\n').Append(Comment(DraftPlaceholders.Sentence)).Append($"\n\n#### {Word("Scenario:")} ")
                .Append(Comment(DraftPlaceholders.Case)).Append("\n- **WHEN** ").Append(Comment(DraftPlaceholders.Happens)).Append("\n- **THEN** ").Append(Comment(DraftPlaceholders.Comes)).Append('\n');
        }

        if (delta.Modified.Count > 0)
            Section(text, "MODIFIED");
        foreach (var requirement in delta.Modified)
            Requirement(text, file, requirement, standing(delta.Capability, requirement.Name));
        if (delta.Removed.Count > 0)
            Section(text, "REMOVED");
        foreach (var removal in delta.Removed)
            text.Append($"\n### {Word("Requirement:")} ").Append(OneLine(removal.Name)).Append("\n**Reason**: ").Append(OneLine(removal.Reason)).Append("\n**Migration**: ").Append(OneLine(removal.Migration)).Append('\n');
        return text.ToString();
    }

    internal string Tasks()
    {
        var text = new StringBuilder();
        for (var group = 0; group < draft.Tasks.Count; group++)
        {
            var (title, tasks) = draft.Tasks[group];
            text.Append(group == 0 ? "" : "\n").Append($"## {group + 1}. ").Append(OneLine(title)).Append("\n\n");
            for (var i = 0; i < tasks.Count; i++)
                text.Append($"- [ ] {group + 1}.{i + 1} ").Append(OneLine(tasks[i])).Append('\n');
        }

        return text.Length > 0 ? text.ToString() : $"## 1. {Comment(DraftPlaceholders.TaskGroup)}\n\n- [ ] 1.1 {Fill("tasks.md", DraftPlaceholders.FirstTask)}\n";
    }

    private void Section(StringBuilder text, string operation) => text.Append(text.Length == 0 ? "" : "\n").Append("## ").Append(Word($"{operation} Requirements")).Append('\n');

    private string Word(string english) => SpecKeywords.Write(keywords, english);

    private void Requirement(StringBuilder text, string file, DraftRequirement requirement, Requirement? before)
    {
        text.Append($"\n### {Word("Requirement:")} ").Append(OneLine(requirement.Name)).Append('\n');
        // A modified requirement takes the place of the whole block, so what it has and nobody reworded is carried along, byte for byte.
        var (body, scenarios) = before is null ? ("", "") : Parts(before);
        text.Append(Prose(requirement.Text) ?? (body.Length > 0 ? body : Fill(file, $"{DraftPlaceholders.SentenceOf}{OneLine(requirement.Name)}', which says SHALL or MUST"))).Append('\n');
        if (scenarios.Length > 0)
            text.Append('\n').Append(scenarios).Append('\n');

        foreach (var scenario in requirement.Scenarios)
        {
            text.Append($"\n#### {Word("Scenario:")} ").Append(OneLine(scenario.Name)).Append('\n');
            foreach (var (word, step) in scenario.Steps)
                text.Append("- **").Append(word).Append("** ").Append(OneLine(step)).Append('\n');
        }

        if (requirement.Scenarios.Count == 0 && before is not { Scenarios.Count: > 0 })
        {
            text.Append($"\n#### {Word("Scenario:")} ").Append(Fill(file, $"{DraftPlaceholders.ScenarioOf}{OneLine(requirement.Name)}'")).Append("\n- **WHEN** ").Append(Comment(DraftPlaceholders.Happens))
                .Append("\n- **THEN** ").Append(Comment(DraftPlaceholders.Comes)).Append('\n');
        }
    }

    /// <summary>A standing requirement's lines before its first scenario, and from there on.</summary>
    private static (string Body, string Scenarios) Parts(Requirement requirement)
    {
        var lines = requirement.Text.Split('\n');
        var first = requirement.Scenarios.Count == 0 ? lines.Length : Math.Clamp(requirement.Scenarios[0].Line - requirement.Line, 1, lines.Length);
        return (string.Join('\n', lines[1..first]).Trim('\n'), string.Join('\n', lines[first..]).Trim('\n'));
    }

    private static string Summary(DraftDelta delta)
    {
        string[] parts =
        [
            .. delta.Added.Select(static r => $"adds {OneLine(r.Name)}"), .. delta.Modified.Select(static r => $"changes {OneLine(r.Name)}"),
            .. delta.Removed.Select(static r => $"removes {OneLine(r.Name)}"),
        ];
        return parts.Length == 0 ? "requirements to come" : string.Join("; ", parts);
    }

    private string Fill(string file, string placeholder)
    {
        _toFill.Add($"{file}: {placeholder["Write ".Length..]}");
        return Comment(placeholder);
    }

    private static string Comment(string what) => $"<!-- {what.Replace("--", "- -", StringComparison.Ordinal)} -->";

    private static string? Prose(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var lines = text.Trim().ReplaceLineEndings("\n").Split('\n').Select(static line =>
            line.AsSpan().TrimStart() is ['#' or '`' or '~' or '<', ..] ? "\\" + line.TrimStart() : line.TrimEnd());
        return string.Join('\n', lines);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("<!--", "\\<!--", StringComparison.Ordinal);
}
