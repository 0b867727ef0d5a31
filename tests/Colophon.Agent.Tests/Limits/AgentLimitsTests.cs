using Colophon.Agent.Limits;

namespace Colophon.Agent.Tests.Limits;

public sealed class AgentLimitsTests
{
    private static readonly AgentProgress s_used = new() { Turns = 3, InputTokens = 1000, OutputTokens = 50, CostMicros = 700, Elapsed = TimeSpan.FromSeconds(9) };

    [Fact]
    public void Nothing_limits_a_run_without_limits() => Assert.Null(AgentLimits.None.Check(s_used));

    [Theory]
    [InlineData(LimitKind.Turns, 3, 4)]
    [InlineData(LimitKind.Tokens, 1050, 1051)]
    [InlineData(LimitKind.Money, 700, 701)]
    [InlineData(LimitKind.Time, 9, 10)]
    public void A_limit_is_reached_at_its_value_and_not_before(LimitKind kind, int reached, int free)
    {
        AgentLimits At(int value) => kind switch
        {
            LimitKind.Turns => AgentLimits.None.Turns(value),
            LimitKind.Tokens => AgentLimits.None.Tokens(value),
            LimitKind.Money => AgentLimits.None.Money(value),
            _ => AgentLimits.None.Time(TimeSpan.FromSeconds(value)),
        };
        Assert.Equal(kind, At(reached).Check(s_used)?.Kind);
        Assert.Null(At(free).Check(s_used));
    }

    [Fact]
    public void Input_and_output_can_be_limited_apart()
    {
        Assert.NotNull(AgentLimits.None.InputTokens(1000).Check(s_used));
        Assert.Null(AgentLimits.None.InputTokens(1001).Check(s_used));
        Assert.NotNull(AgentLimits.None.OutputTokens(50).Check(s_used));
        Assert.Null(AgentLimits.None.OutputTokens(51).Check(s_used));
    }

    [Fact]
    public void The_first_limit_that_is_reached_wins() =>
        Assert.Equal(LimitKind.Tokens, AgentLimits.None.Turns(10).Tokens(5).Money(1).Check(s_used)?.Kind);

    [Fact]
    public void A_limit_in_money_is_reached_where_the_price_is_not_known() =>
        Assert.Equal(LimitKind.Money, AgentLimits.None.Money(1_000_000).Check(s_used with { UnpricedReplies = 1 })?.Kind);
}
