using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>The sequencer for any number of producer threads: a claim is one compare-and-swap, a publication marks each slot with its lap.</summary>
/// <remarks>Slots may be published out of order; consumers stop at the first gap (<see cref="HighestPublished"/>). A claim is made only when there is room,
/// so one that is refused leaves no gap. Contended claims cost 20 to 200 ns. All members from any thread.</remarks>
/// <typeparam name="TWait">How producers wait for room.</typeparam>
internal sealed class MultiProducerSequencer<TWait> : ISequencer
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly Sequence _claimed = new();
    private readonly Sequence _gatingCache = new();
    private readonly int[] _laps;
    private readonly int _mask;
    private readonly int _lapShift;
    private readonly TWait _wait;
    private Sequence[] _gates = [];
    private RingStop? _stopped;

    /// <summary>A sequencer for a ring of this many slots.</summary>
    /// <param name="capacity">A power of two, at least 2.</param>
    /// <param name="wait">The ring's wait strategy, shared with its barriers.</param>
    public MultiProducerSequencer(int capacity, TWait wait)
    {
        if (capacity < 2 || !BitOperations.IsPow2(capacity))
            ThrowHelper.CapacityNotPowerOfTwo(capacity);
        _mask = capacity - 1;
        _lapShift = BitOperations.Log2((uint)capacity);
        _laps = new int[capacity];
        Array.Fill(_laps, -1);
        _wait = wait;
    }

    /// <inheritdoc/>
    public int Capacity => _laps.Length;

    /// <inheritdoc/>
    public Sequence Cursor => _claimed;

    /// <inheritdoc/>
    public RingStop? Stopped => Volatile.Read(ref _stopped);

    /// <summary>Claims one slot, waiting for room.</summary>
    /// <returns>Its sequence.</returns>
    public long Claim() => Claim(1);

    /// <inheritdoc/>
    public long Claim(int count)
    {
        if (unchecked((uint)(count - 1)) > (uint)_mask)
            ThrowHelper.ClaimOutOfRange(count, Capacity);
        for (int attempt = 0; ; attempt = unchecked(attempt + 1) & int.MaxValue)
        {
            int ticket = _wait.Prepare(attempt);
            bool isClaimed = TakeIfRoom(count, out long last);
            RingStop? stop = isClaimed ? null : Stopped;
            if (!isClaimed && stop is null)
            {
                _wait.Wait(attempt, ticket);
                continue;
            }
            _wait.Cancel(attempt);
            if (stop is not null)
                ThrowHelper.Stopped(stop);
            return last;
        }
    }

    /// <inheritdoc/>
    public bool TryClaim(int count, out long last)
    {
        if (unchecked((uint)(count - 1)) > (uint)_mask)
            ThrowHelper.ClaimOutOfRange(count, Capacity);
        if (TakeIfRoom(count, out last))
            return true;
        if (Stopped is RingStop stop)
            ThrowHelper.Stopped(stop);
        return false;
    }

    /// <summary>Publishes one sequence.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long sequence) => Publish(sequence, sequence);

    /// <inheritdoc/>
    public void Publish(long first, long last)
    {
        Debug.Assert(first <= last, "an empty claim was published");
        Debug.Assert(last <= _claimed.Value, "a sequence was published that nobody claimed");
        for (long sequence = first; sequence <= last; sequence = unchecked(sequence + 1))
            Volatile.Write(ref _laps[unchecked((int)sequence) & _mask], LapOf(sequence));
        if (TWait.NeedsSignal)
            _wait.Signal();
    }

    /// <inheritdoc/>
    public long HighestPublished(long first, long last)
    {
        for (long sequence = first; sequence <= last; sequence = unchecked(sequence + 1))
        {
            if (Volatile.Read(ref _laps[unchecked((int)sequence) & _mask]) != LapOf(sequence))
                return sequence - 1;
        }
        return last;
    }

    /// <inheritdoc/>
    public void GateBy(params Sequence[] gates)
    {
        if (_claimed.Value != Sequence.Initial)
            ThrowHelper.AlreadyStarted("Naming gates");
        Volatile.Write(ref _gates, gates);
    }

    /// <inheritdoc/>
    public void Stop(RingStop stop)
    {
        _ = Interlocked.CompareExchange(ref _stopped, stop, null);
        _wait.Signal();
    }

    /// <inheritdoc/>
    public void Signal() => _wait.Signal();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LapOf(long sequence) => unchecked((int)(sequence >> _lapShift));

    // False when the ring is full or stopped. A claim is taken or it is not: whoever is refused leaves no gap behind.
    private bool TakeIfRoom(int count, out long last)
    {
        while (true)
        {
            long claimed = _claimed.Value;
            last = unchecked(claimed + count);
            long neededGate = unchecked(last - Capacity);
            if (Stopped is not null || (neededGate > _gatingCache.Value && !HasRoomNow(neededGate)))
                return false;
            if (_claimed.TryAdvance(claimed, last))
                return true;
        }
    }

    private bool HasRoomNow(long neededGate)
    {
        Sequence[] gates = Volatile.Read(ref _gates);
        if (gates.Length == 0 && neededGate > Sequence.Initial)
            ThrowHelper.NobodyGates(Capacity);
        long slowest = Sequence.MinimumOf(gates, ifNone: Sequence.Initial);
        // Producers may store an older value over a newer one: too small is safe, too large would not be.
        _gatingCache.Value = slowest;
        return neededGate <= slowest;
    }
}
