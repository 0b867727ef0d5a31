using Colophon.Specs.Checking;
using Colophon.Specs.Layout;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Incremental;

/// <summary>Finds what is wrong with one item after the other, as OpenSpec or as Colophon does.</summary>
internal sealed class Findings
{
    private readonly bool _strict;
    private readonly ValidationRun _openSpec;
    private readonly CheckRun? _own;

    /// <summary>Prepares a run.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="options">How to work.</param>
    /// <param name="specs">The main specs.</param>
    /// <param name="schemas">The schemas; not to be shared between threads.</param>
    /// <param name="read">Reads a file.</param>
    /// <param name="ids">The ids of all main specs.</param>
    internal Findings(SpecTree tree, IncrementalOptions options, MainSpecs specs, SchemaLibrary schemas, Func<string, FileText> read, IReadOnlyList<string> ids)
    {
        _strict = options.Strict;
        _openSpec = new ValidationRun(tree, _strict, specs, schemas);
        _own = options.OwnFindings ? new CheckRun(tree, _openSpec, read) { Specs = ids } : null;
    }

    internal ValidationItem Change(string name, ChangeFolder folder) => _own is null ? _openSpec.Change(name, folder) : Item(name, ItemKind.Change, _own.Change(name, folder));

    internal ValidationItem Spec(string id) => _own is null ? _openSpec.Spec(id) : Item(id, ItemKind.Spec, _own.Spec(id));

    private ValidationItem Item(string id, ItemKind kind, List<SpecFinding> findings)
    {
        var item = SpecCheck.Item(id, kind, findings, _strict);
        return new ValidationItem
        {
            Id = id,
            Kind = kind,
            Valid = item.Valid,
            Issues = [.. findings.Select(static finding => new ValidationIssue(finding.Level, finding.Path, finding.Line, finding.Message, finding.Code))],
        };
    }
}
