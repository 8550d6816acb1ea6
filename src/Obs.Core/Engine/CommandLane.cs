using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace Obs.Core.Engine;

/// <summary>Commands on their way to the journal: a lane of their own, so that a ring full of frames never holds up a kill.</summary>
/// <remarks>Any thread offers; the journal's writer looks here before it takes each frame, for the price of one read. The moment of taking is the
/// command's place in the order, as for every record.</remarks>
internal sealed class CommandLane
{
    private readonly ConcurrentQueue<PendingCommand> _waiting = new();
    private int _count;
    private int _isKilled;
    private int _killsWaiting;
    private bool _isClosed;

    /// <summary>The kill gate: true from the moment a kill is offered, before its record exists, until a release is in force. Read it at the last step before a wire.</summary>
    public bool IsKillRaised => Volatile.Read(ref _killsWaiting) != 0 || Volatile.Read(ref _isKilled) != 0;

    /// <summary>Offers a command. Any thread; never blocks.</summary>
    public PendingCommand Offer(in EngineCommand command)
    {
        PendingCommand pending = new(command);
        if (command.Kind == EngineCommandKind.Kill)
            Interlocked.Increment(ref _killsWaiting);
        _waiting.Enqueue(pending);
        Interlocked.Increment(ref _count);
        if (Volatile.Read(ref _isClosed))
            DropAll();
        return pending;
    }

    /// <summary>Takes the next command. The journal's writer.</summary>
    public bool TryTake([NotNullWhen(true)] out PendingCommand? command)
    {
        command = null;
        if (Volatile.Read(ref _count) == 0 || !_waiting.TryDequeue(out command))
            return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Puts the gate where the engine's state is, after a restart. A kill that waits keeps it raised.</summary>
    public void SetGate(bool isKilled) => Volatile.Write(ref _isKilled, isKilled ? 1 : 0);

    /// <summary>A command is in force: from now on the gate follows the engine's state for it. A release does not lower it while a later kill waits. Engine thread.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isKilled">The engine's state after it.</param>
    public void Settle(PendingCommand command, bool isKilled)
    {
        // first the state, then the waiting kill: between the two the gate stays raised
        SetGate(isKilled);
        if (command.Command.Kind == EngineCommandKind.Kill)
            Interlocked.Decrement(ref _killsWaiting);
    }

    /// <summary>The engine has stopped: what waits, and what still comes, is dropped.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        DropAll();
    }

    private void DropAll()
    {
        while (TryTake(out PendingCommand? command))
            command.Drop();
    }
}
