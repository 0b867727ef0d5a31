using System.Text.Json;
using Colophon.Agent.Conversations;
using Colophon.Agent.Events;
using Colophon.Generation.Apply;
using Colophon.Generation.Review;
using Colophon.Models.Errors;
using Colophon.Security.Redaction;

namespace Colophon.Engine;

/// <summary>Turns what the floors below tell into the engine's own events.</summary>
internal sealed class EventTranslation(TimeProvider time, ScanOptions secrets)
{
    private const int LongestSummary = 120;

    private static readonly string[] s_telling = ["path", "command", "file", "query"];

    private readonly StreamedText _reply = new(secrets);
    private readonly Dictionary<string, long> _started = new(StringComparer.Ordinal);
    private long _tokensIn;
    private long _tokensOut;
    private long _tokensCached;
    private long _cost;
    private bool _priced = true;

    /// <summary>The engine's events; none for what is of no interest to a host.</summary>
    public IEnumerable<EngineEvent> Of(ApplyEvent happened)
    {
        if (happened is ApplyEvent.Agent { Event: AgentEvent.Appended { Item: ConversationItem.Assistant } } && _reply.End() is { Length: > 0 } rest)
            yield return new EngineEvent.TextDelta(rest);
        if (One(happened) is { } told)
            yield return told;
    }

    private EngineEvent? One(ApplyEvent happened) => happened switch
    {
        ApplyEvent.Notice e => new EngineEvent.Notice(Redactor.Scrub(e.Message, secrets), e.Hint),
        ApplyEvent.Started e => new EngineEvent.ApplyStarted(e.Change, e.Session, e.Model, e.OpenTasks, e.TotalTasks, e.Resumed),
        ApplyEvent.TaskStarted e => new EngineEvent.TaskStarted(Clean(e.Task), e.Index, e.Count, e.Attempt),
        ApplyEvent.ContextChosen e => new EngineEvent.ContextChosen(
            [.. e.Selection.Files.Select(static f => new ContextChoice(f.Path, f.Reason, f.Score, f.Tokens, f.Taken))], e.Selection.Tokens, e.Selection.Budget),
        ApplyEvent.ProposalReady e => new EngineEvent.ProposalReady(e.Proposal with { Task = Clean(e.Proposal.Task), Summary = Redactor.Scrub(e.Proposal.Summary, secrets) }),
        ApplyEvent.Accepted e => new EngineEvent.TaskAccepted(Clean(e.Task), e.Files, e.Entry),
        ApplyEvent.Rejected e => new EngineEvent.TaskRejected(Clean(e.Task), Redactor.Scrub(e.Reason, secrets), e.Entry, e.TriesAgain),
        ApplyEvent.Agent e => Of(e.Event),
        _ => null,
    };

    /// <summary>A call of the model that is made again after a wait.</summary>
    public static EngineEvent Of(ModelException failure, TimeSpan wait) => new EngineEvent.ModelWaiting(
        failure.Error switch
        {
            ModelError.RateLimited => "rate limited",
            ModelError.Overloaded => "the provider is overloaded",
            _ => Redactor.Scrub(failure.Message.TrimEnd('.')),
        },
        wait);

    private ProposedTask Clean(ProposedTask task) => task with { Description = Redactor.Scrub(task.Description, secrets), Group = task.Group is { } group ? Redactor.Scrub(group, secrets) : null };

    private EngineEvent? Of(AgentEvent happened)
    {
        switch (happened)
        {
            case AgentEvent.TurnStarted e:
                return new EngineEvent.TurnStarted(e.Turn);
            case AgentEvent.TextDelta e:
                return _reply.Add(e.Text) is { Length: > 0 } text ? new EngineEvent.TextDelta(text) : null;
            case AgentEvent.ReplyRetried e:
                _reply.End();
                return new EngineEvent.Notice(Redactor.Scrub($"The reply broke off and is asked for again: {e.Reason}", secrets));
            case AgentEvent.ToolStarted e:
                _started[e.Call.Id] = time.GetTimestamp();
                return new EngineEvent.ToolStarted(e.Call.Id, e.Call.Name, Redactor.Scrub(Summary(e.Call.Arguments), secrets));
            case AgentEvent.ToolFinished e:
                var duration = _started.Remove(e.Call.Id, out var start) ? time.GetElapsedTime(start) : TimeSpan.Zero;
                return new EngineEvent.ToolFinished(e.Call.Id, e.Call.Name, !e.Result.IsError, duration);
            case AgentEvent.Appended { Item: ConversationItem.Assistant reply }:
                _tokensIn += reply.Facts.InputTokens ?? 0;
                _tokensOut += reply.Facts.OutputTokens ?? 0;
                _tokensCached += reply.Facts.CachedTokens ?? 0;
                _cost += reply.Facts.CostMicros ?? 0;
                _priced &= reply.Facts.CostMicros is not null;
                return new EngineEvent.UsageChanged(_tokensIn, _tokensOut, _tokensCached, _cost, _priced);
            default:
                return null;
        }
    }

    private static string Summary(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return "";
            string? Value(string name) => document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            // What is looked for says more than where.
            var telling = Value("pattern") is { } pattern
                ? pattern + (Value("path") is { Length: > 0 } place and not "." ? $" in {place}" : "") + (Value("glob") is { Length: > 0 } glob ? $" ({glob})" : "")
                : s_telling.Select(Value).FirstOrDefault(static v => v is not null);
            var line = (telling ?? "").Split('\n')[0];
            return line.Length <= LongestSummary ? line : string.Concat(line.AsSpan(0, LongestSummary), "…");
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
