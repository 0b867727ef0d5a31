using Colophon.Agent.Conversations;

namespace Colophon.Agent.Limits;

/// <summary>
/// Notices a model that makes the same call with the same result again and again. Only the last calls count, so a file that is read
/// again much later is no loop; and a successful write starts the count anew, because after it the same test run is a new question.
/// </summary>
internal sealed class LoopDetector(int tellAfter)
{
    /// <summary>How many calls back a repetition still counts.</summary>
    private const int Window = 16;

    /// <summary>How many more repetitions a model gets once it was told.</summary>
    private const int Grace = 2;

    private readonly Queue<(string Tool, string Arguments, string Result)> _recent = new(Window);

    /// <summary>Looks at an answered call.</summary>
    /// <returns>How often it occurred of late, and what is to be done.</returns>
    internal (LoopVerdict Verdict, int Times) Look(AssistantPart.Call call, ToolAnswer answer, bool wrote)
    {
        if (wrote && !answer.IsError)
        {
            _recent.Clear();
            return (LoopVerdict.GoOn, 1);
        }

        var signature = (call.Name, call.Arguments, answer.Text);
        if (_recent.Count == Window)
            _recent.Dequeue();
        _recent.Enqueue(signature);
        var times = _recent.Count(recent => recent == signature);
        return (times == tellAfter ? LoopVerdict.Tell : times >= tellAfter + Grace ? LoopVerdict.Stop : LoopVerdict.GoOn, times);
    }
}

/// <summary>What a repetition asks for.</summary>
internal enum LoopVerdict
{
    /// <summary>Nothing.</summary>
    GoOn,

    /// <summary>The model is told, once.</summary>
    Tell,

    /// <summary>The run ends.</summary>
    Stop,
}
