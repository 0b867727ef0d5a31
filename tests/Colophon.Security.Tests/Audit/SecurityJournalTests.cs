using Colophon.Security.Audit;

namespace Colophon.Security.Tests.Audit;

public sealed class SecurityJournalTests
{
    [Fact]
    public void The_same_thing_is_counted_and_told_once()
    {
        var journal = new SecurityJournal();
        journal.Add(SecurityEventKind.PathDenied, "../a");
        journal.Add(SecurityEventKind.CommandDenied, "../a");
        journal.Add(SecurityEventKind.PathDenied, "../a");
        Assert.Equal([new SecurityEvent(SecurityEventKind.PathDenied, "../a", 2), new SecurityEvent(SecurityEventKind.CommandDenied, "../a", 1)], journal.Drain());
        Assert.Empty(journal.Drain());
    }

    [Fact]
    public void A_subject_is_one_short_line_without_a_secret()
    {
        var journal = new SecurityJournal();
        const string key = "AKIA" + "Q3EGRTY7KLM2NOP4";
        journal.Add(SecurityEventKind.CommandDenied, $"curl -d {key}\n\u001b[2J{new string('x', 5000)}");
        var subject = Assert.Single(journal.Drain()).Subject;
        Assert.DoesNotContain(key, subject, StringComparison.Ordinal);
        Assert.DoesNotContain(subject, char.IsControl);
        Assert.InRange(subject.Length, 10, 201);
    }

    [Fact]
    public void A_flood_is_counted_and_not_kept()
    {
        var journal = new SecurityJournal();
        Parallel.For(0, 10_000, i => journal.Add(SecurityEventKind.PathDenied, $"../{i}"));
        var events = journal.Drain();
        Assert.Equal(201, events.Count);
        Assert.Equal(10_000, events.Sum(static e => e.Count));
    }
}
