using System.Buffers;
using Colophon.Specs.Layout;
using Colophon.Specs.OpenSpec.Diffs;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Json;

/// <summary>The answer of <c>show</c> for a change.</summary>
internal static class ShowChangeJson
{
    internal static bool Write(SpecTree tree, string name, IBufferWriter<byte> output) =>
        TryWrite(tree, name, output) is not { } refusal || ErrorJson.Write(output, "show_error", refusal);

    /// <summary>Writes the change, or says why it cannot be shown.</summary>
    /// <param name="tree">Where the change is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="output">Receives the answer.</param>
    /// <param name="compare">The change's operations beside the main specs, where the answer shows differences; asked only if something is modified.</param>
    internal static string? TryWrite(SpecTree tree, string name, IBufferWriter<byte> output, Func<List<RequirementChange>>? compare = null)
    {
        var directory = $"{tree.ChangesPath}/{name}";
        var (text, refusal) = ReadProposal(tree, name);
        if (text is null)
            return refusal ?? "";
        var proposal = ProposalReader.Read(text, tree.Keywords);
        if (proposal.Why.Length == 0)
            return "Change must have a Why section";
        if (proposal.WhatChanges.Length == 0)
            return "Change must have a What Changes section";
        var specs = $"{directory}/specs";
        if (File.Exists(specs))
            return SystemError.NotADirectory(specs);
        var deltas = ReadDeltas(specs, proposal, tree.Keywords);
        var compared = compare is not null && deltas.Exists(static delta => delta.Operation == "MODIFIED") ? compare() : [];
        var json = new JsonText(output);
        json.BeginObject();
        // The CLI takes the id from the path, behind the last part called "changes" or "specs".
        json.Text("id", name is "changes" or "specs" ? "proposal.md" : name);
        json.Text("title", ProposalReader.Title(text, name));
        json.Number("deltaCount", deltas.Count);
        json.Name("deltas");
        json.BeginArray();
        foreach (var delta in deltas)
            WriteDelta(json, delta, Take(compared, delta));
        json.EndArray();
        ErrorJson.EndWithRoot(json, tree);
        return null;
    }

    /// <summary>The text of a change's proposal, or why there is none to show.</summary>
    internal static (string? Text, string? Refusal) ReadProposal(SpecTree tree, string name)
    {
        var path = $"{tree.ChangesPath}/{name}/proposal.md";
        if (!SpecTree.IsName(name))
            return (null, $"Change \"{name}\" not found at {Path.GetFullPath(path)}");
        var file = FileText.Read(path);
        if (file.Missing && !Directory.Exists($"{tree.ChangesPath}/{name}"))
            return (null, $"Change \"{name}\" not found at {path}");
        if (file.Missing)
        {
            return (null, NestedChanges.Find(tree.ChangesPath, name, new SchemaLibrary(tree.Root))?.Describe()
                ?? $"Change \"{name}\" has no proposal.md yet. Run \"openspec status --change {name}\" to see which artifact comes next.");
        }

        return file.Text is { } text ? (text, null) : (null, SystemError.Describe(file.Failure ?? "", path));
    }

    internal static List<ShownDelta> ReadDeltas(string specs, Proposal proposal, SpecKeywords? keywords)
    {
        var deltas = new List<ShownDelta>();
        var structured = false;
        foreach (var file in SpecFiles.Find(specs))
        {
            if (FileText.Read(file.Path).Text is not { } content)
                continue;
            var plan = DeltaReader.Read(content, keywords);
            structured |= plan.HasSections;
            ShownDelta.Read(file.Id, plan, deltas);
        }

        return structured ? deltas : ProseDeltas.Read(proposal.WhatChanges);
    }

    /// <summary>The comparison of a modified requirement; those of one spec are taken in their order.</summary>
    private static RequirementChange? Take(List<RequirementChange> compared, ShownDelta delta)
    {
        var index = delta.Operation == "MODIFIED" ? compared.FindIndex(change => change.Operation == "MODIFIED" && change.Capability == delta.Spec) : -1;
        if (index < 0)
            return null;
        var change = compared[index];
        compared.RemoveAt(index);
        return change;
    }

    private static void WriteDelta(JsonText json, ShownDelta delta, RequirementChange? change)
    {
        json.BeginObject();
        json.Text("spec", delta.Spec);
        json.Text("operation", delta.Operation);
        json.Text("description", delta.Description);
        if (delta.Requirement is { } section)
        {
            json.Name("requirement");
            ShowSpecJson.WriteRequirement(json, delta.Text, section);
            json.Name("requirements");
            json.BeginArray();
            ShowSpecJson.WriteRequirement(json, delta.Text, section);
            json.EndArray();
        }

        if (delta.Rename is { } rename)
        {
            json.Name("rename");
            json.BeginObject();
            json.Text("from", rename.From);
            json.Text("to", rename.To);
            json.EndObject();
        }

        if (change?.Diff is { } diff)
            json.Text("diff", diff);
        if (change?.Warning is { } warning)
            json.Text("warning", warning);
        json.EndObject();
    }
}
