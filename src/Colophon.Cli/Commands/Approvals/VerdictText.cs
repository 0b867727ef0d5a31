using System.Text.Json;
using Colophon.Cli.Output;
using Colophon.Cli.Terminals;
using Colophon.Engine;
using Colophon.Provenance.Approvals;
using Colophon.Provenance.Log;

namespace Colophon.Cli.Commands.Approvals;

/// <summary>How verdicts, rules and what stands in the way are said, in words and in JSON.</summary>
internal static class VerdictText
{
    private const int EntryDigits = 12;

    /// <summary>The verdicts and the rules, a line each; nothing where there are neither.</summary>
    public static void Write(Terminal terminal, ChangeStanding standing)
    {
        if (standing.Approvals is not { } approvals)
            return;
        terminal.WriteLine();
        terminal.WriteLine(terminal.Paint(Style.Bold, "Approvals") + (standing.Change.IsArchived ? "" : Rules(standing.Policy, approvals)));
        if (approvals.Doubt is { } doubt)
            terminal.WriteLine($"  {terminal.Paint(Style.Red, "none can be relied on:")} {Terminal.Safe(doubt)}");
        foreach (var verdict in approvals.Verdicts.Where(static v => v.Standing != VerdictStanding.Replaced))
        {
            var predicate = verdict.Entry.Predicate;
            terminal.WriteLine($"  {terminal.Paint(StyleOf(verdict), Word(verdict.Approval.Verdict))}  {Terminal.Safe(verdict.Who)} ({Role(verdict)}), {predicate.RecordedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC, entry {verdict.Entry.Leaf[..EntryDigits]}{Why(verdict)}");
            if (verdict.Approval.Reason is { } reason)
                terminal.WriteLine($"    {Terminal.Safe(reason).ReplaceLineEndings("\n    ")}");
        }
    }

    /// <summary>How many approvals count, of how many that are needed; empty where there are none and none are asked for.</summary>
    public static (string Text, Style Style) Short(ChangeStanding standing)
    {
        if (standing.Approvals is not { } approvals)
            return ("", Style.Plain);
        if (approvals.Doubt is not null)
            return ("in doubt", Style.Red);
        var needed = standing.Policy?.Rules.Required ?? 0;
        return (approvals.Requests.Any() ? "changes requested" : needed == 0 ? $"{approvals.Approvals.Count()}" : $"{approvals.Approvals.Count()}/{needed}", approvals.Requests.Any() ? Style.Red : Style.Plain);
    }

    /// <summary>What stands in the way of a step.</summary>
    public static void WriteBlockers(Terminal terminal, string step, IReadOnlyList<Blocker> blockers)
    {
        foreach (var blocker in blockers)
        {
            terminal.WriteLine($"{terminal.Paint(Style.Yellow, $"Cannot be {step}:")} {Terminal.Safe(blocker.Message)}");
            if (blocker.Hint is { } hint)
                terminal.WriteLine($"  {terminal.Paint(Style.Dim, Terminal.Safe(hint))}");
        }
    }

    /// <summary>Writes <c>canApply</c>, <c>canArchive</c> and what stands in their way.</summary>
    public static void WriteBlockers(Utf8JsonWriter writer, ChangeStanding standing)
    {
        writer.WriteBoolean("canApply", standing.CanApply);
        writer.WriteBoolean("canArchive", standing.CanArchive);
        WriteBlockers(writer, "applyBlockers", standing.ApplyBlockers);
        WriteBlockers(writer, "archiveBlockers", standing.ArchiveBlockers);
    }

