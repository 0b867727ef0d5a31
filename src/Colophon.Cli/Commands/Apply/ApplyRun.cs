using Colophon.Cli.CommandLine;
using Colophon.Cli.Output;
using Colophon.Engine;
using Colophon.Generation.Review;
using Colophon.Kernel.Errors;

namespace Colophon.Cli.Commands.Apply;

/// <summary>Follows one run to its end and says what to exit with.</summary>
internal static class ApplyRun
{
    /// <summary>Runs it.</summary>
    public static async Task<ExitCode> RunAsync(
        ColophonEngine engine, ApplyRequest request, IReviewer reviewer, Invocation invocation, bool explainContext, CancellationToken cancellationToken)
    {
        var exit = ExitCode.Failed;
        var view = new ApplyView(invocation.Terminal, invocation.Time, asks: !reviewer.IsPolicy);
        await using var _ = view.ConfigureAwait(false);
        await foreach (var happened in engine.ApplyAsync(request, reviewer, cancellationToken).ConfigureAwait(false))
        {
            if (invocation.Json)
                JsonOutput.WriteEvent(invocation.Terminal, writer => EventJson.Write(writer, happened));
            else if (happened is not EngineEvent.ContextChosen || explainContext)
                await view.ShowAsync(happened).ConfigureAwait(false);
            if (happened is EngineEvent.ApplyFinished finished)
                exit = finished.Outcome is ApplyOutcome.Done or ApplyOutcome.NothingToDo ? ExitCode.Done : ExitCode.Failed;
        }

        return exit;
    }
}
