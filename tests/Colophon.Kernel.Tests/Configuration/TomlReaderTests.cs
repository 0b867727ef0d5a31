using Colophon.Kernel.Configuration.Toml;
using FsCheck;
using FsCheck.Fluent;

namespace Colophon.Kernel.Tests.Configuration;

public sealed class TomlReaderTests
{
    [Theory]
    [InlineData("a = \n", 1, 5)]
    [InlineData("a = 1\nb = 'x\n", 2, 5)]
    [InlineData("a = 1\n\n  a = 2", 3, 3)]
    [InlineData("x = [1,\n 2,\n 3", 3, 3)]
    [InlineData("x = \"\"\"\n\n\\q\"\"\"", 3, 1)]
    [InlineData("[a]\n[a]", 2, 2)]
    [InlineData("a = 1 b = 2", 1, 7)]
    public void An_error_says_where(string text, int line, int column) =>
        Assert.Equal(new TomlPosition(line, column), TomlDocument.Parse(text).Diagnostics[0].Position);

    [Fact]
    public void A_table_defined_twice_names_the_first_and_what_stands_below_counts_nowhere()
    {
        var document = TomlDocument.Parse("[approval]\n[review]\nattempts = 2\n[approval]\nrequired = 1\n");
        Assert.Equal("'approval' is defined already, on line 1.", Assert.Single(document.Diagnostics).Message);
        Assert.Equal(["attempts"], Assert.IsType<TomlValue.Table>(document.Root["review"]).Entries.Select(static entry => entry.Key));
    }

    [Fact]
    public void What_stands_around_an_error_is_read()
    {
        var document = TomlDocument.Parse("a = 1\nb = ?\nc = 3\n");
        Assert.Single(document.Diagnostics);
        Assert.Equal(["a", "c"], document.Root.Entries.Select(static e => e.Key));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Nesting_without_end_is_an_error_and_no_crash(char bracket)
    {
        var unit = bracket == '[' ? "[" : "{a=";
        var text = "a = " + string.Concat(Enumerable.Repeat(unit, 100_000));
        Assert.NotEmpty(TomlDocument.Parse(text).Diagnostics);
    }

    [Fact]
    public void A_text_of_nothing_but_errors_ends_soon() =>
        Assert.InRange(TomlDocument.Parse(string.Concat(Enumerable.Repeat("?\n", 10_000))).Diagnostics.Count, 1, 20);

    [Fact]
    public void Any_string_written_with_escapes_reads_back_the_same() =>
        Prop.ForAll<string>(static s =>
        {
            var expected = string.Concat((s ?? "").EnumerateRunes());
            var escaped = string.Concat(expected.EnumerateRunes().Select(static r => $"\\U{r.Value:X8}"));
            return TomlDocument.Parse($"a = \"{escaped}\"").Root["a"] is TomlValue.Text text && text.Value == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_throws_whatever_the_text() =>
        Prop.ForAll<string[]>(static parts =>
        {
            string[] pieces = ["[", "]", "{", "}", "=", "\"", "'", "'''", "\"\"\"", "\\", "#", ".", ",", "a", "1", "_", "\n", "\r", "\r\n", "\0", "-", "e", ":", "2020-01-01", "\ud800", " "];
            var text = string.Concat((parts ?? []).Select(p => p is { Length: > 0 } ? pieces[p[0] % pieces.Length] + p : pieces[0]));
            return TomlDocument.Parse(text) is not null;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_throws_when_a_valid_file_is_broken_anywhere()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Configuration/Fixtures/broken-anywhere.toml"));
        for (var i = 0; i < text.Length; i++)
        {
            Assert.NotNull(TomlDocument.Parse(text[..i]));
            Assert.NotNull(TomlDocument.Parse(text.Remove(i, 1)));
            Assert.NotNull(TomlDocument.Parse(text.Insert(i, "\"")));
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_told_with_their_line() =>
        Assert.Equal(2, TomlDocument.Parse([(byte)'\n', 0xFF, (byte)'\n']).Diagnostics[0].Position.Line);
}
