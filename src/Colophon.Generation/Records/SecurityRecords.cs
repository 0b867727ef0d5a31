using System.Globalization;
using System.Text.Json;
using Colophon.Provenance.Log;
using Colophon.Security.Audit;

namespace Colophon.Generation.Records;

/// <summary>
/// What happened to security in a run, as an entry of the kind <see cref="EntryKind.Security"/> in a stream of its own. A member <c>event n</c> for each: kind, number and subject with a space
/// between them; what the program saw is <c>witnessed</c>, what a command said is <c>asserted</c>.
/// </summary>
public static class SecurityRecords
{
    /// <summary>The change that the entries' stream belongs to: none that somebody could open.</summary>
    public const string Change = "_security";

    private const string Member = "event ";

    /// <summary>The entry that records events.</summary>
    public static EntryDraft Draft(IReadOnlyList<SecurityEvent> events, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(events);
        var (witnessed, asserted) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        for (var i = 0; i < events.Count; i++)
            (events[i].IsHearsay ? asserted : witnessed).Add(string.Create(CultureInfo.InvariantCulture, $"{Member}{i + 1:D3}"), string.Create(CultureInfo.InvariantCulture, $"{Name(events[i].Kind)} {events[i].Count} {events[i].Subject}"));
        return new EntryDraft { Kind = EntryKind.Security, Id = EntryDraft.NewId(), Change = Change, Actor = actor, Witnessed = witnessed, Asserted = asserted };
    }

    /// <summary>The events that an entry records, in order; what reads otherwise is passed over.</summary>
    public static IReadOnlyList<SecurityEvent> Read(Predicate said)
    {
        ArgumentNullException.ThrowIfNull(said);
        return said.Kind != EntryKind.Security ? [] : [.. said.Witnessed.Concat(said.Asserted).Where(static m => m.Key.StartsWith(Member, StringComparison.Ordinal)).OrderBy(static m => m.Key, StringComparer.Ordinal).Select(static m => Event(m.Value)).OfType<SecurityEvent>()];
    }

    /// <summary>A kind's name.</summary>
    public static string Name(SecurityEventKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static SecurityEvent? Event(string text) =>
        text.Split(' ', 3) is [var name, var number, var subject] && Enum.TryParse<SecurityEventKind>(name, ignoreCase: true, out var kind) && Enum.IsDefined(kind) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new SecurityEvent(kind, subject, count) : null;
}
