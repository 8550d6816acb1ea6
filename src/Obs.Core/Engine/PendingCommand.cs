using System.Threading.Tasks;

namespace Obs.Core.Engine;

/// <summary>A command on its way to the engine, and its answer.</summary>
/// <remarks>Made by the thread that asks, answered by the engine's. Whoever passes the answer on first waits until the journal is durable up to its sequence.</remarks>
internal sealed class PendingCommand(EngineCommand command)
{
    private readonly TaskCompletionSource<CommandOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The command.</summary>
    public EngineCommand Command => command;

    /// <summary>The answer; cancelled when the engine stopped before it took the command.</summary>
    public Task<CommandOutcome> Answer => _answer.Task;

    /// <summary>Journal sequence of this command's own record; set before the answer.</summary>
    public long RecordSequence { get; private set; }

    /// <summary>Gives the answer. Engine thread.</summary>
    public void Complete(long recordSequence, in CommandOutcome outcome)
    {
        RecordSequence = recordSequence;
        _answer.TrySetResult(outcome);
    }

    /// <summary>Says that the engine has stopped and there is no answer. Any thread; without effect once there is one.</summary>
    public void Drop() => _answer.TrySetCanceled();
}
