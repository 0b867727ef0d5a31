using System.Diagnostics;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;

namespace Colophon.Specs.Validating;

/// <summary>One validation: reads every file once and shares the main specs between their own check and the changes that touch them.</summary>
internal sealed class ValidationRun(SpecTree tree, bool strict)
{
    private readonly Dictionary<string, MainSpec?> _specs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
    private readonly SchemaLibrary _schemas = new(tree.Root);

    internal SchemaLibrary Schemas => _schemas;

    internal ValidationItem Change(string name) => Measure(name, ItemKind.Change, issues => ChangeRules.Check(this, tree, name, issues));

    /// <summary>A change's delta files without the main specs.</summary>
    internal ValidationItem DeltasAlone(string name) => Measure(name, ItemKind.Change, issues => ChangeRules.CheckAlone(this, tree, name, issues));

    internal ValidationItem Spec(string id) => Measure(id, ItemKind.Spec, issues =>
    {
        if (Main(id) is { } spec)
            SpecRules.Check(spec, issues);
        else
            issues.Error("file", "spec-unreadable", _failures.GetValueOrDefault(id) ?? $"ENOENT: no such file or directory, open '{PathOf(id)}'");
    });

    /// <summary>The main spec with this id, or null where it is missing or unreadable.</summary>
    internal MainSpec? Main(string id)
    {
        if (_specs.TryGetValue(id, out var known))
            return known;
        var file = FileText.Read(PathOf(id));
        if (file.Failure is not null)
            _failures[id] = SystemError.Describe(file.Failure, PathOf(id));
        var spec = file.Text is { } text ? MainSpec.Read(text) : null;
        _specs.Add(id, spec);
        return spec;
    }

    /// <summary>Why a main spec that exists cannot be read; null where it can or is missing.</summary>
    internal string? Failure(string id) => _failures.GetValueOrDefault(id);

    internal string PathOf(string id) => $"{tree.SpecsPath}/{id}/{SpecFiles.FileName}";

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
