using System.Text.Json;
using Colophon.Cli.Commands.Approvals;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Provenance.Log;
using Colophon.Provenance.Trust;

namespace Colophon.Cli.Commands.Audit;

/// <summary>How an entry is named, in words and in JSON.</summary>
internal static class EntryText
{
    /// <summary>The kinds' names, as the log writes them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetNames<EntryKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The kind of a name of <see cref="Kinds"/>.</summary>
    public static EntryKind KindOf(string name) => Enum.GetValues<EntryKind>()[Kinds.ToList().IndexOf(name)];

    /// <summary>What it is, with the verdict where there is one.</summary>
    public static string Kind(AuditRow row) => row.Entry.Predicate.Kind switch
    {
        EntryKind.Decision => row.Accepted == true ? "accepted" : "rejected",
        EntryKind.Approval => row.Entry.Predicate.Approval is { } approval ? VerdictText.Word(approval.Verdict) : "approval",
        EntryKind.HumanEdit => "human edit",
        EntryKind.GapAck => "gap acknowledged",
        EntryKind.KeyEvent => "key event",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Its colour.</summary>
    public static Style StyleOf(AuditRow row) => row.Entry.Predicate switch
    {
        { Approval.Verdict: ApprovalVerdict.Approved } => Style.Green,
        { Approval.Verdict: ApprovalVerdict.ChangesRequested } => Style.Yellow,
        { Kind: EntryKind.Decision } => row.Accepted == true ? Style.Green : Style.Red,
        _ => Style.Plain,
    };

    /// <summary>Writes who an entry is by; what it calls itself where that is not the proved name.</summary>
    public static void WriteSigner(Utf8JsonWriter writer, Signer signer)
    {
        writer.WriteString("developer", signer.Name);
        if (signer.Claimed is { } claimed)
            writer.WriteString("claimedDeveloper", claimed);
    }

    /// <summary>Writes a named value of an entry on a line of its own; nothing where the value is empty.</summary>
    public static void Field(Terminal terminal, string name, string value)
    {
        if (value.Length > 0)
            terminal.WriteLine($"  {terminal.Paint(Style.Dim, name.PadRight(12))} {Terminal.Safe(value)}");
    }

    /// <summary>Writes the row of a list.</summary>
    public static void WriteRow(Utf8JsonWriter writer, AuditRow row)
    {
        var predicate = row.Entry.Predicate;
        writer.WriteStartObject();
        writer.WriteString("leaf", row.Entry.Leaf);
        writer.WriteString("id", predicate.Id);
        writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(predicate.Kind.ToString()));
        writer.WriteString("recordedAt", predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        writer.WriteString("change", predicate.Change);
        writer.WriteString("stream", predicate.Stream);
        writer.WriteNumber("seq", predicate.Seq);
        writer.WriteString("task", row.Task);
        WriteSigner(writer, row.Signer);
        writer.WriteString("keyId", predicate.Actor.KeyId);
        writer.WriteString("model", row.Model);
        writer.WritePropertyName("accepted");
        if (row.Accepted is { } accepted)
            writer.WriteBooleanValue(accepted);
        else
            writer.WriteNullValue();
        writer.WriteString("verdict", predicate.Approval is { } approval ? VerdictText.Id(approval.Verdict) : null);
        writer.WriteString("generation", row.Generation?.Leaf);
        JsonOutput.WriteStrings(writer, "files", [.. predicate.Files.Select(static file => file.Path)]);
        if (predicate.Kind == EntryKind.Security)
            SecurityView.WriteEvents(writer, row);
        writer.WriteEndObject();
    }
}