    /// <summary>Writes <c>approval</c>: the rules and the verdicts.</summary>
    public static void WriteApproval(Utf8JsonWriter writer, ChangeStanding standing)
    {
        if (standing.Policy is not { } policy)
        {
            writer.WriteNull("approval");
            return;
        }

        writer.WriteStartObject("approval");
        writer.WriteNumber("required", policy.Rules.Required);
        writer.WriteNumber("counted", standing.Approvals?.Approvals.Count() ?? 0);
        JsonOutput.WriteStrings(writer, "before", [.. policy.Before.Select(static s => s.ToString().ToLowerInvariant())]);
        JsonOutput.WriteStrings(writer, "roles", [.. policy.Rules.Roles.Select(static r => r.ToString().ToLowerInvariant())]);
        writer.WriteBoolean("allowAuthor", policy.Rules.AllowAuthor);
        writer.WriteString("doubt", standing.Approvals?.Doubt);
        JsonOutput.WriteStrings(writer, "candidates", [.. (standing.Approvals?.Candidates ?? []).Select(static k => k.Name)]);
        writer.WriteStartArray("verdicts");
        foreach (var verdict in standing.Approvals?.Verdicts ?? [])
            Write(writer, verdict);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The verdict in words.</summary>
    public static string Word(ApprovalVerdict verdict) => verdict == ApprovalVerdict.Approved ? "approved" : "changes requested";

    /// <summary>The verdict for a program.</summary>
    public static string Id(ApprovalVerdict verdict) => Camel(verdict.ToString());

    private static void WriteBlockers(Utf8JsonWriter writer, string name, IReadOnlyList<Blocker> blockers)
    {
        writer.WriteStartArray(name);
        foreach (var blocker in blockers)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Camel(blocker.Kind.ToString()));
            writer.WriteString("message", blocker.Message);
            writer.WriteString("hint", blocker.Hint);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, StandingVerdict verdict)
    {
        var predicate = verdict.Entry.Predicate;
        writer.WriteStartObject();
        writer.WriteString("verdict", Id(verdict.Approval.Verdict));
        writer.WriteString("who", verdict.Who);
        writer.WriteString("role", verdict.Key?.Role.ToString().ToLowerInvariant());
        writer.WriteString("keyId", predicate.Actor.KeyId);
        writer.WriteString("recordedAt", predicate.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        writer.WriteString("reason", verdict.Approval.Reason);
        writer.WriteString("entry", verdict.Entry.Leaf);
        writer.WriteString("commit", predicate.Actor.Commit);
        writer.WriteString("standing", Camel(verdict.Standing.ToString()));
        writer.WriteString("status", verdict.Status.ToString());
        JsonOutput.WriteStrings(writer, "changedFiles", verdict.ChangedFiles);
        writer.WriteEndObject();
    }

    private static string Rules(ApprovalPolicy? policy, ApprovalStanding approvals) => policy is not { Rules.Required: > 0 } ? "" :
        $": {approvals.Approvals.Count()} of {policy.Rules.Required} needed to {string.Join(" and ", policy.Before.Select(static s => s.ToString().ToLowerInvariant()))}{(policy.Rules.Roles.Count > 0 ? $", by {string.Join(" or ", policy.Rules.Roles.Select(static r => r.ToString().ToLowerInvariant()))}" : "")}{(policy.Rules.AllowAuthor ? "" : ", not by who wrote it")}";

    private static string Role(StandingVerdict verdict) => verdict.Key?.Role.ToString().ToLowerInvariant() ?? "not trusted";

    private static Style StyleOf(StandingVerdict verdict) =>
        verdict.Standing != VerdictStanding.Counts ? Style.Dim : verdict.Approval.Verdict == ApprovalVerdict.Approved ? Style.Green : Style.Red;

    private static string Why(StandingVerdict verdict) => verdict.Standing switch
    {
        VerdictStanding.Lapsed => $"; lapsed: {Terminal.Safe(string.Join(", ", verdict.ChangedFiles))} changed",
        VerdictStanding.KeyRevoked => "; does not count: the key was revoked",
        VerdictStanding.RoleExcluded => "; does not count: not in this role",
        VerdictStanding.Author => "; does not count: wrote a part of it",
        VerdictStanding.NotGenuine => $"; does not count: {verdict.Status}",
        _ => "",
    };

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
