using Colophon.Agent.Conversations;
using Colophon.Agent.Events;
using Colophon.Tools;

namespace Colophon.Agent.Execution;

/// <summary>Runs the calls of one reply. Whatever happens, each call gets a result: errors, exceptions and cancellation are results too.</summary>
internal sealed class ToolRunner(AgentRun run, AgentTeller teller)
{
    private static readonly ToolResult s_notStarted = ToolResult.Error("Not done: the run was interrupted before this call began.");
    private static readonly ToolResult s_interrupted = ToolResult.Error("Interrupted: the run was stopped while this call ran; it may have done a part of its work.");

    /// <summary>Runs all calls. After a cancellation it still returns a result for each; the caller then ends the run.</summary>
    internal async Task<IReadOnlyList<ToolResult>> RunAsync(IReadOnlyList<AssistantPart.Call> calls, CancellationToken cancellationToken)
    {
        var results = new ToolResult[calls.Count];
        Array.Fill(results, s_notStarted);
        foreach (var batch in CallBatches.Of(calls, run.Tools))
        {
            var (start, count) = batch.GetOffsetAndLength(calls.Count);
            for (var at = start; at < start + count && !cancellationToken.IsCancellationRequested; at += run.MaximumParallelCalls)
                await RunBatchAsync(calls, at, Math.Min(run.MaximumParallelCalls, start + count - at), results, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private async Task RunBatchAsync(IReadOnlyList<AssistantPart.Call> calls, int start, int count, ToolResult[] results, CancellationToken cancellationToken)
    {
        for (var i = start; i < start + count; i++)
            await teller.TellAsync(new AgentEvent.ToolStarted(calls[i]), CancellationToken.None).ConfigureAwait(false);
        if (count == 1)
        {
            results[start] = await InvokeAsync(calls[start], cancellationToken).ConfigureAwait(false);
            await teller.TellAsync(new AgentEvent.ToolFinished(calls[start], results[start]), CancellationToken.None).ConfigureAwait(false);
            return;
        }

        var running = new Dictionary<Task<ToolResult>, int>(count);
        for (var i = start; i < start + count; i++)
        {
            var call = calls[i];
            running.Add(Task.Run(() => InvokeAsync(call, cancellationToken), CancellationToken.None), i);
        }

        await foreach (var done in Task.WhenEach(running.Keys).ConfigureAwait(false))
        {
            var index = running[done];
            results[index] = await done.ConfigureAwait(false);
            await teller.TellAsync(new AgentEvent.ToolFinished(calls[index], results[index]), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<ToolResult> InvokeAsync(AssistantPart.Call call, CancellationToken cancellationToken)
    {
        if (!run.Tools.TryGet(call.Name, out var tool))
            return run.Tools.Unknown(call.Name);
        if (!CallArguments.TryParse(call, out var arguments, out var refusal))
            return ToolResult.Error(refusal);
        using (arguments)
        {
            try
            {
                return ResultText.Bounded(await tool.InvokeAsync(arguments.RootElement, run.Context, cancellationToken).ConfigureAwait(false));
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return s_interrupted;
            }
            catch (Exception e)
            {
                // The message only: a stack trace tells a model nothing, and paths of this machine are not its business.
                return ResultText.Bounded(ToolResult.Error($"'{call.Name}' failed: {e.Message}"));
            }
        }
    }
}
