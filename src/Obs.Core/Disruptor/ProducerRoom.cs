using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>What both sequencers share: who gates the producers, how a producer waits for room, and why the ring was stopped.</summary>
/// <remarks>A base class and no part of its own, so that the look at the stop in every claim is one load.</remarks>
/// <typeparam name="TWait">How producers wait for room.</typeparam>
internal abstract class ProducerRoom<TWait>
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly TWait _wait;
    private Sequence[] _gates = [];
    private RingStop? _stopped;

    /// <summary>Room in a ring of this many slots.</summary>
    /// <param name="capacity">A power of two, at least 2.</param>
    /// <param name="wait">The ring's wait strategy, shared with its barriers.</param>
    protected ProducerRoom(int capacity, TWait wait)
    {
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
            ThrowHelper.CapacityNotPowerOfTwo(capacity);
        Capacity = capacity;
        _wait = wait;
    }

    /// <summary>Number of slots.</summary>
    public int Capacity { get; }

    /// <summary>Highest sequence claimed. Exact when no producer is at work.</summary>
    public abstract long Claimed { get; }

    /// <summary>Why the ring takes no more events; null while it does.</summary>
    public RingStop? Stopped
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _stopped);
    }

    /// <summary>Names the consumers that must have handled a slot before it is used again. Once, before the first claim.</summary>
    public void GateBy(params Sequence[] gates)
    {
        if (Claimed != Sequence.Initial)
            ThrowHelper.AlreadyStarted("Naming gates");
        Volatile.Write(ref _gates, gates);
    }

    /// <summary>Refuses all further claims and wakes everybody. The first reason given stays.</summary>
    public void Stop(RingStop stop)
    {
        _ = Interlocked.CompareExchange(ref _stopped, stop, null);
        _wait.Signal();
    }

    /// <summary>A sequence moved: wakes those who sleep.</summary>
    public void Signal() => _wait.Signal();

    /// <summary>Where the slowest consumer is now.</summary>
    /// <param name="neededGate">Where it must be for the claim in question; below the first sequence nobody needs to gate.</param>
    protected long SlowestGate(long neededGate)
    {
        Sequence[] gates = Volatile.Read(ref _gates);
        if (gates.Length == 0 && neededGate > Sequence.Initial)
            ThrowHelper.NobodyGates(Capacity);
        return Sequence.MinimumOf(gates, ifNone: Sequence.Initial);
    }

    /// <summary>Waits until the slowest consumer has come this far.</summary>
    /// <returns>Where it is then.</returns>
    /// <exception cref="RingStoppedException">The ring is or was stopped.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected long WaitForGate(long neededGate)
    {
        for (int attempt = 0; ; attempt = unchecked(attempt + 1) & int.MaxValue)
        {
            int ticket = _wait.Prepare(attempt);
            long slowest = SlowestGate(neededGate);
            RingStop? stop = Stopped;
            if (stop is null && slowest < neededGate)
            {
                _wait.Wait(attempt, ticket);
                continue;
            }
            _wait.Cancel(attempt);
            if (stop is not null)
                ThrowHelper.Stopped(stop);
            return slowest;
        }
    }
}
