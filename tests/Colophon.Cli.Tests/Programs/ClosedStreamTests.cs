using Colophon.Cli.Errors;
using Colophon.Cli.Terminals;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Tests.Programs;

/// <summary>Streams that nobody reads any more.</summary>
public sealed class ClosedStreamTests
{
    [Fact]
    public void An_interruption_that_cannot_be_told_is_no_crash()
    {
        var gone = new Gone();
        var terminal = new Terminal(gone, gone, TextReader.Null, new TerminalTraits());
        Assert.Equal(ExitCode.Interrupted, ErrorReport.Write(terminal, new OperationCanceledException(), ["watch"], interrupted: true, trace: false));
        Assert.Equal(ExitCode.InputOutput, ErrorReport.Write(terminal, new IOException("gone"), ["watch"], interrupted: false, trace: true));
    }

    private sealed class Gone : StringWriter
    {
        public override void Flush() => throw new IOException("Nobody reads the output any more.");

        public override void WriteLine(string? value) => Flush();
    }
}
