using System.Buffers;
using System.Text.Json;
using Colophon.Kernel.Json;

namespace Colophon.Provenance.Log;

/// <summary>Writes a predicate as the canonical one-line in-toto Statement that is signed.</summary>
internal static class PayloadWriter
{
    /// <summary>The payload of a predicate.</summary>
    /// <exception cref="ProvenanceException"><see cref="ProvenanceError.DraftInvalid"/>: the result would not read back.</exception>
    internal static byte[] Write(Predicate predicate)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The writer puts U+FFFD for a lone surrogate: what a model sent may hold one, and that is no reason to lose the entry.
        using (var json = new Utf8JsonWriter(buffer))
            Statement(json, predicate);

        using var strict = StrictJson.Parse(buffer.WrittenMemory, StrictJsonOptions.ForSigning);
        if (strict.Document is null)
            throw Invalid(strict.Diagnostic?.Message ?? "");
        var payload = CanonicalJson.ToBytes(strict.Document.RootElement);
        return PayloadReader.Read(payload).Fault is { } fault ? throw Invalid(fault) : payload;
    }

    private static ProvenanceException Invalid(string why) =>
        new(ProvenanceError.DraftInvalid, $"The audit entry cannot be written: {why}");

    private static void Statement(Utf8JsonWriter json, Predicate p)
    {
        json.WriteStartObject();
        json.WriteString("_type", EntryFormat.StatementType);
        json.WriteString("predicateType", EntryFormat.PredicateType);
        json.Array("subject", Subject.Of(p), static (j, s) =>
        {
            j.WriteString("name", s.Name);
            j.WriteStartObject("digest");
            j.WriteString("sha256", s.Sha256);
            j.Text("gitBlob", s.GitBlob);
            j.WriteEndObject();
        });
        json.WriteStartObject("predicate");
        Predicate(json, p);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Predicate(Utf8JsonWriter json, Predicate p)
    {
        json.WriteString("kind", EnumNames<EntryKind>.Of(p.Kind));
        json.WriteString("id", p.Id);
        json.WriteString("repo", p.Repo);
        json.WriteString("change", p.Change);
        json.WriteString("stream", p.Stream);
        json.WriteNumber("seq", p.Seq);
        json.Text("prev", p.Prev);
        json.Object("continues", p.Continues, Reference);
        json.Array("seen", p.Seen, Reference);
        json.WriteString("recordedAt", EntryFormat.Time(p.RecordedAt));
        json.WriteNumber("durationMs", p.DurationMs);
        json.Object("actor", p.Actor, static (j, a) =>
        {
            j.WriteString("name", a.Name);
            j.WriteString("keyid", a.KeyId);
            j.Text("session", a.Session);
            j.Text("branch", a.Branch);
            j.Text("commit", a.Commit);
        });
        json.Object("spec", p.Spec, Spec);
        json.Object("model", p.Model, Model);
        json.Object("prompt", p.Prompt, static (j, prompt) =>
        {
            j.Object("content", prompt.Content, Commitment);
            j.Array("context", prompt.Context, static (k, file) =>
            {
                k.WriteString("path", file.Path);
                k.WriteString("sha256", file.Sha256);
                k.WriteNumber("bytes", file.Bytes);
            });
        });
        json.Object("response", p.Response, static (j, response) =>
        {
            j.Object("content", response.Content, Commitment);
            j.WriteNumber("turns", response.Turns);
            j.Text("finishReason", response.FinishReason);
        });
        json.Array("files", p.Files, File);
        json.Object("decision", p.Decision, static (j, d) =>
        {
            j.WriteString("target", d.Target);
            j.WriteBoolean("accepted", d.Accepted);
            j.Text("reason", d.Reason);
            j.WriteString("mode", EnumNames<DecisionMode>.Of(d.Mode));
        });
        json.Object("approval", p.Approval, static (j, a) =>
        {
            j.WriteString("verdict", EnumNames<ApprovalVerdict>.Of(a.Verdict));
            j.Text("reason", a.Reason);
            j.WriteString("text", a.Text);
            j.Array("files", a.Files, static (k, file) =>
            {
                k.WriteString("path", file.Path);
                k.WriteString("sha256", file.Sha256);
                if (file.Tasks)
                    k.WriteBoolean("tasks", true);
            });
        });
        json.Map("witnessed", p.Witnessed);
        json.Map("asserted", p.Asserted);
        json.Map("metadata", p.Metadata);
    }

    private static void Spec(Utf8JsonWriter json, SpecReference spec)
    {
        json.Text("task", spec.Task);
        json.Text("description", spec.Description);
        json.Array("requirements", spec.Requirements, static (j, r) =>
        {
            j.WriteString("id", r.Id);
            j.WriteString("hash", r.Hash);
        });
    }

    private static void Model(Utf8JsonWriter json, ModelUse model)
    {
        json.WriteString("provider", model.Provider);
        json.WriteString("requested", model.Requested);
        json.Text("reported", model.Reported);
        json.Text("endpoint", model.Endpoint);
        json.Number("temperatureMilli", model.TemperatureMilli);
        json.Number("maxTokens", model.MaxTokens);
        json.WriteNumber("tokensIn", model.TokensIn);
        json.WriteNumber("tokensOut", model.TokensOut);
        json.WriteNumber("tokensCached", model.TokensCached);
        json.WriteNumber("costMicros", model.CostMicros);
        json.WriteNumber("chunks", model.Chunks);
        json.Texts("fallbacks", model.Fallbacks);
    }

    private static void File(Utf8JsonWriter json, FileChange file)
    {
        json.WriteString("path", file.Path);
        json.WriteString("action", EnumNames<FileAction>.Of(file.Action));
        json.Text("renamedFrom", file.RenamedFrom);
        json.Text("mode", file.Mode);
        json.Object("before", file.Before, Digest);
        json.Object("after", file.After, Digest);
        json.Array("hunks", file.Hunks, static (j, h) =>
        {
            j.WriteNumber("oldStart", h.OldStart);
            j.WriteNumber("oldLines", h.OldLines);
            j.WriteNumber("newStart", h.NewStart);
            j.WriteNumber("newLines", h.NewLines);
            j.WriteString("by", EnumNames<HunkAuthor>.Of(h.By));
            j.WriteString("lines", h.Lines);
        });
        json.Texts("requirements", file.Requirements);
        json.Object("diff", file.Diff, Commitment);
    }

    private static void Digest(Utf8JsonWriter json, FileDigest digest)
    {
        json.WriteString("sha256", digest.Sha256);
        json.WriteString("gitBlob", digest.GitBlob);
        json.WriteNumber("lines", digest.Lines);
        json.WriteNumber("bytes", digest.Bytes);
        json.WriteString("eol", digest.Eol);
    }

    private static void Commitment(Utf8JsonWriter json, Commitment commitment)
    {
        json.WriteString("hash", commitment.Hash);
        json.WriteNumber("bytes", commitment.Bytes);
    }

    private static void Reference(Utf8JsonWriter json, EntryReference entry)
    {
        json.WriteString("change", entry.Change);
        json.WriteString("stream", entry.Stream);
        json.WriteNumber("seq", entry.Seq);
        json.WriteString("leaf", entry.Leaf);
    }
}
