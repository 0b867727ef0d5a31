using Colophon.Kernel.Words;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Checking;

/// <summary>One check of a tree: OpenSpec's rules and ours, over files that are read once.</summary>
internal sealed class CheckRun(SpecTree tree, ValidationRun validation, Func<string, FileText> read)
{
    private const int ShortestNearMiss = 6;

    private readonly ValidationRun _validation = validation;
    private readonly Dictionary<string, ChangeFolder> _folders = new(StringComparer.Ordinal);
    private IReadOnlyList<string>? _specs;

    internal CheckRun(SpecTree tree, Func<string, FileText> read)
        : this(tree, new ValidationRun(tree, strict: false, new MainSpecs(tree, read), new SchemaLibrary(tree.Root)), read)
    {
    }

    /// <summary>The ids of the main specs; listed when they are needed, unless they were known before.</summary>
    internal IReadOnlyList<string> Specs
    {
        private get => _specs ??= tree.Specs;
        init => _specs = value;
    }

    /// <summary>Everything about a change.</summary>
    internal List<SpecFinding> Change(string name) => Change(name, Folder(name));

    /// <summary>Everything about a change whose files may have been read before.</summary>
    internal List<SpecFinding> Change(string name, ChangeFolder folder)
    {
        var found = new List<SpecFinding>();
        var issues = _validation.Change(name, folder).Issues;
        try
        {
            IssueMapping.OfChange(tree.Root, name, issues, path => LinesOf(folder, $"{tree.Root}/{path}"), found);
            if (issues is not [{ Code: "change-nested" }])
                CheckFiles(name, folder, issues, found);
        }
        catch (SpecException e)
        {
            new FileFindings($"openspec/changes/{name}", null, found).Add(SpecRule.ItemUnreadable, IssueLevel.Error, 0, e.Message, e.Hint ?? RuleTable.HintOf(SpecRule.ItemUnreadable));
        }

        return Ordered(found);
    }

    /// <summary>Everything about a main spec.</summary>
    internal List<SpecFinding> Spec(string id)
    {
        var found = new List<SpecFinding>();
        var path = PathOf(id);
        var issues = _validation.Spec(id).Issues;
        var main = _validation.Main(id);
        IssueMapping.OfSpec(path, main, issues, found);
        if (main is null)
            return found;
        CheckMain(main, path, found);
        var findings = new FileFindings(path, main.Lines, found);
        ChangeFileChecks.CheckEncoding(main.Content, _validation.PathOf(id), findings);
        foreach (var other in Specs)
        {
            if (string.CompareOrdinal(other, id) < 0 && other.Equals(id, StringComparison.OrdinalIgnoreCase))
                findings.Add(SpecRule.CapabilityCase, IssueLevel.Warning, 0, $"Capabilities '{other}' and '{id}' are one on a file system that ignores case.", "Rename one of them.");
        }

        return Ordered(found);
    }

    /// <summary>Our own rules about the text of a main spec.</summary>
    internal static void CheckMain(MainSpec main, string path, List<SpecFinding> found)
    {
        var findings = new FileFindings(path, main.Lines, found);
        new HeaderChecks(findings, main.Lines, isDelta: false).Run();
        PlaceholderChecks.Check(main.Lines, findings);
        foreach (var block in main.Blocks)
            RequirementChecks.Check(block, findings);
        foreach (var child in main.Requirements?.Children ?? [])
        {
            var line = main.Lines[child.From - 1];
            if (!Headers.IsRequirement(line) && Headers.Level(line) == 3)
            {
                findings.Add(
                    SpecRule.RequirementUnlabelled,
                    IssueLevel.Warning,
                    child.From,
                    $"\"{child.Heading}\" counts as a requirement, but no change can touch it: its header does not say `Requirement:`.",
                    $"Write `### Requirement: {child.Heading}`.");
            }
        }
    }

    /// <summary>Our own rules about the text of a delta.</summary>
    internal static void CheckDelta(DeltaPlan plan, string id, MainSpec? target, string path, List<SpecFinding> found)
    {
        var findings = new FileFindings(path, plan.Lines, found);
        new HeaderChecks(findings, plan.Lines, isDelta: true).Run();
        PlaceholderChecks.Check(plan.Lines, findings);
        foreach (var block in plan.Added.Concat(plan.Modified))
            RequirementChecks.Check(block, findings);
        new DeltaChecks(plan, target, id, findings).Run();
    }

