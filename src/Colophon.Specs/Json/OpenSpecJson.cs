using System.Buffers;
using Colophon.Specs.Layout;

namespace Colophon.Specs.Json;

/// <summary>
/// The JSON of the OpenSpec CLI, byte for byte, as UTF-8 with a line feed at the end: a drop-in for <c>list</c>, <c>show</c> and
/// <c>validate</c> with <c>--json</c>.
/// </summary>
public static class OpenSpecJson
{
    /// <summary><c>openspec list --json</c>: the changes, newest first.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static void WriteChanges(SpecTree tree, IBufferWriter<byte> output) => ListJson.WriteChanges(tree, output);

    /// <summary><c>openspec list --specs --json</c>.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static void WriteSpecs(SpecTree tree, IBufferWriter<byte> output) => ListJson.WriteSpecs(tree, output);

    /// <summary><c>openspec show &lt;name&gt; --json</c>: a change or a spec, whichever has the name.</summary>
    /// <returns>False where the answer is an error (exit code 1): unknown, ambiguous or not readable.</returns>
    public static bool WriteItem(SpecTree tree, string name, IBufferWriter<byte> output)
    {
        if (Resolve(tree, name, output) is not { } kind)
            return false;
        return kind == ItemKind.Change ? WriteChange(tree, name, output) : WriteSpec(tree, name, output);
    }

    /// <summary><c>openspec show &lt;change&gt; --type change --json</c>.</summary>
    /// <returns>False where the answer is an error (exit code 1).</returns>
    public static bool WriteChange(SpecTree tree, string name, IBufferWriter<byte> output) => ShowChangeJson.Write(tree, name, output);

    /// <summary><c>openspec show &lt;spec&gt; --type spec --json</c>.</summary>
    /// <returns>False where the answer is an error (exit code 1).</returns>
    public static bool WriteSpec(SpecTree tree, string id, IBufferWriter<byte> output) => ShowSpecJson.Write(tree, id, output);

    /// <summary><c>openspec validate … --json</c>.</summary>
    public static void WriteReport(SpecTree tree, ValidationReport report, IBufferWriter<byte> output) => ReportJson.Write(tree, report, output);

    /// <summary><c>openspec validate &lt;name&gt; --json</c>: a change or a spec, whichever has the name.</summary>
    /// <returns>False where the item is invalid, unknown or ambiguous (exit code 1).</returns>
    public static bool WriteValidation(SpecTree tree, string name, bool strict, IBufferWriter<byte> output)
    {
        if (Resolve(tree, name, output) is not { } kind)
            return false;
        var report = kind == ItemKind.Change ? Validation.Change(tree, name, strict) : Validation.Spec(tree, name, strict);
        WriteReport(tree, report, output);
        return report.Valid;
    }

    private static ItemKind? Resolve(SpecTree tree, string name, IBufferWriter<byte> output)
    {
        var (changes, specs) = (tree.Changes, tree.Specs);
        var (isChange, isSpec) = (changes.Contains(name), specs.Contains(name));
        if (isChange && isSpec)
            ErrorJson.Write(output, "ambiguous_item", $"Ambiguous item '{name}' matches both a change and a spec.", "Pass --type change|spec.");
        else if (!isChange && !isSpec)
            ErrorJson.Write(output, "unknown_item", Unknown(name, NearestName.Ranked(name, [.. changes, .. specs], 5)));
        return isChange == isSpec ? null : isChange ? ItemKind.Change : ItemKind.Spec;
    }

    private static string Unknown(string name, List<string> nearest) =>
        nearest.Count == 0 ? $"Unknown item '{name}'." : $"Unknown item '{name}'. Did you mean: {string.Join(", ", nearest)}?";
}
