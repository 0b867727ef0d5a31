using System.Globalization;
using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Errors;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2025-01-31", "2025-01-31T00:00:00Z")]
    [InlineData("2025-01-31T12:00", "2025-01-31T12:00:00Z")]
    [InlineData("2025-01-31 12:00", "2025-01-31T12:00:00Z")]
    [InlineData("2025-01-31T12:00:30Z", "2025-01-31T12:00:30Z")]
    [InlineData("2025-01-31 12:00:30.25+02:00", "2025-01-31T10:00:30.25Z")]
    [InlineData("2025-01-31T12:00-05:30", "2025-01-31T17:30:00Z")]
    [InlineData("now", "2026-03-31T15:30:00Z")]
    [InlineData("Today", "2026-03-31T00:00:00Z")]
    [InlineData("yesterday", "2026-03-30T00:00:00Z")]
    [InlineData("90m", "2026-03-31T14:00:00Z")]
    [InlineData("12 hours ago", "2026-03-31T03:30:00Z")]
    [InlineData("2 weeks", "2026-03-17T15:30:00Z")]
    [InlineData(" 7D ", "2026-03-24T15:30:00Z")]
    [InlineData("1 month", "2026-02-28T15:30:00Z")]
    [InlineData("1y", "2025-03-31T15:30:00Z")]
    public void A_moment_is_understood_as_people_type_it(string text, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), Moment.Parse("--since", text, new FixedTime()));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("7")]
    [InlineData("7 parsecs")]
    [InlineData("ago")]
    [InlineData("-7d")]
    [InlineData("2147483647m")]
    [InlineData("2147483647mo")]
    [InlineData("9999 years")]
    [InlineData("99999999999d")]
    [InlineData("2025-02-30")]
    [InlineData("31.01.2025")]
    [InlineData("2025-01-31T25:00")]
    public void What_is_no_moment_is_refused_with_all_that_is(string text)
    {
        var fault = Assert.Throws<CliException>(() => Moment.Parse("--since", text, new FixedTime()));
        Assert.Contains("yesterday", fault.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12h", "2026-04-01T03:30:00Z")]
    [InlineData("2 weeks", "2026-04-14T15:30:00Z")]
    [InlineData("1 month", "2026-04-30T15:30:00Z")]
    [InlineData("1y", "2027-03-31T15:30:00Z")]
    [InlineData("2 days ago", "2026-03-29T15:30:00Z")]
    [InlineData("2027-01-31", "2027-01-31T00:00:00Z")]
    public void A_span_counts_forward_where_a_moment_to_come_is_asked_for(string text, string moment)
    {
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), Moment.ParseAhead("--until", text, new FixedTime()));
        Assert.Contains("from now", Assert.Throws<CliException>(static () => Moment.ParseAhead("--until", "soon", new FixedTime())).Hint, StringComparison.Ordinal);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 31, 15, 30, 0, TimeSpan.Zero);
    }
}
