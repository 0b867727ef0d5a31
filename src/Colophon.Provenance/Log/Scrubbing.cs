namespace Colophon.Provenance.Log;

/// <summary>Runs every free text of a draft through the scrubber: an entry is signed and lasts, so a secret in it could never be taken back.</summary>
internal static class Scrubbing
{
    internal static T Apply<T>(T draft, Func<string, string> scrub)
        where T : EntryDraft => draft with
        {
            Actor = draft.Actor with { Name = scrub(draft.Actor.Name), Session = Maybe(draft.Actor.Session, scrub), Branch = Maybe(draft.Actor.Branch, scrub) },
            Spec = draft.Spec is { } spec ? spec with { Task = Maybe(spec.Task, scrub), Description = Maybe(spec.Description, scrub) } : null,
            Model = draft.Model is { } model ? model with { Endpoint = Maybe(model.Endpoint, scrub), Reported = Maybe(model.Reported, scrub) } : null,
            Response = draft.Response is { } response ? response with { FinishReason = Maybe(response.FinishReason, scrub) } : null,
            Decision = draft.Decision is { } decision ? decision with { Reason = Maybe(decision.Reason, scrub) } : null,
            Approval = draft.Approval is { } approval ? approval with { Reason = Maybe(approval.Reason, scrub) } : null,
            Witnessed = Map(draft.Witnessed, scrub),
            Asserted = Map(draft.Asserted, scrub),
            Metadata = Map(draft.Metadata, scrub),
        };

    private static string? Maybe(string? text, Func<string, string> scrub) => text is null ? null : scrub(text);

    private static IReadOnlyDictionary<string, string> Map(IReadOnlyDictionary<string, string> map, Func<string, string> scrub) =>
        map.Count == 0 ? map : map.ToDictionary(static p => p.Key, p => scrub(p.Value), StringComparer.Ordinal);
}
