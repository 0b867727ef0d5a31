using Colophon.Models.Cassettes;
using Colophon.Models.Tests.Doubles;
using Microsoft.Extensions.AI;

namespace Colophon.Models.Tests.Cassettes;

/// <summary>The cassettes that the samples bring along.</summary>
public sealed class SampleCassetteTests
{
    [Fact]
    public async Task The_samples_cassettes_play_to_their_end_through_the_real_wire()
    {
        foreach (var path in Directory.GetFiles(Path.Combine(RepositoryRoot(), "samples"), "*cassette*.jsonl", SearchOption.AllDirectories))
        {
            var cassette = Cassette.Load(path);
            using var player = CassettePlayer.Open(path);
            using var client = player.CreateClient(TimeProvider.System);
            List<ChatMessage> messages = [];
            foreach (var exchange in cassette.Exchanges)
            {
                if (exchange.Role == "user")
                    messages = [Make.User(exchange.Contains ?? "go on")];
                var response = await client.GetResponseAsync(messages);
                var calls = response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToList();
                Assert.All(calls, call => Assert.Null(call.Exception));
                messages.AddRange(response.Messages);
                messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(call => new FunctionResultContent(call.CallId, "done"))]));
            }

            Assert.Equal(player.Count, player.Position);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Colophon.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        return folder;
    }
}
