using Colophon.Cli.CommandLine;
using Colophon.Cli.Commands;
using Colophon.Cli.Errors;
using Colophon.Kernel.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Cli.Tests.CommandLine;

public sealed class CommandLineParserTests
{
    [Theory]
    [InlineData("show add-x", "show", "add-x")]
    [InlineData("show --json add-x", "show", "add-x")]
    [InlineData("--json show add-x --type=spec", "show", "add-x")]
    [InlineData("-C /tmp show add-x", "show", "add-x")]
    [InlineData("show -- --odd", "show", "--odd")]
    [InlineData("-C/tmp show add-x", "show", "add-x")]
    [InlineData("audit -C /tmp log", "audit log", "")]
    [InlineData("config show --json", "config show", "")]
    [InlineData("list", "list", "")]
    public void A_line_is_a_command_with_its_arguments_wherever_options_stand(string line, string command, string arguments)
    {
        var parsed = Parse(line);
        Assert.Equal(command, parsed.Command?.Name);
        Assert.Equal(arguments, string.Join(' ', parsed.Arguments));
    }

    [Theory]
    [InlineData("lst", "UnknownCommand", "`colophon list`")]
    [InlineData("config", "UnknownCommand", "`colophon config show`")]
    [InlineData("frobnicate", "UnknownCommand", "--help")]
    [InlineData("list --jsn", "UnknownOption", "'--json'")]
    [InlineData("show", "MissingArgument", "colophon show ")]
    [InlineData("list a", "UnexpectedArgument", "colophon list")]
    [InlineData("show x --type", "OptionValue", "Say which")]
    [InlineData("show x --type --json", "OptionValue", "Say which")]
    [InlineData("show x --type=", "OptionValue", "Say which")]
    [InlineData("apply x --task --yes", "OptionValue", "by its number")]
    [InlineData("show x --type=pear", "OptionValue", "change, spec")]
    [InlineData("list --json=yes", "OptionValue", null)]
    [InlineData("completion csh", "OptionValue", "bash, zsh, fish, pwsh")]
    [InlineData("apply --task=", "OptionValue", "Only this task")]
    [InlineData("audit log -nx5 -q", "UnknownOption", "--help")]
    [InlineData("audit entries -n 1", "UnknownCommand", "`colophon audit log`")]
    [InlineData("audit -n 1", "UnknownCommand", "`colophon audit log`")]
    [InlineData("frobnicate --help", "UnknownCommand", "--help")]
    [InlineData("lst --help", "UnknownCommand", "`colophon list`")]
    public void A_wrong_line_is_a_usage_error_that_says_what_was_meant(string line, string error, string? hint)
    {
        var thrown = Assert.Throws<CliException>(() => Parse(line));
        Assert.Equal(error, thrown.Error.ToString());
        Assert.Equal(ExitCode.Usage, thrown.ExitCode);
        if (hint is not null)
            Assert.Contains(hint, thrown.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit log -n5", "5")]
    [InlineData("audit log -n 5", "5")]
    [InlineData("audit log --limit=5", "5")]
    public void A_value_may_follow_its_letter_at_once(string line, string value) => Assert.Equal(value, Parse(line).Value(new OptionSpec("--limit", "")));

    [Fact]
    public void Help_asks_for_nothing_else() => Assert.True(Parse("show --help").Has(GlobalOptions.Help));

    [Fact]
    public void The_last_value_of_an_option_counts() => Assert.Equal("b", Parse("apply --model a --model=b").Value(new OptionSpec("--model", "")));

    [Fact]
    public void Any_words_are_a_line_or_a_usage_error() =>
        Prop.ForAll<string[]>(static words =>
        {
            string[] known = ["list", "show", "--json", "-C", "--", "-", "--type", "=", "--type=spec", "apply", ""];
            var line = (words ?? []).Select(w => w is { Length: > 0 } ? (w[0] % 3 == 0 ? w : known[w[0] % known.Length]) : "").ToArray();
            try
            {
                return CommandLineParser.Parse(CommandList.All, line) is not null;
            }
            catch (CliException e)
            {
                return e.ExitCode == ExitCode.Usage;
            }
        }).QuickCheckThrowOnFailure();

    private static ParsedLine Parse(string line) => CommandLineParser.Parse(CommandList.All, line.Split(' '));
}
