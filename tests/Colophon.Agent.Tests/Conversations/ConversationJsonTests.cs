using System.Text;
using Colophon.Agent.Conversations;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Agent.Tests.Conversations;

public sealed class ConversationJsonTests
{
    private static readonly CallFacts s_facts = new()
    {
        Provider = "anthropic", RequestedModel = "m", ReportedModel = "m-1", Endpoint = "https://x.test/v1/messages", ResponseId = "r", InputTokens = 12, OutputTokens = 3,
        CachedTokens = 4, CacheWriteTokens = 5, CostMicros = 6, Chunks = 7, Attempts = 2, Duration = TimeSpan.FromTicks(123456789), FirstContent = TimeSpan.FromTicks(7),
        Temperature = 0.3f, MaxOutputTokens = 4096, FallbacksTried = [new FallbackTried("a/b", ModelError.RateLimited, "slow down")],
    };

    [Fact]
    public void Every_kind_of_record_is_read_as_it_was_written()
    {
        ConversationItem[] items =
        [
            new ConversationItem.System("You are …"),
            new ConversationItem.User("tab\t nl\n nul\0 quote\" <script> \u2028 😀"),
            new ConversationItem.Assistant(
                [
                    new AssistantPart.Reasoning("hm", "c2ln"), new AssistantPart.Reasoning("", null), new AssistantPart.Text("I see."),
                    new AssistantPart.Call("c1", "read", "{ \"path\" :\"a\\u00e9\" "), new AssistantPart.Block("anthropic", """{"type":"new"}"""),
                ],
                "tool_calls",
                s_facts),
            new ConversationItem.ToolResults([new ToolAnswer("c1", "read", "", false), new ToolAnswer("c2", "x", "no", true)]),
        ];
        var conversation = new Conversation();
        foreach (var item in items)
            conversation.Append(item);
        var (read, problem) = Conversation.Parse(conversation.ToJsonLines());
        Assert.Null(problem);
        Assert.Equal(items, read.Items);
        Assert.Equal(conversation.ToJsonLines(), read.ToJsonLines());
        Assert.Equal(4, conversation.ToString().Count(static c => c == '\n'));
    }

    [Fact]
    public void Facts_that_were_not_reported_stay_unknown()
    {
        var item = new ConversationItem.Assistant([new AssistantPart.Text("x")], "stop", new CallFacts { Provider = "p", RequestedModel = "m", Endpoint = "e" });
        Assert.True(ConversationJson.TryRead(ConversationJson.Line(item).AsSpan()[..^1], out var read, out _));
        Assert.Equal(item, read);
    }

    [Fact]
    public void Any_text_survives() => Prop.ForAll<NonNull<string>, NonNull<string>>(static (one, other) =>
    {
        var (text, arguments) = (WellFormed.Text(one.Get), WellFormed.Text(other.Get));
        var item = new ConversationItem.Assistant([new AssistantPart.Text(text), new AssistantPart.Call("c", "t", arguments)], "stop", s_facts);
        var line = ConversationJson.Line(item);
        Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
        Assert.True(ConversationJson.TryRead(line.AsSpan()[..^1], out var read, out _));
        Assert.Equal(item, read);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_torn_last_line_is_left_out_and_said()
    {
        var whole = Conversation.Start("s", "u").ToJsonLines();
        for (var length = 1; length < whole.Length; length++)
        {
            var (read, problem) = Conversation.Parse(whole.AsSpan(0, length));
            Assert.Equal(whole.AsSpan(0, length).Count((byte)'\n'), read.Items.Count);
            Assert.Equal(whole[length - 1] != '\n', problem is not null);
        }
    }

    [Fact]
    public void Damaged_lines_are_reported_and_never_thrown() => Prop.ForAll(
        Gen.Choose(0, 2000).Two().ToArbitrary(),
        static change =>
        {
            var conversation = Conversation.Start("s", "u");
            conversation.Append(new ConversationItem.Assistant([new AssistantPart.Call("c", "t", "{}")], "stop", s_facts));
            var bytes = conversation.ToJsonLines();
            bytes[change.Item1 % bytes.Length] = (byte)change.Item2;
            _ = Conversation.Parse(bytes);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"type":"user"}""")]
    [InlineData("""{"type":"user","text":null}""")]
    [InlineData("""{"type":"user","text":7}""")]
    [InlineData("""{"type":"poem","text":"x"}""")]
    [InlineData("""{"type":"user","text":"x"} {}""")]
    [InlineData("""{"type":"user","text":"\ud800"}""")]
    public void What_is_no_record_is_refused(string line)
    {
        Assert.False(ConversationJson.TryRead(Encoding.UTF8.GetBytes(line), out _, out var problem));
        Assert.NotEmpty(problem);
    }

    // Not a theory: attributes are stored as UTF-8, which has no form for half a pair.
    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character()
    {
        Assert.Equal("a\uFFFD", WellFormed.Text("a\ud83d"));
        Assert.Equal("\uFFFDb", WellFormed.Text("\ude00b"));
        Assert.Equal("\ud83d\ude00", WellFormed.Text("\ud83d\ude00"));
        Assert.Equal("\uFFFD\ud83d\ude00", WellFormed.Text("\ud83d\ud83d\ude00"));
    }
}
