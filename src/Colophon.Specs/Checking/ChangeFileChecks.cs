using System.Text.Unicode;
using Colophon.Kernel.Words;
using Colophon.Specs.Layout;
using Colophon.Specs.Parsing;
using Colophon.Specs.Schemas;
using Colophon.Specs.Validating;

namespace Colophon.Specs.Checking;

/// <summary>A change's files beside its deltas: workflow, documents, tasks.</summary>
internal sealed class ChangeFileChecks(string root, string change, ChangeFolder folder, SchemaLibrary schemas, List<SpecFinding> found)
{
    private readonly string _path = $"openspec/changes/{change}";

    internal void Run()
    {
        CheckSchema(folder.Metadata);
        var (_, schema) = schemas.For(folder.Metadata);
        var documents = new SortedSet<string>(StringComparer.Ordinal) { "proposal.md", "design.md", "tasks.md" };
        foreach (var artifact in schema?.Artifacts ?? [])
            documents.UnionWith(OutputPattern.Find(folder.Directory, artifact.Generates));
        var tracked = TaskFiles.Tracked(folder.Directory, schema);
        foreach (var document in documents)
        {
            if (folder.Text(document).Text is not { } text)
                continue;
            var findings = new FileFindings($"{_path}/{document}", null, found);
            CheckEncoding(text, $"{folder.Directory}/{document}", findings);
            CheckPlaceholders(text, $"{_path}/{document}");
            if (Js.IsBlank(text))
            {
                findings.Add(
                    SpecRule.ArtifactEmpty, IssueLevel.Warning, 1, "This file is empty and counts as done: OpenSpec looks only whether it is there.", "Write it, or delete the file.");
            }

            if (tracked.Count > 0 ? tracked.Contains(document) : document == "tasks.md")
                CheckTasks(text, $"{_path}/{document}");
        }
    }

    /// <summary>A warning where a file holds bytes that archive would replace for good.</summary>
    internal static void CheckEncoding(string text, string absolute, FileFindings findings)
    {
        // The replacement character may also be meant.
        if (text.Contains('\uFFFD') && File.Exists(absolute) && !Utf8.IsValid(File.ReadAllBytes(absolute)))
            findings.Add(SpecRule.NotUtf8, IssueLevel.Warning, 1, "This file holds bytes that are not UTF-8; they are read as U+FFFD, and archive would write that.", "Save it as UTF-8.");
    }

    private void CheckPlaceholders(string text, string path)
    {
        if (!text.Contains("<!-- ", StringComparison.Ordinal))
            return;
        var lines = MarkdownLines.Of(text);
        PlaceholderChecks.Check(lines, new FileFindings(path, lines, found));
    }

    private void CheckSchema(ChangeMetadata metadata)
    {
        if (metadata.Exists)
        {
            var (line, text) = (0, folder.Text(ChangeMetadata.FileName).Text ?? "");
            var lines = MarkdownLines.Of(text);
            for (var i = 0; i < lines.Count && line == 0; i++)
                line = lines[i].StartsWith("schema:") ? i + 1 : 0;
            var findings = new FileFindings($"{_path}/{ChangeMetadata.FileName}", lines, found);
            if (!metadata.Valid)
                findings.Add(SpecRule.SchemaUnknown, IssueLevel.Warning, line, "This file is no valid metadata of a change, so nothing it says counts.", "It needs `schema: <name>`; `colophon explain COL1121` shows one.");
            else if (metadata.Schema is { } name && schemas.WhyUnusable(name) is { } reason)
                Report(findings, line, name, reason);
            return;
        }

        var (configured, schema) = schemas.For(metadata);
        if (schema is null && configured.Length > 0)
        {
            var file = File.Exists($"{root}/openspec/config.yaml") ? "openspec/config.yaml" : "openspec/config.yml";
            Report(new FileFindings(file, null, found), 0, configured, $"change {change} uses it");
        }
    }

    private void Report(FileFindings findings, int line, string name, string reason) => findings.Add(
        SpecRule.SchemaUnknown,
        IssueLevel.Warning,
        line,
        $"The workflow schema '{name}' cannot be used ({reason}): status and instructions fail.",
        EditDistance.Closest(name, schemas.Names) is { } near ? $"Did you mean '{near}'?" : $"Known: {string.Join(", ", schemas.Names)}.");

    private void CheckTasks(string text, string path)
    {
        // Readers of tasks know line feeds only; with a lone CR the two counts of lines differ.
        var lines = MarkdownLines.Of(text);
        if (lines.Count != text.AsSpan().Count('\n') + 1)
            return;
        var findings = new FileFindings(path, lines, found);
        var comments = CommentMask.Of(lines);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (!TaskLine.TryRead(line, out var task))
                continue;
            if (lines.IsFenced(i) || comments?[i] == true)
            {
                findings.Add(
                    SpecRule.TaskHidden, IssueLevel.Warning, i + 1, $"This box stands in {(lines.IsFenced(i) ? "a fence" : "a comment")} and counts as a task.", "Write it without a box, or take it out.");
            }

            if (task.Mark < 0)
                ReportBox(line, i, findings);
            var description = task.Description(line);
            var length = TaskLine.NumberLength(description);
            if (length > 0 && !numbers.TryAdd(description[..length].ToString(), i + 1))
            {
                var number = description[..length].ToString();
                findings.Add(
                    SpecRule.TaskDuplicate, IssueLevel.Warning, i + 1, $"Task number {number} stands on line {numbers[number]} already; neither can be ticked by it.", "Renumber one of the two.",
                    related: [new RelatedPlace(path, numbers[number], "the first one")]);
            }
        }
    }

    private static void ReportBox(ReadOnlySpan<char> line, int index, FileFindings findings)
    {
        var box = line.IndexOf("[]", StringComparison.Ordinal);
        var mended = box < 0 ? "" : $"{line[..box]}[ ]{line[(box + 2)..]}";
        var certain = box >= 0 && TaskLine.TryRead(mended, out var task) && task.Mark >= 0;
        findings.Add(
            SpecRule.TaskUntickable,
            IssueLevel.Warning,
            index + 1,
            "This box has no room for a mark, so the task cannot be ticked.",
            "Write it as `[ ]` with a space behind.",
            certain ? new SpecFix("write the box as [ ]", [new TextEdit(index + 1, box + 1, 2, "[ ]")]) : null);
    }
}
