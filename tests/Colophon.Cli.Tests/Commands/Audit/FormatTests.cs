using System.Text;
using System.Text.Json;
using Colophon.Cli.Output;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class FormatTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("@SUM(1)", "\"'@SUM(1)\"")]
    [InlineData(" \t-1+2", "\"' \t-1+2\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("%1", "\"'%1\"")]
    [InlineData("\"=1+1", "\"'\"\"=1+1\"")]
    [InlineData("\u00a0\ufeff=1", "\"'\u00a0\ufeff=1\"")]
    [InlineData("\tplain", "\"'\tplain\"")]
    [InlineData("\rplain", "\"'\rplain\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal($"{cell},z\r\n", CsvOutput.Row(text, "z"));

    [Fact]
    public async Task The_log_is_printed_as_csv_and_as_the_envelopes_that_were_signed()
    {
        using var project = await SignedProject.CreateAsync();
        var (generation, decision) = await project.AcceptAsync("src/=1+1.py", "a\n");
        var csv = (await project.RunAsync("audit", "log", "--csv")).Output.Split("\r\n");
        Assert.Equal("leaf,id,kind,recordedAt,change,stream,seq,task,developer,keyId,model,accepted,generation,files,verdict,claimedDeveloper", csv[0]);
        Assert.StartsWith($"{decision.Leaf},{decision.Predicate.Id},decision,", csv[1], StringComparison.Ordinal);
        Assert.EndsWith($",add-login,{decision.Predicate.Stream},2,1.1,Ada,{decision.Predicate.Actor.KeyId},replay/sonnet,true,{generation.Leaf},src/=1+1.py,,", csv[1], StringComparison.Ordinal);

        var lines = (await project.RunAsync("audit", "log", "--format", "in-toto")).Output.TrimEnd().Split('\n');
        using var envelope = JsonDocument.Parse(lines[0]);
        Assert.Equal(2, lines.Length);
        Assert.Equal(Encoding.UTF8.GetString(decision.Payload.Span), Encoding.UTF8.GetString(envelope.RootElement.GetProperty("payload").GetBytesFromBase64()));
        Assert.Equal(decision.Predicate.Actor.KeyId, envelope.RootElement.GetProperty("signatures")[0].GetProperty("keyid").GetString());
        Assert.Equal(2, (await project.RunAsync("audit", "log", "--csv", "--json")).ExitCode);
    }

    [Fact]
    public async Task What_is_not_valid_is_printed_as_sarif()
    {
        using var project = await SignedProject.CreateAsync();
        var (_, decision) = await project.AcceptAsync("a.py", "a\n");
        using var clean = JsonDocument.Parse((await project.RunAsync("audit", "verify", "--sarif")).Output);
        Assert.Equal(0, clean.RootElement.GetProperty("runs")[0].GetProperty("results").GetArrayLength());
        File.Delete(decision.FilePath);
        var run = await project.RunAsync("audit", "verify", "--sarif");
        Assert.Equal(1, run.ExitCode);
        using var sarif = JsonDocument.Parse(run.Output);
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var result = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().First(static r => r.GetProperty("ruleId").GetString() == "Truncated");
        Assert.Equal("error", result.GetProperty("level").GetString());
        var rules = sarif.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").GetProperty("rules");
        foreach (var told in sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            var rule = rules[told.GetProperty("ruleIndex").GetInt32()];
            Assert.Equal(told.GetProperty("ruleId").GetString(), rule.GetProperty("id").GetString());
            foreach (var text in (string[])["shortDescription", "fullDescription", "help"])
                Assert.NotEmpty(rule.GetProperty(text).GetProperty("text").GetString() ?? "");
        }

        Assert.StartsWith(".openspec/audit/", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
    }
}
