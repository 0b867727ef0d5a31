using Colophon.Security.Redaction;

namespace Colophon.Security.Audit;

/// <summary>Collects what happens in a run until somebody writes it down; taking note costs no more than a look into a table. Bounded, and safe from several threads.</summary>
public sealed class SecurityJournal
{
    private const int MostEvents = 200;
    private const int LongestSubject = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<(SecurityEventKind, string), int> _events = [];
    private readonly List<(SecurityEventKind Kind, string Subject)> _order = [];

    /// <summary>Takes note. The same thing again is counted; beyond 200 different things only their number is kept.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="subject">About what; secrets are taken out, control characters too, and only the first 200 characters are kept.</param>
    public void Add(SecurityEventKind kind, string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var key = (kind, Short(subject));
        lock (_lock)
        {
            if (!_events.ContainsKey(key) && _events.Count >= MostEvents)
                key = (kind, "and others");
            if (!_events.TryGetValue(key, out var count))
                _order.Add(key);
            _events[key] = count + 1;
        }
    }

    /// <summary>Everything noted since the last time, in order; it is forgotten here.</summary>
    public IReadOnlyList<SecurityEvent> Drain()
    {
        lock (_lock)
        {
            SecurityEvent[] events = [.. _order.Select(e => new SecurityEvent(e.Kind, e.Subject, _events[e]))];
            _events.Clear();
            _order.Clear();
            return events;
        }
    }

    private static string Short(string subject)
    {
        // Before it is cut: half a key is no less a key.
        var clean = string.Concat(Redactor.Scrub(subject).Select(static c => char.IsControl(c) ? ' ' : c)).Trim();
        if (clean.Length <= LongestSubject)
            return clean;
        return clean[..(char.IsHighSurrogate(clean[LongestSubject - 1]) ? LongestSubject - 1 : LongestSubject)] + "…";
    }
}
