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
    /// <param name="engine">The project.</param>
    /// <param name="request">What is applied.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="invocation">The command line.</param>
    /// <param name="explainContext">Whether to show what the model is given to read.</param>
    /// <param name="stays">Whether the project is there afterwards, so that a run can go on.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    public static async Task<ExitCode> RunAsync(
        ColophonEngine engine, ApplyRequest request, IReviewer reviewer, Invocation invocation, bool explainContext, bool stays, CancellationToken cancellationToken)
    {
        var exit = ExitCode.Failed;
        var view = new ApplyView(invocation.Terminal, invocation.Time, asks: !reviewer.IsPolicy, stays);
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
