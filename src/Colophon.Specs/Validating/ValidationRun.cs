using System.Diagnostics;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Validating;

/// <summary>One validation: reads every file once and shares the main specs between their own check and the changes that touch them.</summary>
internal sealed class ValidationRun(SpecTree tree, bool strict, MainSpecs specs, SchemaLibrary schemas)
{
    internal ValidationRun(SpecTree tree, bool strict)
        : this(tree, strict, new MainSpecs(tree, FileText.Read), new SchemaLibrary(tree.Root))
    {
    }

    internal SchemaLibrary Schemas => schemas;

    internal ValidationItem Change(string name) => Change(name, FolderOf(name));

    /// <summary>A change whose files may have been read before.</summary>
    internal ValidationItem Change(string name, ChangeFolder folder) => Measure(name, ItemKind.Change, issues => ChangeRules.Check(this, tree, name, folder, issues));

    /// <summary>A change's delta files without the main specs.</summary>
    internal ValidationItem DeltasAlone(string name) => Measure(name, ItemKind.Change, issues => ChangeRules.CheckAlone(this, FolderOf(name), issues));

    internal ValidationItem Spec(string id) => Measure(id, ItemKind.Spec, issues =>
    {
        if (Main(id) is { } spec)
            SpecRules.Check(spec, issues);
        else
            issues.Error("file", "spec-unreadable", Failure(id) ?? $"ENOENT: no such file or directory, open '{PathOf(id)}'");
    });

    /// <summary>The main spec with this id, or null where it is missing or unreadable.</summary>
    internal MainSpec? Main(string id) => specs.Find(id).Spec;

    /// <summary>Why a main spec that exists cannot be read; null where it can or is missing.</summary>
    internal string? Failure(string id) => specs.Find(id).Failure;

    internal string PathOf(string id) => specs.PathOf(id);

    private ChangeFolder FolderOf(string name) => new($"{tree.ChangesPath}/{name}", FileText.Read, tree.Keywords);

    private ValidationItem Measure(string id, ItemKind kind, Action<Issues> check)
    {
        var start = Stopwatch.GetTimestamp();
        var issues = new Issues();
        try
        {
            check(issues);
        }
        catch (SpecException e)
        {
            // One item that cannot be read is a finding about it, not the end of the run.
            issues = new Issues();
            issues.Error("file", "item-unreadable", e.Message);
        }

        return new ValidationItem
        {
            Id = id,
            Kind = kind,
            Valid = issues.IsValid(strict),
            Issues = issues.Found,
            DurationMilliseconds = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds,
        };
    }
}
