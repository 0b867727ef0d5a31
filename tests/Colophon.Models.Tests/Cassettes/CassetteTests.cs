using System.Text;
using Colophon.Models.Cassettes;
using Colophon.Models.Errors;
using Colophon.Models.Facts;
using Colophon.Models.Providers;
using Colophon.Models.Tests.Doubles;
using Colophon.Models.Wires;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Cassettes;

public sealed class CassetteTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cassette").FullName;

    private string PathOf(string name = "a.cassette") => Path.Combine(_folder, name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recording_plays_back_the_same_through_the_same_wire(bool anthropic)
    {
        var script = anthropic ? Scripts.Anthropic : Scripts.OpenAi;
        var recorded = await RecordAsync(anthropic, [WireAnswer.Events(script) with { Pieces = Pieces(script) }, WireAnswer.Events(script)]);
        var played = await PlayAsync(Conversation());
        Assert.Equal(recorded.Select(Make.Describe), played.Select(Make.Describe));
        var facts = CallFacts.Of(played[0]);
        Assert.Equal(("replay", "replay:a.cassette", 0L), (facts?.Provider, facts?.Endpoint, facts?.CostMicros));
        Assert.Equal(CallFacts.Of(recorded[0])?.Chunks, facts?.Chunks);
    }

    [Fact]
    public async Task A_cassette_holds_no_key_even_where_an_answer_repeats_it_and_no_prompt()
    {
        await RecordAsync(true, [WireAnswer.Events(Scripts.AnthropicText($"your key is {Make.Key}")), WireAnswer.Events(Scripts.AnthropicText("b"))]);
        var text = await File.ReadAllTextAsync(PathOf());
        Assert.DoesNotContain(Make.Key, text, StringComparison.Ordinal);
        Assert.Contains("your key is [key]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("first question", text, StringComparison.Ordinal);
        Assert.DoesNotContain("authorization", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(500)]
    public async Task A_secret_is_blotted_out_also_where_a_stream_sends_it_in_pieces_and_the_recording_still_plays(int size)
    {
        const string secret = "S3CRET-S3CRET";
        var events = Scripts.OpenAiText("").Split("\n\n");
        var answered = string.Concat($"the word is {secret}, keep it".Chunk(size).Select(static piece => Scripts.OpenAiText(new string(piece)).Split("\n\n")[0] + "\n\n")) + string.Join("\n\n", events[1..]);
        var options = new CassetteOptions { Blot = static text => text.Replace(secret, new string('*', secret.Length), StringComparison.Ordinal) };
        await using var server = new LoopbackServer(WireAnswer.Events(answered), WireAnswer.Events(Scripts.OpenAiText("done")));
        var first = Make.User("first question");
        ChatMessage[] Second(string answer) => [first, new(ChatRole.Assistant, answer), Make.User($"again: {secret}")];
        using (var recorder = new ProviderRegistry(Options(server, options)))
        {
            var answer = await recorder.Client("x/m").GetResponseAsync(first);
            Assert.Contains(secret, answer.Text, StringComparison.Ordinal);
            await recorder.Client("x/m").GetResponseAsync(Second(answer.Text));
        }

        var text = await File.ReadAllTextAsync(PathOf());
        Assert.DoesNotContain("S3C", text, StringComparison.Ordinal);
        using var player = new ProviderRegistry(new RegistryOptions { Cassette = options });
        var played = await player.Client($"replay:{PathOf()}").GetResponseAsync(first);
        Assert.Equal("the word is *************, keep it", played.Text);
        Assert.Equal("done", (await player.Client($"replay:{PathOf()}").GetResponseAsync(Second(played.Text))).Text);
    }

    [Fact]
    public async Task Folders_and_dates_may_differ_between_machines()
    {
        static ChatMessage[] At(string root, string date) => [Make.User($"Today is {date}. Work in {root}/src and {root}-other.")];
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("see /home/ann/work/a.txt")));
        using (var recorder = new ProviderRegistry(Options(server, new CassetteOptions { Roots = ["/home/ann/work"] })))
            await recorder.Client("x/m").GetResponseAsync(At("/home/ann/work", "2026-01-02"));
        using var player = new ProviderRegistry(new RegistryOptions { Cassette = new CassetteOptions { Roots = ["/tmp/w1"] } });
        var response = await player.Client($"replay:{PathOf()}").GetResponseAsync(At("/tmp/w1", "2027-11-30T10:11:12Z"));
        Assert.Equal("see /tmp/w1/a.txt", response.Text);
    }

    [Fact]
    public async Task Another_request_fails_and_names_the_exchange_and_the_first_difference()
    {
        await RecordAsync(true, [WireAnswer.Events(Scripts.Anthropic), WireAnswer.Events(Scripts.AnthropicText("b"))]);
        var conversation = Conversation();
        conversation[1][^1] = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("toolu_1", "something else")]);
        var error = await Assert.ThrowsAsync<ModelException>(() => PlayAsync(conversation));
        Assert.Equal(ModelError.CassetteMismatch, error.Error);
        Assert.Contains("Request 2 differs", error.Message, StringComparison.Ordinal);
        Assert.Contains("at messages[2] (user); it now is", error.Message, StringComparison.Ordinal);
        Assert.Contains("something else", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tool_another_model_more_and_fewer_messages_are_told_apart()
    {
        await RecordAsync(true, [WireAnswer.Events(Scripts.Anthropic), WireAnswer.Events(Scripts.AnthropicText("b"))]);
        Assert.Contains("at tools[0] (read); it now is", await FailAsync(Conversation()[0], new ChatOptions { Tools = [Make.Tool("read", """{"type":"object"}""")] }), StringComparison.Ordinal);
        Assert.Contains("in the model: it asks for 'other'", await FailAsync(Conversation()[0], Tools("other")), StringComparison.Ordinal);
        Assert.Contains("messages[3] (assistant), which the cassette's request does not have", await FailAsync([.. Conversation()[1], new(ChatRole.Assistant, "more")], Tools()), StringComparison.Ordinal);
        Assert.Contains("at tools[0] (read), where the cassette has system", await FailAsync([Make.User("first question")], Tools()), StringComparison.Ordinal);
        Assert.Contains("messages[0] (user); it now is", await FailAsync([Conversation()[0][0], Make.User("nothing like it")], Tools()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Past_the_end_is_a_mismatch_and_a_limit_of_output_is_not()
    {
        await RecordAsync(true, [WireAnswer.Events(Scripts.Anthropic), WireAnswer.Events(Scripts.AnthropicText("b"))]);
        using var registry = new ProviderRegistry();
        using var client = registry.Client($"replay:{PathOf()}");
        var limited = Tools();
        limited.MaxOutputTokens = 77;
        await client.GetResponseAsync(Conversation()[0], limited);
        await client.GetResponseAsync(Conversation()[1], Tools());
        var error = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(Conversation()[1], Tools()));
        Assert.Contains("has 2 exchanges and was asked for one more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resumed_run_finds_its_place_by_its_first_request()
    {
        await RecordAsync(true, [WireAnswer.Events(Scripts.Anthropic), WireAnswer.Events(Scripts.AnthropicText("b"))]);
        using var registry = new ProviderRegistry();
        Assert.Equal("b", (await registry.Client($"replay:{PathOf()}").GetResponseAsync(Conversation()[1], Tools())).Text);
        using var player = CassettePlayer.Open(PathOf(), new CassetteOptions { StartAt = 1 });
        Assert.Equal(1, player.Position);
        await Assert.ThrowsAsync<ModelException>(() => player.CreateClient(TimeProvider.System).GetResponseAsync(Conversation()[0], Tools()));
    }

    [Fact]
    public async Task Error_answers_and_broken_connections_are_played_too()
    {
        await using var server = new LoopbackServer(
            WireAnswer.Json(429, """{"error":{"message":"slow"}}""") with { Headers = [new("Retry-After", "3")] },
            WireAnswer.Events(Scripts.OpenAiText("abc")[..100]) with { Cut = true });
        foreach (var live in (bool[])[true, false])
        {
            using var registry = new ProviderRegistry(live ? Options(server) : new RegistryOptions());
            using var client = registry.Client(live ? "x/m" : $"replay:{PathOf()}");
            var limited = await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]));
            Assert.Equal((ModelError.RateLimited, TimeSpan.FromSeconds(3)), (limited.Error, limited.RetryAfter));
            Assert.Equal(ModelError.StreamCut, (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync([Make.User("x")]))).Error);
        }
    }

    [Fact]
    public async Task A_script_is_matched_by_role_turn_and_words_and_can_be_entered_anywhere()
    {
        var cassette = new Cassette(
            new CassetteHeader { Wire = "openai-chat", Model = "script", Match = CassetteMatch.Sequence, Note = "by hand" },
            [
                Exchange("one", "user", 0, "Task 1.1"),
                Exchange("two", "tool", 1, "Task 1.1"),
                Exchange("three", "user", 0, "Task \"1.2\""),
            ]);
        cassette.Save(PathOf());
        Assert.Equal(cassette.Header, Cassette.Load(PathOf()).Header);

        ChatMessage[] first = [Make.User("Do Task 1.1, whatever else stands here")];
        ChatMessage[] second = [.. first, new(ChatRole.Assistant, [ToolCallArguments.Create("c", "read", "{}")]), new(ChatRole.Tool, [new FunctionResultContent("c", "any")])];
        ChatMessage[] third = [Make.User("Do Task \"1.2\"")];
        using var whole = new ProviderRegistry();
        using var client = whole.Client($"replay:{PathOf()}");
        Assert.Equal(["one", "two", "three"], [(await client.GetResponseAsync(first)).Text, (await client.GetResponseAsync(second)).Text, (await client.GetResponseAsync(third)).Text]);

        using var resumed = new ProviderRegistry();
        Assert.Equal("three", (await resumed.Client($"replay:{PathOf()}").GetResponseAsync(third)).Text);

        using var wrong = new ProviderRegistry();
        using var other = wrong.Client($"replay:{PathOf()}");
        await other.GetResponseAsync(first);
        Assert.Contains("of role 'user' and the cassette expects 'tool'", (await Assert.ThrowsAsync<ModelException>(() => other.GetResponseAsync(third))).Message, StringComparison.Ordinal);
        Assert.Contains("to contain 'Task 1.1'", (await Assert.ThrowsAsync<ModelException>(() => new ProviderRegistry().Client($"replay:{PathOf()}").GetResponseAsync([Make.User("Task 9")]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1", "two")]
    [InlineData("1.2", "four")]
    public async Task A_run_resumed_in_the_middle_of_a_task_finds_the_turn_of_that_task(string task, string expected)
    {
        new Cassette(
            new CassetteHeader { Wire = "openai-chat", Model = "script", Match = CassetteMatch.Sequence },
            [
                Exchange("one", "user", 0, "Do 1.1"), Exchange("two", "tool", 1, null),
                Exchange("three", "user", 0, "Do 1.2"), Exchange("four", "tool", 1, null),
            ]).Save(PathOf());
        using var registry = new ProviderRegistry();
        ChatMessage[] messages =
        [
            Make.User($"All: Do 1.1, Do 1.2. Yours: Do {task}"),
            new(ChatRole.Assistant, [ToolCallArguments.Create("c", "read", "{}")]),
            new(ChatRole.Tool, [new FunctionResultContent("c", "Do 1.1 Do 1.2")]),
        ];
        Assert.Equal(expected, (await registry.Client($"replay:{PathOf()}").GetResponseAsync(messages)).Text);
    }

    [Theory]
    [InlineData("1.1", "one")]
    [InlineData("1.2", "three")]
    public async Task A_prompt_that_lists_all_tasks_belongs_to_the_one_it_sets_last(string task, string expected)
    {
        new Cassette(
            new CassetteHeader { Wire = "openai-chat", Model = "script", Match = CassetteMatch.Sequence },
            [Exchange("one", "user", 0, "Do 1.1"), Exchange("two", "tool", 1, "Do 1.1"), Exchange("three", "user", 0, "Do 1.2")]).Save(PathOf());
        using var registry = new ProviderRegistry();
        Assert.Equal(expected, (await registry.Client($"replay:{PathOf()}").GetResponseAsync([Make.User($"All: Do 1.1, Do 1.2.\nYours: Do {task}")])).Text);
    }

    [Fact]
    public async Task Every_exchange_is_on_the_disk_when_its_reply_is_over_and_a_torn_line_is_healed()
    {
        await using var server = new LoopbackServer(WireAnswer.Events(Scripts.OpenAiText("a")), WireAnswer.Events(Scripts.OpenAiText("b")));
        using (var registry = new ProviderRegistry(Options(server)))
        {
            await registry.Client("x/m").GetResponseAsync([Make.User("1")]);
            Assert.Single(Cassette.Load(PathOf()).Exchanges);
        }

        await File.AppendAllTextAsync(PathOf(), "{\"request\":{\"torn");
        Assert.Single(Cassette.Load(PathOf()).Exchanges);
        using (var registry = new ProviderRegistry(Options(server, new CassetteOptions { Append = true })))
            await registry.Client("x/m").GetResponseAsync([Make.User("2")]);
        Assert.Equal(2, Cassette.Load(PathOf()).Exchanges.Count);
    }

    [Fact]
    public async Task An_existing_file_is_not_overwritten()
    {
        await File.WriteAllTextAsync(PathOf(), "mine");
        await using var server = new LoopbackServer();
        using var registry = new ProviderRegistry(Options(server));
        Assert.Equal(ModelError.CassetteInvalid, Assert.Throws<ModelException>(() => registry.Client("x/m")).Error);
        Assert.Equal("mine", await File.ReadAllTextAsync(PathOf()));
    }

    [Theory]
    [InlineData("", "has no header")]
    [InlineData("{}\n", "a.cassette:1 ")]
    [InlineData("{\"cassette\":9,\"wire\":\"anthropic\",\"model\":\"m\"}\n", "version 9")]
    [InlineData("{\"cassette\":1,\"wire\":\"anthropic\",\"model\":\"m\",\"match\":\"maybe\"}\n", "'maybe'")]
    [InlineData("{\"cassette\":1,\"wire\":\"carrier pigeon\",\"model\":\"m\"}\n", "carrier pigeon")]
    [InlineData("{\"cassette\":1,\"wire\":\"anthropic\",\"model\":\"m\"}\n{\"request\":{}}\n", "a.cassette:2 ")]
    [InlineData("{\"cassette\":1,\"wire\":\"anthropic\",\"model\":\"m\"}\n{\"response\":{\"status\":\"x\"}}\n", "a.cassette:2 ")]
    [InlineData("{\"cassette\":1,\"wire\":\"anthropic\",\"model\":\"m\"}\nnot json\n", "a.cassette:2 ")]
    public void A_damaged_cassette_is_refused_with_its_line(string text, string said)
    {
        File.WriteAllText(PathOf(), text);
        using var registry = new ProviderRegistry();
        var error = Assert.Throws<ModelException>(() => registry.Client($"replay:{PathOf()}"));
        Assert.Equal(ModelError.CassetteInvalid, error.Error);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_cassette_is_refused()
    {
        using var registry = new ProviderRegistry();
        Assert.Equal(ModelError.CassetteInvalid, Assert.Throws<ModelException>(() => registry.Client($"replay:{PathOf("none")}")).Error);
    }

    private async Task<string> FailAsync(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        using var registry = new ProviderRegistry();
        using var client = registry.Client($"replay:{PathOf()}");
        return (await Assert.ThrowsAsync<ModelException>(() => client.GetResponseAsync(messages, options))).Message;
    }

    private RegistryOptions Options(LoopbackServer server, CassetteOptions? cassette = null) => new()
    {
        Providers =
        [
            new ProviderOptions { Name = "x", BaseUrl = server.Url, NeedsKey = false },
            new ProviderOptions { Name = "claude", Kind = ProviderKind.Anthropic, BaseUrl = server.Url, KeyVariable = "K" },
        ],
        Environment = _ => Make.Key,
        RecordTo = PathOf(),
        Cassette = cassette ?? new CassetteOptions(),
    };

    private async Task<List<ChatResponse>> RecordAsync(bool anthropic, WireAnswer[] answers)
    {
        await using var server = new LoopbackServer(answers);
        using var registry = new ProviderRegistry(Options(server));
        using var client = registry.Client(anthropic ? "claude/m" : "x/m");
        return [await client.GetResponseAsync(Conversation()[0], Tools()), await client.GetResponseAsync(Conversation()[1], Tools())];
    }

    private async Task<List<ChatResponse>> PlayAsync(List<ChatMessage>[] conversation)
    {
        using var registry = new ProviderRegistry();
        using var client = registry.Client($"replay:{PathOf()}");
        return [await client.GetResponseAsync(conversation[0], Tools()), await client.GetResponseAsync(conversation[1], Tools())];
    }

    private static ChatOptions Tools(string? model = null) => new() { ModelId = model, Tools = [Make.Tool("read")] };

    private static List<ChatMessage>[] Conversation()
    {
        List<ChatMessage> first = [new(ChatRole.System, "S"), Make.User("first question")];
        return [first, [.. first, new(ChatRole.Assistant, [ToolCallArguments.Create("toolu_1", "read", "{}")]), new(ChatRole.Tool, [new FunctionResultContent("toolu_1", "content")])]];
    }

    private static CassetteExchange Exchange(string text, string role, int turn, string? contains) => new()
    {
        Role = role,
        Turn = turn,
        Contains = contains,
        Headers = [new("content-type", "text/event-stream")],
        Body = [Encoding.UTF8.GetBytes(Scripts.OpenAiText(text))],
    };

    /// <summary>Pieces that split characters, so that some are not text by themselves.</summary>
    private static List<byte[]> Pieces(string script) => [.. Encoding.UTF8.GetBytes(script).Chunk(11)];
}
