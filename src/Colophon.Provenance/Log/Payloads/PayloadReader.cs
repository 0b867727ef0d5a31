using System.Text.Json;
using Colophon.Kernel.Json;

namespace Colophon.Provenance.Log;

/// <summary>What a payload says, or why it says nothing.</summary>
/// <param name="Predicate">The predicate, or null.</param>
/// <param name="Fault">The first fault, or null.</param>
/// <param name="IsCanonical">Whether the bytes are in the one form they are written in.</param>
internal sealed record PayloadResult(Predicate? Predicate, string? Fault, bool IsCanonical);

/// <summary>Reads a payload: strict JSON, then an in-toto Statement with our predicate. Never throws on content.</summary>
internal static class PayloadReader
{
    internal static PayloadResult Read(ReadOnlyMemory<byte> payload)
    {
        using var json = StrictJson.Parse(payload, StrictJsonOptions.ForSigning);
        if (json.Document is null)
            return new(null, json.Diagnostic?.Message, false);
        var faults = new Faults();
        var predicate = json.Document.RootElement.ValueKind == JsonValueKind.Object ? Statement(json.Document.RootElement, faults) : null;
        return faults.First is null && predicate is not null
            ? new(predicate, null, json.IsCanonical)
            : new(null, faults.First ?? "It is not a JSON object.", false);
    }

    private static Predicate? Statement(JsonElement root, Faults faults)
    {
        var statement = new Members(root, faults);
        if (statement.Text("_type") != EntryFormat.StatementType)
            statement.Fault("It is not an in-toto Statement v1.");
        if (statement.Text("predicateType") != EntryFormat.PredicateType)
            statement.Fault("Its predicate is of an unknown type.");
        var predicate = faults.First is null ? statement.Object("predicate", Predicate) : null;
        if (predicate is null)
            statement.Fault("It has no predicate.");
        else if (!Subject.Read(statement).SequenceEqual(Subject.Of(predicate)))
            statement.Fault("Its subject is not what its predicate says.");
        return predicate;
    }

    private static Predicate Predicate(Members m)
    {
        var predicate = new Predicate
        {
            Kind = m.Choice<EntryKind>("kind"),
            Id = m.Hex("id", EntryFormat.IdBytes),
            Repo = m.Hex("repo", EntryFormat.IdBytes),
            Change = m.Text("change"),
            Stream = m.Text("stream"),
            Seq = m.Number("seq"),
            Prev = m.OptionalHex("prev", MerkleHash.Length),
            Continues = m.Object("continues", Reference),
            Seen = m.List("seen", Reference),
            RecordedAt = m.Time("recordedAt"),
            DurationMs = m.Number("durationMs"),
            Actor = m.Object("actor", Actor) ?? NoActor(m),
            Spec = m.Object("spec", Spec),
            Model = m.Object("model", Model),
            Prompt = m.Object("prompt", static p => new PromptRecord { Content = p.Object("content", Commitment), Context = p.List("context", Context) }),
            Response = m.Object("response", static r => new ResponseRecord
            {
                Content = r.Object("content", Commitment), Turns = r.Number("turns"), FinishReason = r.OptionalText("finishReason"),
            }),
            Files = m.List("files", FileReader.Read),
            Decision = m.Object("decision", Decision),
            Approval = m.Object("approval", Approval),
            Witnessed = m.Map("witnessed"),
            Asserted = m.Map("asserted"),
            Metadata = m.Map("metadata"),
        };
        Check(predicate, m);
        return predicate;
    }

    private static void Check(Predicate p, Members m)
    {
        if (!EntryFormat.IsName(p.Change) || !EntryFormat.IsName(p.Stream))
            m.Fault("The name of its change or stream is not one.");
        if (p.Seq < 1 || (p.Seq == 1) != p.Prev is null || (p.Continues is not null && p.Seq != 1))
            m.Fault("Its place in the stream contradicts itself.");
        if ((p.Kind == EntryKind.Decision) != p.Decision is not null)
            m.Fault("A decision, and only a decision, says what was decided.");
        if ((p.Kind == EntryKind.Approval) != p.Approval is not null)
            m.Fault("An approval, and only an approval, says what was thought of a change.");
        if (p.Approval?.Fault() is { } fault)
            m.Fault(fault);
        if (WitnessRules.Fault(p) is { } unsaid)
            m.Fault(unsaid);
        if (FileReader.Twins(p.Files) is { } twin)
            m.Fault($"The path '{twin}' stands twice, perhaps by another case or Unicode form.");
    }

    private static Actor Actor(Members m) => new()
    {
        Name = m.Text("name"),
        KeyId = m.Hex("keyid", MerkleHash.Length),
        Session = m.OptionalText("session"),
        Branch = m.OptionalText("branch"),
        Commit = m.OptionalText("commit"),
    };

    private static SpecReference Spec(Members m) => new()
    {
        Task = m.OptionalText("task"),
        Description = m.OptionalText("description"),
        Requirements = m.List("requirements", static r => new RequirementReference(r.Text("id"), r.Hex("hash", MerkleHash.Length))),
    };

    private static ModelUse Model(Members m) => new()
    {
        Provider = m.Text("provider"),
        Requested = m.Text("requested"),
        Reported = m.OptionalText("reported"),
        Endpoint = m.OptionalText("endpoint"),
        TemperatureMilli = m.OptionalNumber("temperatureMilli"),
        MaxTokens = m.OptionalNumber("maxTokens"),
        TokensIn = m.Number("tokensIn"),
        TokensOut = m.Number("tokensOut"),
        TokensCached = m.Number("tokensCached"),
        CostMicros = m.Number("costMicros"),
        Chunks = m.Number("chunks"),
        Fallbacks = m.Texts("fallbacks"),
    };

    private static Decision Decision(Members m) => new()
    {
        Target = m.Hex("target", MerkleHash.Length),
        Accepted = m.Flag("accepted"),
        Reason = m.OptionalText("reason"),
        Mode = m.Choice<DecisionMode>("mode"),
    };

    private static Approval Approval(Members m) => new()
    {
        Verdict = m.Choice<ApprovalVerdict>("verdict"),
        Reason = m.OptionalText("reason"),
        Text = m.Hex("text", MerkleHash.Length),
        Files = m.List("files", static f => new ApprovedFile(f.Text("path"), f.Hex("sha256", MerkleHash.Length), f.OptionalFlag("tasks"))),
    };

    internal static Commitment Commitment(Members m) => new(m.Hex("hash", MerkleHash.Length), m.Number("bytes"));

    internal static EntryReference Reference(Members m)
    {
        var reference = new EntryReference(m.Text("change"), m.Text("stream"), m.Number("seq"), m.Hex("leaf", MerkleHash.Length));
        if (!EntryFormat.IsName(reference.Change) || !EntryFormat.IsName(reference.Stream) || reference.Seq < 1)
            m.Fault("A reference names no place in a stream.");
        return reference;
    }

    private static ContextFile Context(Members m) => new(FileReader.Path(m, "path"), m.Hex("sha256", MerkleHash.Length), m.Number("bytes"));

    private static Actor NoActor(Members m)
    {
        m.Fault("It has no actor.");
        return new Actor { Name = "" };
    }
}
