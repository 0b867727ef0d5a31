using Colophon.Provenance.Coverage;
using Colophon.Specs;
using Colophon.Specs.Tracing;
using Colophon.Specs.Tracing.Links;

namespace Colophon.Engine.Tracing;

/// <summary>Joins specifications, links and coverage.</summary>
internal sealed class TraceJoin(TraceSelection selection, string prefix, TraceQuery query)
{
    private readonly Dictionary<string, List<TracedTest>> _tests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TracedPlace>> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, SortedDictionary<string, List<(int, int)>>>> _code = new(StringComparer.Ordinal);

    /// <summary>Tests by the slug of their names, where those count.</summary>
    public ILookup<string, TracedTest>? Named { get; init; }

    /// <summary>Ids that entries name, with the ids of today.</summary>
    public IReadOnlyDictionary<string, string> Former { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public TraceReport Run(IReadOnlyList<SpecLink> links, CoverageReport? coverage)
    {
        var gaps = new TraceGaps();
        foreach (var link in links)
            Take(link, gaps);
        if (coverage is not null)
            Take(coverage);
        var requirements = new List<TracedRequirement>();
        foreach (var (id, texts) in selection.Index.Requirements)
        {
            if (selection.Wanted(id))
                requirements.Add(Trace(id, texts, coverage));
        }

        var hasLog = coverage is { Sources.Count: > 0 };
        foreach (var requirement in requirements)
            gaps.Add(requirement, hasLog);
        if (coverage is not null && selection.Name is null)
            gaps.Add(coverage, selection.Index, Former, links.Where(link => selection.Index.Resolve(link.Reference) is not null).Select(static link => link.Path).ToHashSet(StringComparer.Ordinal));
        return new TraceReport
        {
            Selection = selection.Name,
            Commit = coverage?.Commit,
            Requirements = requirements,
            Gaps = gaps.InOrder(),
            Notes = Notes(requirements, coverage),
        };
    }

    private void Take(SpecLink link, TraceGaps gaps)
    {
        if (selection.Index.Resolve(link.Reference) is not { } target)
        {
            // What was asked for cannot tell whose a link is that names nothing; so only the whole shows them, or those nearest to it.
            if (selection.Whole?.Resolve(link.Reference) is null)
                gaps.AddDangling(link, selection);
            return;
        }

        if (link.IsTest)
            Add(_tests, target.Scenario ?? target.Requirement, new TracedTest(link.Path, link.Line, link.Test, target.Scenario is null));
        else
            Add(_places, target.Requirement, new TracedPlace(link.Path, link.Line, link.Reference));
    }

    private void Take(CoverageReport coverage)
    {
        foreach (var file in coverage.Files)
        {
            foreach (var run in file.Runs)
            {
                if (run.Source is not { } source)
                    continue;
                foreach (var id in coverage.Sources[source].Requirements)
                {
                    if (!_code.TryGetValue(id, out var bySource))
                        _code[id] = bySource = [];
                    if (!bySource.TryGetValue(source, out var byFile))
                        bySource[source] = byFile = new SortedDictionary<string, List<(int, int)>>(StringComparer.Ordinal);
                    if (!byFile.TryGetValue(file.Path, out var ranges))
                        byFile[file.Path] = ranges = [];
                    ranges.Add((run.Start, run.Count));
                }
            }
        }
    }

    private TracedRequirement Trace(string id, List<TracedText> texts, CoverageReport? coverage)
    {
        // What an open change says is what is wanted now; the change that was asked for before others.
        var text = texts.FindLast(t => t.Change is not null && t.Change == selection.Change?.Name) ?? texts[^1];
        var whole = _tests.GetValueOrDefault(id, []);
        var scenarios = new List<TracedScenario>();
        foreach (var said in texts.Where(t => t == text).Concat(texts.Where(t => t != text && (selection.Change is null || t.Change is null))))
        {
            for (var i = 0; i < said.Requirement.ScenarioIds.Count; i++)
            {
                var scenario = said.Requirement.ScenarioIds[i];
                if (!scenarios.Exists(known => known.Id == scenario))
                    scenarios.Add(Scenario(scenario, said.Requirement.Scenarios[i], said, texts, whole));
            }
        }

        // A change is asked about its own scenarios: what it takes away is not its to prove.
        if (selection.Change is not null && text.Change == selection.Change.Name)
            scenarios.RemoveAll(scenario => !text.Requirement.ScenarioIds.Contains(scenario.Id, StringComparer.Ordinal));
        return new TracedRequirement
        {
            Id = id,
            Name = text.Requirement.Name,
            Capability = text.Capability,
            Path = prefix + text.Path,
            Line = text.Requirement.Line,
            Hash = text.Requirement.Hash,
            Change = text.Change,
            RemovedBy = selection.Removed.GetValueOrDefault(id),
            RenamedFrom = text.RenamedFrom,
            IsDue = texts.Exists(IsDue) && !selection.Removed.ContainsKey(id),
            Scenarios = scenarios,
            Tests = whole,
            Places = _places.GetValueOrDefault(id, []),
            Code = coverage is null ? [] : Code(id, text, coverage),
        };
    }

    private TracedScenario Scenario(string id, Scenario scenario, TracedText said, List<TracedText> texts, List<TracedTest> whole)
    {
        var linked = _tests.GetValueOrDefault(id, []);
        var holders = texts.Where(text => text.Requirement.ScenarioIds.Contains(id, StringComparer.Ordinal)).ToList();
        return new TracedScenario
        {
            Id = id,
            Name = scenario.Name,
            Path = prefix + said.Path,
            Line = scenario.Line,
            Change = holders.Exists(static text => text.Change is null) ? null : said.Change,
            IsDue = holders.Exists(IsDue) && !selection.Removed.ContainsKey(said.Requirement.Id),
            Tests = linked.Count + whole.Count > 0 || Named is null ? [.. linked, .. whole] : [.. Named[ProjectLinks.SlugOf(scenario.Name)]],
        };
    }

    private bool IsDue(TracedText text) => text.Change is not { } change || selection.Complete.Contains(change) || selection.Change?.Name == change;

    private List<TracedCode> Code(string id, TracedText text, CoverageReport coverage)
    {
        var code = new List<TracedCode>();
        var ids = Former.Where(pair => pair.Value == id).Select(static pair => pair.Key).Append(id);
        if (text.RenamedFrom is { } before)
            ids = ids.Append(before);
        foreach (var known in ids.Distinct(StringComparer.Ordinal))
        {
            foreach (var (source, files) in _code.GetValueOrDefault(known, []))
            {
                var then = coverage.Sources[source].RequirementHashes.GetValueOrDefault(known);
                code.Add(new TracedCode(coverage.Sources[source], [.. files.Select(static file => new TracedLines(file.Key, file.Value))], then is not null && then != text.Requirement.Hash));
            }
        }

        return [.. code.OrderByDescending(static c => c.Lines).ThenBy(static c => c.Source.Decision, StringComparer.Ordinal)];
    }

    private List<string> Notes(List<TracedRequirement> requirements, CoverageReport? coverage)
    {
        var notes = new List<string>();
        if (coverage is { Sources.Count: 0 })
            notes.Add("The log knows no accepted code: which requirement a line serves cannot be told yet.");
        notes.AddRange((coverage?.Unknown ?? []).Select(static u => u.Note));
        if (coverage is null && !query.Code)
            notes.Add("Code was not asked for.");
        var later = requirements.SelectMany(static r => r.Scenarios).Count(static s => !s.IsDue);
        if (later > 0)
            notes.Add($"{later} scenario(s) of changes that are still being worked on are not due yet.");
        return notes;
    }

    private static void Add<T>(Dictionary<string, List<T>> to, string id, T item)
    {
        if (!to.TryGetValue(id, out var list))
            to[id] = list = [];
        list.Add(item);
    }
}
