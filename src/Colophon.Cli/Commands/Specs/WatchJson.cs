using System.Text.Json;
using Colophon.Cli.Terminals;
using Colophon.Specs;
using Colophon.Specs.Watching;

namespace Colophon.Cli.Commands.Specs;

/// <summary>The lines of <c>colophon watch --json</c>.</summary>
internal static class WatchJson
{
    /// <summary>The first line: everything as it stands.</summary>
    public static void WriteStart(Utf8JsonWriter writer, LiveTree live, IReadOnlyDictionary<string, (string Text, Style Style)> approvals)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "started");
        writer.WriteString("root", live.Root);
        writer.WriteString("polling", live.PollingBecause);
        writer.WriteStartArray("changes");
        foreach (var change in live.Changes)
            Write(writer, change);
        writer.WriteEndArray();
        writer.WriteStartArray("specs");
        foreach (var item in live.Report.Items.Where(static item => item.Kind == ItemKind.Spec))
        {
            writer.WriteStartObject();
            writer.WriteString("id", item.Id);
            writer.WriteBoolean("valid", item.Valid);
            writer.WriteNumber("errors", item.Issues.Count(static issue => issue.Level == IssueLevel.Error));
            writer.WriteNumber("warnings", item.Issues.Count(static issue => issue.Level == IssueLevel.Warning));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("problems");
        foreach (var item in live.Report.Items.Where(static item => item.Issues.Count > 0))
        {
            writer.WriteStartObject();
            WriteItem(writer, item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("approvals");
        foreach (var (name, (text, _)) in approvals.OrderBy(static known => known.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString("approvals", text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Approvals that are not what they were.</summary>
    public static void WriteApprovals(Utf8JsonWriter writer, string change, string approvals)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "approvalsChanged");
        writer.WriteString("name", change);
        writer.WriteString("approvals", approvals);
        writer.WriteEndObject();
    }

    /// <summary>One event.</summary>
    public static void Write(Utf8JsonWriter writer, TreeEvent happened)
    {
        writer.WriteStartObject();
        writer.WriteString("type", JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name));
        switch (happened)
        {
            case TreeEvent.ChangeAdded { Change: var change }:
                writer.WritePropertyName("change");
                Write(writer, change);
                break;
            case TreeEvent.ChangeRemoved { Name: var name }:
                writer.WriteString("name", name);
                break;
            case TreeEvent.ChangeArchived { Name: var name, ArchivedAs: var folder }:
                writer.WriteString("name", name);
                writer.WriteString("archivedAs", folder);
                break;
            case TreeEvent.ChangeStateChanged { Name: var name, Before: var before, After: var after }:
                writer.WriteString("name", name);
                writer.WriteString("before", StateText.Id(before));
                writer.WriteString("after", StateText.Id(after));
                break;
            case TreeEvent.TaskTicked { Change: var change, Task: var task }:
                WriteTask(writer, change, task);
                break;
            case TreeEvent.TaskReopened { Change: var change, Task: var task }:
                WriteTask(writer, change, task);
                break;
            case TreeEvent.TasksChanged { Change: var change, Before: var before }:
                writer.WritePropertyName("change");
                Write(writer, change);
                writer.WriteNumber("before", before);
                break;
            case TreeEvent.SpecAdded { Id: var id }:
                writer.WriteString("id", id);
                break;
            case TreeEvent.SpecChanged { Id: var id }:
                writer.WriteString("id", id);
                break;
            case TreeEvent.SpecRemoved { Id: var id }:
                writer.WriteString("id", id);
                break;
            case TreeEvent.ProblemsChanged { Item: var item, Appeared: var appeared, Solved: var solved }:
                WriteItem(writer, item);
                WriteIssues(writer, "appeared", appeared);
                WriteIssues(writer, "solved", solved);
                break;
            case TreeEvent.Rescanned { Reason: var reason }:
                writer.WriteString("reason", reason);
                break;
            case TreeEvent.Unreadable { Message: var message }:
                writer.WriteString("message", message);
                break;
            default:
                break;
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ChangeSummary change)
    {
        writer.WriteStartObject();
        writer.WriteString("name", change.Name);
        writer.WriteString("state", StateText.Id(change.State));
        writer.WriteNumber("completedTasks", change.CompletedTasks);
        writer.WriteNumber("totalTasks", change.TotalTasks);
        writer.WriteNumber("percentage", change.Percentage);
        writer.WriteBoolean("valid", change.Valid);
        writer.WriteNumber("errors", change.Errors);
        writer.WriteNumber("warnings", change.Warnings);
        writer.WriteEndObject();
    }

    private static void WriteTask(Utf8JsonWriter writer, string change, TaskItem task)
    {
        writer.WriteString("name", change);
        writer.WriteStartObject("task");
        writer.WriteString("id", task.Id);
        writer.WriteString("description", task.Description);
        writer.WriteString("group", task.Group);
        writer.WriteNumber("line", task.Line);
        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer, ValidationItem item)
    {
        writer.WriteString("kind", item.Kind == ItemKind.Change ? "change" : "spec");
        writer.WriteString("id", item.Id);
        writer.WriteBoolean("valid", item.Valid);
        WriteIssues(writer, "issues", item.Issues);
    }

    private static void WriteIssues(Utf8JsonWriter writer, string name, IReadOnlyList<ValidationIssue> issues)
    {
        writer.WriteStartArray(name);
        foreach (var issue in issues)
        {
            writer.WriteStartObject();
            writer.WriteString("code", issue.Code);
            writer.WriteString("level", issue.Level.ToString().ToLowerInvariant());
            writer.WriteString("path", issue.Path);
            if (issue.Line is { } line)
                writer.WriteNumber("line", line);
            writer.WriteString("message", issue.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
