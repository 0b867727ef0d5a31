using System.Text;
using Colophon.Agent.Conversations;
using Colophon.Generation.Context;
using Colophon.Generation.Review;
using Colophon.Generation.Scratch;
using Colophon.Provenance.Log;
using Colophon.Specs;
using Proposal = Colophon.Generation.Review.Proposal;

namespace Colophon.Generation.Records;

/// <summary>What one try of one task is about, for the entries it leaves.</summary>
internal sealed record TryFacts
{
    public required Change Change { get; init; }

    public required TaskItem Task { get; init; }

    public required int Attempt { get; init; }

    public required Actor Actor { get; init; }

    public required string Model { get; init; }

    public required string SandboxDescription { get; init; }

    /// <summary>The first request of the task, with its instructions.</summary>
    public required string Prompt { get; init; }

    public required ContextSelection Context { get; init; }

    /// <summary>The records of this try only.</summary>
    public required IReadOnlyList<ConversationItem> Items { get; init; }

    public IReadOnlyList<ConversationItem.Assistant> Replies => [.. Items.OfType<ConversationItem.Assistant>()];
}

/// <summary>Writes the drafts of entries with every field the format has.</summary>
internal static class EntryDrafts
{
    /// <summary>A finished generation: what the model proposes, accepted or not.</summary>
    internal static EntryDraft Generation(string id, TryFacts facts, IReadOnlyList<FileEdit> edits, Func<byte[], Commitment?> commit)
    {
        var spec = Spec(facts);
        var replies = facts.Replies;
        var response = ConversationLines(facts.Items.Where(static i => i is ConversationItem.Assistant));
        return new EntryDraft
        {
            Kind = EntryKind.Generation,
            Id = id,
            Change = facts.Change.Name,
            Actor = facts.Actor,
            DurationMs = (long)replies.Sum(static r => r.Facts.Duration.TotalMilliseconds),
            Spec = spec,
            Model = ModelRecords.Of(replies, facts.Model),
            Prompt = new PromptRecord
            {
                Content = commit(Encoding.UTF8.GetBytes(facts.Prompt)),
                Context = [.. facts.Context.Taken.Select(static f => new ContextFile(f.Path, f.Sha256, f.Content.Length))],
            },
            Response = new ResponseRecord { Content = commit(response), Turns = replies.Count, FinishReason = replies.Count > 0 ? replies[^1].Finish : null },
            Files = Files(edits, null, spec, commit),
            Witnessed = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["attempt"] = Number(facts.Attempt),
                ["sandbox"] = facts.SandboxDescription,
                ["toolCalls"] = Number(facts.Items.OfType<ConversationItem.ToolResults>().Sum(static r => r.Answers.Count)),
                ["toolFailures"] = Number(facts.Items.OfType<ConversationItem.ToolResults>().Sum(static r => r.Answers.Count(static a => a.IsError))),
            },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["promptTokensEstimate"] = Number(Text.TokenEstimate.Of(facts.Prompt)) },
        };
    }

    /// <summary>An acceptance: what is really written.</summary>
    /// <param name="id">The entry's id.</param>
    /// <param name="facts">The try.</param>
    /// <param name="generation">The leaf of the generation.</param>
    /// <param name="acceptance">What is written.</param>
    /// <param name="proposal">What was proposed.</param>
    /// <param name="byPolicy">Whether a policy decided for the person.</param>
    /// <param name="commit">Commits to content kept outside the entry.</param>
    internal static EntryDraft Accepted(string id, TryFacts facts, string generation, Acceptance acceptance, Proposal proposal, bool byPolicy, Func<byte[], Commitment?> commit)
    {
        var spec = Spec(facts);
        var proposed = proposal.Files.Where(f => acceptance.Edited.Contains(f.Path)).ToDictionary(static f => f.Path, static f => f.Edit.After?.Content ?? [], StringComparer.Ordinal);
        return Decision(id, facts, new Decision { Target = generation, Accepted = true, Mode = acceptance.Mode }, byPolicy) with
        {
            Spec = spec,
            Files = Files(acceptance.Edits, proposed, spec, commit),
        };
    }

    /// <summary>A rejection.</summary>
    internal static EntryDraft Rejected(string id, TryFacts facts, string generation, string reason, bool byPolicy) =>
        Decision(id, facts, new Decision { Target = generation, Accepted = false, Reason = reason }, byPolicy) with { Spec = Spec(facts) };

    private static EntryDraft Decision(string id, TryFacts facts, Decision decision, bool byPolicy) => new()
    {
        Kind = EntryKind.Decision,
        Id = id,
        Change = facts.Change.Name,
        Actor = facts.Actor,
        Decision = decision,
        Witnessed = new Dictionary<string, string>(StringComparer.Ordinal) { ["reviewer"] = byPolicy ? "policy" : "person", ["attempt"] = Number(facts.Attempt) },
    };

    private static SpecReference Spec(TryFacts facts) => new()
    {
        Task = facts.Task.Id,
        Description = facts.Task.Description,
        Requirements = TaskRequirements.Of(facts.Change, facts.Task),
    };

    private static List<FileChange> Files(IReadOnlyList<FileEdit> edits, Dictionary<string, byte[]>? proposed, SpecReference spec, Func<byte[], Commitment?> commit)
    {
        List<string> requirements = [.. spec.Requirements.Select(static r => r.Id)];
        return [.. edits.Select(e => FileRecords.Of(e, proposed?.GetValueOrDefault(e.Path.Value), requirements) with { Diff = commit(Encoding.UTF8.GetBytes(ProposalText.Of(e).Diff)) })];
    }

    private static byte[] ConversationLines(IEnumerable<ConversationItem> items)
    {
        using var lines = new MemoryStream();
        foreach (var item in items)
            lines.Write(ConversationJson.Line(item));
        return lines.ToArray();
    }

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
