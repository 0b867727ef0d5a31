using Colophon.Specs.Layout;

namespace Colophon.Specs.Checking.Fixing;

/// <summary>Finds the fixes that hold: round after round, until no more of them helps.</summary>
internal sealed class FixPlan(SpecTree tree, CheckOptions options)
{
    private const string SpecsPrefix = "openspec/specs/";
    private const string ChangesPrefix = "openspec/changes/";

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SpecFinding>> _mended = new(StringComparer.Ordinal);

    private readonly record struct Score(int Errors, int Warnings, int All)
    {
        internal bool IsBetterThan(Score other) => Errors <= other.Errors && Errors + Warnings <= other.Errors + other.Warnings && All < other.All;
    }

    internal IReadOnlyList<FileFix> Run()
    {
        // Every round takes at least one finding away, so there is an end.
        for (var (again, round) = (true, Check()); again; round = Check())
        {
            again = false;
            foreach (var group in round.Where(static finding => finding.Fix is not null).GroupBy(static finding => finding.Path, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
                again |= Mend(group.Key, [.. group]);
        }

        return [.. _mended.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(pair => new FileFix(pair.Key, FileText.Read($"{tree.Root}/{pair.Key}").Text ?? "", _texts[pair.Key], pair.Value))];
    }

    private List<SpecFinding> Check()
    {
        var run = new CheckRun(tree, Read);
        return [.. (options.Changes ?? tree.Changes).SelectMany(run.Change), .. (options.Specs ?? tree.Specs).SelectMany(run.Spec)];
    }

    private bool Mend(string path, List<SpecFinding> findings)
    {
        if (Read($"{tree.Root}/{path}").Text is not { } text || !SourceText.IsEditable(text))
            return false;
        var before = Measure(path);
        if (Try(path, text, findings, before))
            return true;
        // Not all together: those that help by themselves. The next round sees the new text.
        return findings.Count > 1 && findings.Exists(finding => Try(path, text, [finding], before));
    }

    private bool Try(string path, string text, List<SpecFinding> findings, Score before)
    {
        if (SourceText.Apply(text, [.. findings.SelectMany(static finding => finding.Fix?.Edits ?? [])]) is not { } mended || mended == text)
            return false;
        _texts[path] = mended;
        if (!Measure(path).IsBetterThan(before))
        {
            if (_mended.ContainsKey(path))
                _texts[path] = text;
            else
                _texts.Remove(path);
            return false;
        }

        if (!_mended.TryGetValue(path, out var list))
            _mended.Add(path, list = []);
        list.AddRange(findings);
        return true;
    }

    /// <summary>What is found in the items that a file has a part in.</summary>
    private Score Measure(string path)
    {
        var run = new CheckRun(tree, Read);
        var found = new List<SpecFinding>();
        if (path.StartsWith(ChangesPrefix, StringComparison.Ordinal))
        {
            found.AddRange(run.Change(path[ChangesPrefix.Length..path.IndexOf('/', ChangesPrefix.Length)]));
        }
        else
        {
            var id = path[SpecsPrefix.Length..^(SpecFiles.FileName.Length + 1)];
            found.AddRange(run.Spec(id));
            foreach (var change in tree.Changes)
            {
                if (File.Exists($"{tree.ChangesPath}/{change}/specs/{id}/{SpecFiles.FileName}"))
                    found.AddRange(run.Change(change));
            }
        }

        return new Score(found.Count(static f => f.Level == IssueLevel.Error), found.Count(static f => f.Level == IssueLevel.Warning), found.Count);
    }

    private FileText Read(string absolute) =>
        absolute.Length > tree.Root.Length && _texts.TryGetValue(absolute[(tree.Root.Length + 1)..], out var text) ? new FileText(text, false, null, false) : FileText.Read(absolute);
}
