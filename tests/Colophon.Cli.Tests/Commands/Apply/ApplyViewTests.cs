using Colophon.Cli.Commands.Apply;
using Colophon.Cli.Terminals;
using Colophon.Engine;

namespace Colophon.Cli.Tests.Commands.Apply;

public sealed class ApplyViewTests
{
    private static readonly EngineEvent.ApplyFinished s_stopped = new(ApplyOutcome.Stopped, [], 1);

    [Fact]
    public async Task A_wait_for_the_provider_is_told_with_its_length() =>
        Assert.Equal("  rate limited, again in 12 s\n", (await ShowAsync(true, new EngineEvent.ModelWaiting("rate limited", TimeSpan.FromSeconds(11.2)))).Error);

    [Theory]
    [InlineData(0, false, "no price known")]
    [InlineData(12_300, false, "at least 0.0123 spent; not every price is known")]
    [InlineData(12_300, true, "0.0123 spent")]
    [InlineData(0, true, "0.0000 spent")]
    public async Task What_was_spent_is_told_as_far_as_prices_are_known(long micros, bool priced, string told) =>
        Assert.Contains($"(1,000 tokens in, 20 out, {told})", (await ShowAsync(true, new EngineEvent.UsageChanged(1000, 20, 0, micros, priced), s_stopped)).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData(true, "`colophon apply --resume` goes on")]
    [InlineData(false, "--dir keeps one")]
    public async Task Going_on_is_offered_only_where_something_stays(bool stays, string told) =>
        Assert.Contains(told, (await ShowAsync(stays, s_stopped)).Output, StringComparison.Ordinal);

    private static async Task<(string Output, string Error)> ShowAsync(bool stays, params EngineEvent[] events)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        await using (var view = new ApplyView(new Terminal(output, error, TextReader.Null, new TerminalTraits()), TimeProvider.System, asks: false, stays))
        {
            foreach (var happened in events)
                await view.ShowAsync(happened);
        }

        return (output.ToString(), error.ToString());
    }
}
