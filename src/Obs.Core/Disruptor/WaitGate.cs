using System.Diagnostics;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Lets threads sleep until something may have changed, without losing a change (an "event count").</summary>
/// <remarks>A waiter announces itself, then looks at the sequences, then blocks; a publisher moves its sequence, then fences, then looks for waiters.
/// Both steps are fenced, so at least one of the two sees the other (Dekker). A change between announcing and blocking moves the epoch on,
/// and the ticket no longer fits.</remarks>
internal sealed class WaitGate
{
    private readonly object _gate = new();
    private int _waiters;
    private int _epoch;

    /// <summary>One more waiter. Full fence.</summary>
    /// <returns>The ticket for <see cref="Block"/>.</returns>
    public int Announce()
    {
        int waiters = Interlocked.Increment(ref _waiters);
        Debug.Assert(waiters > 0, "a waiter left twice");
        return Volatile.Read(ref _epoch);
    }

    /// <summary>One waiter less.</summary>
    public void Leave()
    {
        int waiters = Interlocked.Decrement(ref _waiters);
        Debug.Assert(waiters >= 0, "a waiter left that never came");
    }

    /// <summary>Sleeps until the gate was opened after the ticket was drawn; leaves.</summary>
    public void Block(int ticket)
    {
        lock (_gate)
        {
            while (_epoch == ticket)
                Monitor.Wait(_gate);
        }
        Leave();
    }

    /// <summary>Wakes all. Nothing but a fence and a load when nobody waits.</summary>
    public void Open()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _waiters) == 0)
            return;
        lock (_gate)
        {
            _epoch = unchecked(_epoch + 1);
            Monitor.PulseAll(_gate);
        }
    }
}
