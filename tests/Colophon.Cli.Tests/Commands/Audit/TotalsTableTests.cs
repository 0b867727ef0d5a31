using Colophon.Cli.Commands.Audit;
using Colophon.Cli.Terminals;
using Colophon.Provenance.Coverage;

namespace Colophon.Cli.Tests.Commands.Audit;

public sealed class TotalsTableTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(30)]
    public void The_share_is_whole_and_no_line_is_too_long(int width)
    {
        using var output = new StringWriter();
        var terminal = new Terminal(output, TextWriter.Null, TextReader.Null, new TerminalTraits { Columns = width });
        TotalsTable.Write(
            terminal, "file",
            [("src/Colophon.Provenance/Attribution/Steps/Somewhere/VeryDeep/ThatIsLong/CommitStep.cs", new LineTotals(123456, 123456, 0, 0)), ("a.py", new LineTotals(10, 1, 9, 0))],
            new LineTotals(123466, 123457, 9, 0));
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.All(lines, l => Assert.True(l.TrimEnd().Length <= width, l));
        Assert.Contains("100.0 %", lines[1], StringComparison.Ordinal);
        Assert.Contains("CommitStep.cs"[^8..], lines[1], StringComparison.Ordinal);
        Assert.Contains(" 10.0 %", lines[2], StringComparison.Ordinal);
    }
}
