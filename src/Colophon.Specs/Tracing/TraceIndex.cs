using Colophon.Kernel.Words;

namespace Colophon.Specs.Tracing;

/// <summary>What a link can name: a requirement as one file says it.</summary>
/// <param name="Capability">The capability's id.</param>
/// <param name="Requirement">The requirement.</param>
/// <param name="Path">The file that says it, relative to the root of the tree.</param>
/// <param name="Change">The open change whose delta says it; null for a main spec.</param>
/// <param name="RenamedFrom">The id it had before the change, or null.</param>
public sealed record TracedText(string Capability, Requirement Requirement, string Path, string? Change, string? RenamedFrom = null);

/// <summary>What a reference names.</summary>
/// <param name="Requirement">The requirement's id.</param>
/// <param name="Scenario">The scenario's id; null where the whole requirement is meant.</param>
public sealed record TraceTarget(string Requirement, string? Scenario);

/// <summary>
/// Every requirement and scenario of the main specs and of the open changes, found by id or by name: <c>capability/requirement</c> or
/// <c>capability/requirement#scenario</c>, each part a slug or OpenSpec's exact name.
/// </summary>
public sealed class TraceIndex
{
    private readonly Dictionary<string, List<TracedText>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _capabilities = new(StringComparer.Ordinal);

    /// <summary>Indexes texts; where several say one requirement, the first comes first.</summary>
    public TraceIndex(IEnumerable<TracedText> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        foreach (var text in texts)
        {
            _capabilities.Add(text.Capability);
            if (!_byId.TryGetValue(text.Requirement.Id, out var same))
                _byId[text.Requirement.Id] = same = [];
            same.Add(text);
            _byName.TryAdd($"{text.Capability}/{text.Requirement.Name}", text.Requirement.Id);
        }
    }