    internal static string PathOf(string id) => $"openspec/specs/{id}/{SpecFiles.FileName}";

    private static List<SpecFinding> Ordered(List<SpecFinding> found)
    {
        // What we can say better about a line goes before a guess.
        var better = found.Where(static finding => finding.Rule is SpecRule.ScenarioLevel or SpecRule.HeaderNearMiss).Select(static finding => (finding.Path, finding.Line)).ToHashSet();
        found.RemoveAll(finding => finding.Rule is SpecRule.DeltaHeaderIgnored or SpecRule.RequirementUnlabelled && better.Contains((finding.Path, finding.Line)));
        var seen = new HashSet<(SpecRule, string, int)>();
        found.RemoveAll(finding => finding.Rule is SpecRule.TaskDuplicate or SpecRule.NotUtf8 && !seen.Add((finding.Rule, finding.Path, finding.Line)));
        return [.. found.OrderBy(static finding => finding.Path, StringComparer.Ordinal).ThenBy(static finding => finding.Line).ThenBy(static finding => finding.Level)];
    }

    internal ChangeFolder Folder(string name)
    {
        if (!_folders.TryGetValue(name, out var folder))
            _folders.Add(name, folder = new ChangeFolder($"{tree.ChangesPath}/{name}", read, tree.Keywords));
        return folder;
    }

    private static MarkdownLines? LinesOf(ChangeFolder folder, string path) =>
        path.EndsWith($"/{SpecFiles.FileName}", StringComparison.Ordinal) ? folder.Plan(path)?.Lines
        : path.EndsWith(".md", StringComparison.Ordinal) && folder.Text(path[(folder.Directory.Length + 1)..]).Text is { } text ? MarkdownLines.Of(text, keywords: folder.Keywords)
        : null;

    private void CheckFiles(string name, ChangeFolder folder, IReadOnlyList<ValidationIssue> issues, List<SpecFinding> found)
    {
        var (mayRetire, _) = folder.Metadata.Marker("retire_capabilities", _validation.Schemas);
        foreach (var (id, absolute) in folder.Deltas)
        {
            if (folder.Plan(absolute) is not { } plan)
                continue;
            var target = _validation.Main(id);
            var path = $"openspec/changes/{name}/specs/{id}/{SpecFiles.FileName}";
            CheckDelta(plan, id, target, path, found);
            var findings = new FileFindings(path, plan.Lines, found);
            ChangeFileChecks.CheckEncoding(plan.Lines.Text, absolute, findings);
            CheckCapability(plan, id, findings);
            var broken = issues.Any(issue => issue.Level == IssueLevel.Error && issue.Path == $"{id}/{SpecFiles.FileName}") || _validation.Failure(id) is not null;
            if (!broken && plan.Operations > 0)
                ArchiveRehearsal.Check(plan, id, name, target, mayRetire, findings);
        }

        new ChangeFileChecks(tree.Root, name, folder, _validation.Schemas, found).Run();
    }

    private void CheckCapability(DeltaPlan plan, string id, FileFindings findings)
    {
        if (plan.Added.Count == 0 || Specs.Contains(id))
            return;
        foreach (var other in Specs)
        {
            if (!IsNear(id, other))
                continue;
            findings.Add(
                SpecRule.CapabilityNearMiss, IssueLevel.Warning, 0, $"Capability '{id}' is new, and nearly called like '{other}'.", $"Move the file to specs/{other}/ if that is what was meant.");
            return;
        }
    }

    private static bool IsNear(string one, string other) =>
        Squeezed(one).Equals(Squeezed(other), StringComparison.OrdinalIgnoreCase)
        || (Math.Min(one.Length, other.Length) >= ShortestNearMiss && EditDistance.Between(one, other) == 1 && !DiffersInDigit(one, other));

    // api-v1 and api-v2 are meant to be two.
    private static bool DiffersInDigit(string one, string other) => one.Any(char.IsAsciiDigit) || other.Any(char.IsAsciiDigit);

    private static string Squeezed(string id) => id.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}
