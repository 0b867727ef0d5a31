using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Engine;
using Colophon.Generation.Review;

namespace Colophon.Cli.Commands.Apply;

/// <summary>Writes an event as one JSON object, its kind in <c>type</c>. The shapes are in docs/cli.md.</summary>
internal static class EventJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter writer, EngineEvent happened)
    {
        writer.WriteStartObject();
        switch (happened)
        {
            case EngineEvent.Notice notice:
                writer.WriteString("type", "notice");
                writer.WriteString("message", notice.Message);
                writer.WriteString("hint", notice.Hint);
                break;
            case EngineEvent.ApplyStarted started:
                writer.WriteString("type", "applyStarted");
                writer.WriteString("change", started.Change);
                writer.WriteString("session", started.Session);
                writer.WriteString("model", started.Model);
                writer.WriteNumber("openTasks", started.OpenTasks);
                writer.WriteNumber("totalTasks", started.TotalTasks);
                writer.WriteBoolean("resumed", started.Resumed);
                break;
            case EngineEvent.TaskStarted started:
                writer.WriteString("type", "taskStarted");
                WriteTask(writer, started.Task);
                writer.WriteNumber("index", started.Index);
                writer.WriteNumber("count", started.Count);
                writer.WriteNumber("attempt", started.Attempt);
                break;
            case EngineEvent.ContextChosen context:
                WriteContext(writer, context);
                break;
            case EngineEvent.TurnStarted turn:
                writer.WriteString("type", "turnStarted");
                writer.WriteNumber("number", turn.Number);
                break;
            case EngineEvent.TextDelta text:
                writer.WriteString("type", "textDelta");
                writer.WriteString("text", text.Text);
                break;
            case EngineEvent.ToolStarted tool:
                writer.WriteString("type", "toolStarted");
                writer.WriteString("call", tool.Call);
                writer.WriteString("tool", tool.Tool);
                writer.WriteString("summary", tool.Summary);
                break;
            case EngineEvent.ToolFinished tool:
                writer.WriteString("type", "toolFinished");
                writer.WriteString("call", tool.Call);
                writer.WriteString("tool", tool.Tool);
                writer.WriteBoolean("succeeded", tool.Succeeded);
                writer.WriteNumber("durationMs", (long)tool.Duration.TotalMilliseconds);
                break;
            case EngineEvent.UsageChanged usage:
                writer.WriteString("type", "usageChanged");
                writer.WriteNumber("tokensIn", usage.TokensIn);
                writer.WriteNumber("tokensOut", usage.TokensOut);
                writer.WriteNumber("tokensCached", usage.TokensCached);
                writer.WriteNumber("costMicros", usage.CostMicros);
                writer.WriteBoolean("priced", usage.IsPriced);
                break;
            case EngineEvent.ModelWaiting waiting:
                writer.WriteString("type", "modelWaiting");
                writer.WriteString("reason", waiting.Reason);
                writer.WriteNumber("waitMs", (long)waiting.Wait.TotalMilliseconds);
                break;
            case EngineEvent.ProposalReady ready:
                WriteProposal(writer, ready.Proposal);
                break;
            case EngineEvent.TaskAccepted accepted:
                writer.WriteString("type", "taskAccepted");
                WriteTask(writer, accepted.Task);
                JsonOutput.WriteStrings(writer, "files", accepted.Files);
                writer.WriteString("entry", accepted.Entry);
                break;
            case EngineEvent.TaskRejected rejected:
                writer.WriteString("type", "taskRejected");
                WriteTask(writer, rejected.Task);
                writer.WriteString("reason", rejected.Reason);
                writer.WriteString("entry", rejected.Entry);
                writer.WriteBoolean("triesAgain", rejected.TriesAgain);
                break;
            case EngineEvent.ApplyFinished finished:
                writer.WriteString("type", "applyFinished");
                writer.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(finished.Outcome.ToString()));
                JsonOutput.WriteStrings(writer, "accepted", finished.Accepted);
                writer.WriteNumber("openTasks", finished.OpenTasks);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteTask(Utf8JsonWriter writer, ProposedTask task)
    {
        writer.WriteStartObject("task");
        writer.WriteString("id", task.Id);
        writer.WriteString("description", task.Description);
        writer.WriteString("group", task.Group);
        writer.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter writer, EngineEvent.ContextChosen context)
    {
        writer.WriteString("type", "contextChosen");
        writer.WriteNumber("tokens", context.Tokens);
        writer.WriteNumber("budget", context.Budget);
        writer.WriteStartArray("files");
        foreach (var choice in context.Choices)
        {
            writer.WriteStartObject();
            writer.WriteString("path", choice.Path);
            writer.WriteString("reason", choice.Reason);
            writer.WriteNumber("score", choice.Score);
            writer.WriteNumber("tokens", choice.Tokens);
            writer.WriteBoolean("taken", choice.Taken);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteProposal(Utf8JsonWriter writer, Proposal proposal)
    {
        writer.WriteString("type", "proposalReady");
        WriteTask(writer, proposal.Task);
        writer.WriteNumber("attempt", proposal.Attempt);
        writer.WriteNumber("attempts", proposal.Attempts);
        writer.WriteString("model", proposal.Model);
        writer.WriteString("summary", proposal.Summary);
        writer.WriteStartArray("files");
        foreach (var file in proposal.Files)
        {
            writer.WriteStartObject();
            writer.WriteString("path", file.Path);
            writer.WriteString("action", JsonNamingPolicy.CamelCase.ConvertName(file.Action.ToString()));
            writer.WriteString("renamedFrom", file.RenamedFrom);
            writer.WriteNumber("added", file.Added);
            writer.WriteNumber("removed", file.Removed);
            writer.WriteString("diff", file.Diff);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        JsonOutput.WriteStrings(writer, "leftOut", proposal.LeftOut);
        writer.WriteStartArray("secrets");
        foreach (var secret in proposal.Secrets)
        {
            writer.WriteStartObject();
            writer.WriteString("path", secret.Path);
            writer.WriteNumber("line", secret.Line);
            writer.WriteString("kind", secret.Kind);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