    /// <summary>The ids in ordinal order, each with every text that says it: the main spec's first, then the changes' by name.</summary>
    public IEnumerable<KeyValuePair<string, List<TracedText>>> Requirements => _byId.OrderBy(static pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The ids of the capabilities, in ordinal order.</summary>
    public IReadOnlyCollection<string> Capabilities => _capabilities;

    /// <summary>Reads the main specs and the open changes of a tree.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static TraceIndex Read(SpecTree tree) => Of(SpecTexts.Read(tree).OrThrow());

    /// <summary>Indexes what of a tree can be read.</summary>
    public static TraceIndex Of(SpecTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var index = new TraceIndex(texts.Specs.SelectMany(Of).Concat(texts.Changes.SelectMany(Of)));
        foreach (var delta in texts.Changes.SelectMany(static change => change.Deltas))
        {
            foreach (var rename in delta.Renamed)
                index._renamed.TryAdd(Id(delta.Capability, rename.To), Id(delta.Capability, rename.From));
        }

        return index;
    }

    /// <summary>The id of a requirement by its name, as long as no other name of its file has the same slug.</summary>
    public static string Id(string capability, string name) => $"{capability}/{TraceSlug.Of(name, "requirement")}";

    /// <summary>What the main specs say.</summary>
    /// <exception cref="SpecException"><see cref="SpecError.Unreadable"/>.</exception>
    public static IEnumerable<TracedText> ReadMain(SpecTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Specs.Select(tree.Spec).SelectMany(Of);
    }

    private static IEnumerable<TracedText> Of(Spec spec) => spec.Requirements.Select(requirement => new TracedText(spec.Id, requirement, spec.Path, null));

    /// <summary>What a change says about requirements that stand after it.</summary>
    public static IEnumerable<TracedText> Of(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        foreach (var delta in change.Deltas)
        {
            var renamed = delta.Renamed.GroupBy(static rename => rename.To, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.First().From, StringComparer.Ordinal);
            foreach (var requirement in delta.Added.Concat(delta.Modified))
            {
                var before = renamed.TryGetValue(requirement.Name, out var from) ? Id(delta.Capability, from) : null;
                yield return new TracedText(delta.Capability, requirement, delta.Path, change.Name, before);
            }
        }
    }

    /// <summary>The texts of a requirement; none where there is none.</summary>
    public IReadOnlyList<TracedText> Texts(string requirement) => _byId.TryGetValue(requirement, out var texts) ? texts : [];

    /// <summary>What a reference names, or null.</summary>
    public TraceTarget? Resolve(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        reference = reference.Trim();
        // Names may hold '/' and '#' themselves: every way to cut is tried, the longest capability and the longest requirement first.
        for (var slash = reference.LastIndexOf('/'); slash > 0; slash = reference.LastIndexOf('/', slash - 1))
        {
            var capability = reference[..slash].Trim();
            if (!_capabilities.Contains(capability))
                continue;
            var rest = reference[(slash + 1)..];
            if (Find(capability, rest) is { } whole)
                return new TraceTarget(whole, null);
            for (var hash = rest.LastIndexOf('#'); hash > 0; hash = rest.LastIndexOf('#', hash - 1))
            {
                if (Find(capability, rest[..hash]) is { } id && Scenario(id, rest[(hash + 1)..]) is { } scenario)
                    return new TraceTarget(id, scenario);
            }
        }

        return null;
    }

    /// <summary>Why a reference names nothing, in one sentence, and what may have been meant; null where nothing is near.</summary>
    public (string Reason, string? Nearest) Explain(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        reference = reference.Trim();
        var hash = reference.IndexOf('#', StringComparison.Ordinal);
        var named = hash < 0 ? reference : reference[..hash];
        var slash = named.LastIndexOf('/');
        var (capability, name) = slash < 0 ? (named, "") : (named[..slash].Trim(), named[(slash + 1)..]);
        if (!_capabilities.Contains(capability))
        {
            var near = EditDistance.Closest(capability, _capabilities);
            return ($"There is no capability '{capability}'.", near is null ? null : Nearest(near, name, hash < 0 ? null : reference[(hash + 1)..]));
        }

        if (Find(capability, name) is not { } id)
            return ($"There is no requirement '{name.Trim()}' in '{capability}'.", Nearest(capability, name, hash < 0 ? null : reference[(hash + 1)..]));
        var scenario = hash < 0 ? "" : reference[(hash + 1)..].Trim();
        return ($"'{id}' has no scenario '{scenario}'.", NearestScenario(id, scenario));
    }

    private string? Find(string capability, string name)
    {
        name = name.Trim();
        if (name.Length == 0)
            return null;
        if (_byName.TryGetValue($"{capability}/{name}", out var exact))
            return exact;
        // Only an exact name may hold what cuts a reference; else a scenario that does not exist could read as a requirement.
        if (name.Contains('#', StringComparison.Ordinal))
            return null;
        var id = Id(capability, name);
        if (_byId.ContainsKey(id))
            return id;
        // A name that an open change gives without saying more: what stands under the old one is meant.
        return _renamed.TryGetValue(id, out var before) && _byId.ContainsKey(before) ? before : null;
    }

    private string? Scenario(string requirement, string name)
    {
        name = name.Trim();
        if (name.Length == 0)
            return null;
        var slug = $"{requirement}#{TraceSlug.Of(name, "scenario")}";
        string? found = null;
        foreach (var text in Texts(requirement))
        {
            var (scenarios, ids) = (text.Requirement.Scenarios, text.Requirement.ScenarioIds);
            for (var i = 0; i < ids.Count; i++)
            {
                if (scenarios[i].Name == name)
                    return ids[i];
                if (ids[i] == slug)
                    found ??= ids[i];
            }
        }

        return found;
    }

    private string? Nearest(string capability, string name, string? scenario)
    {
        var slug = TraceSlug.Of(name, "");
        var near = Find(capability, name) ?? EditDistance.Closest($"{capability}/{slug}", _byId.Keys.Where(id => id.StartsWith(capability + "/", StringComparison.Ordinal)));
        // The whole id may be near only because the capability is long; the name has to be near too.
        if (near is null || (near != $"{capability}/{slug}" && EditDistance.Closest(slug, [near[(capability.Length + 1)..]]) is null))
            return null;
        return scenario is null ? near : NearestScenario(near, scenario) ?? near;
    }

    private string? NearestScenario(string requirement, string scenario)
    {
        var slug = TraceSlug.Of(scenario, "");
        var known = Texts(requirement).SelectMany(static text => text.Requirement.ScenarioIds).Select(id => id[(requirement.Length + 1)..]);
        return EditDistance.Closest(slug, known) is { } near ? $"{requirement}#{near}" : null;
    }

}
