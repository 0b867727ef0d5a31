using Colophon.Specs.Parsing;

namespace Colophon.Specs.Checking;

/// <summary>An entry of a delta that builds on a requirement of the main spec.</summary>
/// <param name="Operation">MODIFIED, REMOVED or RENAMED.</param>
/// <param name="Name">The name in the entry.</param>
/// <param name="BaseName">The name in the main spec: another one where the delta renames it first.</param>
/// <param name="Written">The hash of what is written in the entry, as <see cref="Requirement.Hash"/>: it changes when somebody writes it anew.</param>
/// <param name="Line">The entry's line.</param>
public sealed record DeltaBase(string Operation, string Name, string BaseName, string Written, int Line);

/// <summary>What deltas build on: pure functions of texts, for whoever compares versions of them.</summary>
public static class DeltaBases
{
    /// <summary>The entries of a delta that build on a requirement.</summary>
    /// <param name="delta">The delta's text.</param>
    /// <param name="keywords">Words that count beside the English ones; null for none.</param>
    public static IReadOnlyList<DeltaBase> Of(string delta, SpecKeywords? keywords)
    {
        ArgumentNullException.ThrowIfNull(delta);
        var plan = DeltaReader.Read(delta, keywords);
        var bases = new List<DeltaBase>();
        foreach (var block in plan.Modified)
        {
            var from = plan.Renamed.Find(rename => Headers.NormaliseName(rename.To).SequenceEqual(block.Key));
            bases.Add(new DeltaBase("MODIFIED", block.Key, from is null ? block.Key : Key(from.From), RequirementHash.Of(block.Raw), block.Line));
        }

        foreach (var (name, line) in plan.Removed)
            bases.Add(new DeltaBase("REMOVED", Key(name), Key(name), RequirementHash.Of(plan.RemovedBlocks.Find(block => block.Line == line)?.Raw ?? name), line));
        for (var i = 0; i < plan.Renamed.Count; i++)
        {
            var (from, to) = plan.Renamed[i];
            // What a modification builds on is looked at there.
            if (!plan.Modified.Exists(block => Headers.NormaliseName(to).SequenceEqual(block.Key)))
                bases.Add(new DeltaBase("RENAMED", Key(from), Key(from), RequirementHash.Of(to), plan.RenameLines[i]));
        }

        return bases;
    }

    /// <summary>The requirements of a main spec: by name, the hash of the text and the line.</summary>
    /// <param name="spec">The specification's text.</param>
    /// <param name="keywords">Words that count beside the English ones; null for none.</param>
    public static IReadOnlyDictionary<string, (string Hash, int Line)> Requirements(string spec, SpecKeywords? keywords)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var found = new Dictionary<string, (string, int)>(StringComparer.Ordinal);
        foreach (var block in MainSpec.Read(spec, keywords).Blocks)
            found[block.Key] = (RequirementHash.Of(block.Raw), block.Line);
        return found;
    }

    private static string Key(string name) => Headers.NormaliseName(name).ToString();
}
