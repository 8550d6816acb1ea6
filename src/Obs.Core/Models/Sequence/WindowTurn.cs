using System.Diagnostics;
using System.Threading;
using Obs.Core.Disruptor;

namespace Obs.Core.Models.Sequence;

/// <summary>Who may work on the windows of a session now: the engine's thread, the background thread, or nobody yet.</summary>
/// <remarks>The background thread takes a turn only while the engine does not want one, and gives it back after the item it is in, so the engine waits
/// for one item at most, or for as long as the system keeps the background thread from running. Taking costs a compare-and-swap; a row
/// whose halves are ready takes no turn at all.</remarks>
internal sealed class WindowTurn
{
    private const long Free = 0, OfBackground = 1, OfEngine = 2;
    private const int SpinsBeforeYield = 200;

    private PaddedLong _owner;
    private PaddedLong _wanted;

    /// <summary>Whether the engine waits for a turn. Background thread: between two items.</summary>
    public bool IsWanted => Volatile.Read(ref _wanted.Value) != 0;

    /// <summary>Takes a turn for the background thread; false when the engine has it or wants it.</summary>
    public bool TryTakeForBackground() => !IsWanted && Interlocked.CompareExchange(ref _owner.Value, OfBackground, Free) == Free;

    /// <summary>Takes the turn for the engine; waits until the background thread has given it back.</summary>
    public void TakeForEngine()
    {
        Debug.Assert(Volatile.Read(ref _owner.Value) != OfEngine, "the engine takes one turn at a time");
        Volatile.Write(ref _wanted.Value, 1);
        int spins = 0;
        while (Interlocked.CompareExchange(ref _owner.Value, OfEngine, Free) != Free)
        {
            // on a machine with too few cores the other thread may need this one to come to its end
            if (++spins < SpinsBeforeYield)
                SpinHint.Pause();
            else
                Thread.Yield();
        }
        Volatile.Write(ref _wanted.Value, 0);
    }

    /// <summary>Gives the turn back; what was written before is seen by the next owner.</summary>
    public void Release()
    {
        Debug.Assert(Volatile.Read(ref _owner.Value) != Free, "a turn was given back that nobody had");
        Volatile.Write(ref _owner.Value, Free);
    }
}
