using Colophon.Specs.Json;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Archiving;

/// <summary>What archive has to say about a proposal; it never stops for it.</summary>
internal static class ProposalWarnings
{
    private const int LeastWhy = 50;
    private const int MostWhy = 1000;
    private const int MostDeltas = 10;
    private const int LeastDescription = 10;

    private const string MissingSections =
        "Missing required sections. Expected headers: \"## Why\" and \"## What Changes\". Ensure deltas are documented in specs/ using delta headers.";

    /// <summary>The warnings; none where the proposal has no error.</summary>
    internal static IReadOnlyList<ValidationIssue> Find(SpecTree tree, string name)
    {
        var directory = $"{tree.ChangesPath}/{name}";
        var path = $"{directory}/proposal.md";
        var issues = new Issues();
        var file = FileText.Read(path);
        if (file.Missing)
            return [];
        if (file.Text is not { } text)
            issues.Error("file", "proposal", SystemError.Describe(file.Failure ?? "", path));
        else if (!Check(tree, directory, text, new SchemaLibrary(tree.Root), issues))
            return [];
        return issues.Found;
    }

    /// <summary>Checks the parts; false where nothing is an error, which leaves the rest unsaid.</summary>
    private static bool Check(SpecTree tree, string directory, string text, SchemaLibrary schemas, Issues issues)
    {
        var proposal = ProposalReader.Read(text, tree.Keywords);
        if (proposal.Why.Length == 0 || proposal.WhatChanges.Length == 0)
        {
            issues.Error("file", "proposal", $"Change must have a {(proposal.Why.Length == 0 ? "Why" : "What Changes")} section. {MissingSections}");
            return true;
        }

        var specs = $"{directory}/specs";
        if (File.Exists(specs))
        {
            issues.Error("file", "proposal", SystemError.NotADirectory(specs));
            return true;
        }

        var deltas = ShowChangeJson.ReadDeltas(specs, proposal, tree.Keywords);
        var (declared, reason) = ChangeMetadata.Read(directory).Marker("skip_specs", schemas);
        if (reason is not null)
            issues.Error(ChangeMetadata.FileName, "skip-specs-invalid", $"{Messages.SkipSpecsInvalid} ({reason})");
        if (proposal.Why.Length < LeastWhy)
            issues.Error("why", "proposal", $"Why section must be at least {LeastWhy} characters");
        else if (proposal.Why.Length > MostWhy)
            issues.Error("why", "proposal", $"Why section should not exceed {MostWhy} characters");
        for (var i = 0; i < deltas.Count; i++)
        {
            if (deltas[i].Spec.Length == 0)
                issues.Error($"deltas.{i}.spec", "proposal", "Spec name cannot be empty");
        }

        // A requirement without scenarios makes the proposal invalid, but is told elsewhere.
        var hidden = deltas.Exists(static delta => delta.Requirement is { } section && !section.Children.Any(static child => !child.Content.IsEmpty));
        if (deltas.Count == 0 && !declared)
            issues.Error("deltas", "proposal", Messages.NoDeltas);
        else if (deltas.Count > MostDeltas)
            issues.Error("deltas", "proposal", $"Consider splitting changes with more than {MostDeltas} deltas");
        var invalid = issues.Count > 0 || hidden;
        for (var i = 0; i < deltas.Count; i++)
        {
            if (deltas[i].Description.Length < LeastDescription)
                issues.Warning($"deltas[{i}].description", "proposal", "Delta description is too brief");
            if (deltas[i] is { Requirement: null, Operation: "ADDED" or "MODIFIED" })
                issues.Warning($"deltas[{i}].requirements", "proposal", $"{deltas[i].Operation} Delta should include requirements");
        }

        return invalid;
    }
}
