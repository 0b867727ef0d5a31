namespace Colophon.Provenance.Log;

/// <summary>A draft as bytes, for a journal that has to outlive the program: what is read back appends the very entry that was meant.</summary>
public static class DraftBytes
{
    private const string Nowhere = "00000000000000000000000000000000";

    /// <summary>Writes a draft.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.DraftInvalid"/>: it could not become an entry, so it is refused now.</exception>
    public static byte[] Write(EntryDraft draft) => PayloadWriter.Write(new Predicate
    {
        Kind = draft.Kind,
        Id = draft.Id,
        Change = draft.Change,
        Actor = draft.Actor with { KeyId = draft.Actor.KeyId.Length > 0 ? draft.Actor.KeyId : Nowhere + Nowhere },
        DurationMs = draft.DurationMs,
        Spec = draft.Spec,
        Model = draft.Model,
        Prompt = draft.Prompt,
        Response = draft.Response,
        Files = draft.Files,
        Decision = draft.Decision,
        Approval = draft.Approval,
        Witnessed = draft.Witnessed,
        Asserted = draft.Asserted,
        Metadata = draft.Metadata,
        // A draft has no place yet; the log gives it one.
        Repo = Nowhere,
        Stream = "draft",
        Seq = 1,
        RecordedAt = DateTimeOffset.UnixEpoch,
    });

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.DraftInvalid"/>: the bytes are something else.</exception>
    public static EntryDraft Read(ReadOnlyMemory<byte> bytes)
    {
        var result = PayloadReader.Read(bytes);
        return result.Predicate ?? throw new ProvenanceException(ProvenanceError.DraftInvalid, $"The kept draft of an entry is damaged: {result.Fault}");
    }
}
