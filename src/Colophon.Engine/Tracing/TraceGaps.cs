using Colophon.Provenance.Coverage;
using Colophon.Specs.OpenSpec.Setup.Tools;
using Colophon.Specs.Tracing;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Engine.Tracing;

/// <summary>Collects what is missing.</summary>
internal sealed class TraceGaps
{
    private readonly List<TraceGap> _gaps = [];

    public IReadOnlyList<TraceGap> InOrder() =>
        [.. _gaps.OrderBy(static gap => gap.Kind).ThenBy(static gap => gap.Path, StringComparer.Ordinal).ThenBy(static gap => gap.Line).ThenBy(static gap => gap.Subject, StringComparer.Ordinal)];

    public void AddDangling(SpecLink link, TraceSelection selection)
    {
        var (reason, nearest) = selection.Index.Explain(link.Reference);
        if (selection.Name is not null && !(nearest is not null && selection.Wanted(nearest.Split('#')[0])))
            return;
        _gaps.Add(new TraceGap(TraceGapKind.DanglingLink, link.Reference, link.Path, link.Line, reason, nearest is null ? null : $"Did you mean '{nearest}'?"));
    }

    public void Add(TracedRequirement requirement, bool hasLog)
    {
        foreach (var scenario in requirement.Scenarios.Where(static s => s.IsDue && s.Tests.Count == 0))
            _gaps.Add(new TraceGap(TraceGapKind.ScenarioWithoutTest, scenario.Id, scenario.Path, scenario.Line, "No test is linked to this scenario.", $"Write @spec({scenario.Id}) above the test that proves it."));
        if (hasLog && requirement is { IsDue: true, HasCode: false })
            _gaps.Add(new TraceGap(TraceGapKind.RequirementWithoutCode, requirement.Id, requirement.Path, requirement.Line, "Nothing says that any code serves this requirement."));
        if (requirement.IsStale)
        {
            var lines = requirement.Code.Where(static code => code.IsStale).Sum(static code => code.Lines);
            _gaps.Add(new TraceGap(TraceGapKind.StaleCode, requirement.Id, requirement.Path, requirement.Line, $"{lines} line(s) were written for an older text of this requirement."));
        }
    }

    public void Add(CoverageReport coverage, TraceIndex index, IReadOnlyDictionary<string, string> former, IReadOnlySet<string> linked)
    {
        var renamed = index.Requirements.SelectMany(static pair => pair.Value).Select(static text => text.RenamedFrom).ToHashSet(StringComparer.Ordinal);
        foreach (var share in coverage.Requirements.Where(share => index.Texts(share.Name).Count == 0 && !renamed.Contains(share.Name) && !former.ContainsKey(share.Name)))
            _gaps.Add(new TraceGap(TraceGapKind.RequirementGone, share.Name, null, null, $"{share.Lines} line(s) in {share.Files} file(s) were written for a requirement that is gone."));
        foreach (var file in coverage.WithoutRequirement.Where(file => !linked.Contains(file.Path) && !AssistantFolders.Hold(file.Path)))
            _gaps.Add(new TraceGap(TraceGapKind.CodeWithoutRequirement, file.Path, file.Path, null, $"{file.Lines} line(s) serve no requirement{(file.Model > 0 ? $"; a model wrote {file.Model} of them" : "")}."));
    }
}
