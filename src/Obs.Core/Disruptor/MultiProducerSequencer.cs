using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>The sequencer for any number of producer threads: a claim is one compare-and-swap, a publication marks each slot with its lap.</summary>
/// <remarks>Slots may be published out of order; consumers stop at the first gap (<see cref="HighestPublished"/>). A claim is made only when there is room,
/// so one that is refused leaves no gap. All members from any thread.</remarks>
/// <typeparam name="TWait">How producers wait for room.</typeparam>
internal sealed class MultiProducerSequencer<TWait> : ProducerRoom<TWait>, ISequencer
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly Sequence _claimed = new();
    private readonly Sequence _gatingCache = new();
    private readonly int[] _laps;
    private readonly int _mask;
    private readonly int _lapShift;

    /// <summary>A sequencer for a ring of this many slots.</summary>
    /// <param name="capacity">A power of two, at least 2.</param>
    /// <param name="wait">The ring's wait strategy, shared with its barriers.</param>
    public MultiProducerSequencer(int capacity, TWait wait)
        : base(capacity, wait)
    {
        _mask = capacity - 1;
        _lapShift = BitOperations.Log2((uint)capacity);
        _laps = new int[capacity];
        Array.Fill(_laps, -1);
    }

    /// <inheritdoc cref="ISequencer.Claimed"/>
    public override long Claimed => _claimed.Value;

    /// <inheritdoc/>
    public Sequence Cursor => _claimed;

    /// <summary>Claims one slot, waiting for room.</summary>
    /// <returns>Its sequence.</returns>
    public long Claim() => Claim(1);

    /// <inheritdoc/>
    public long Claim(int count)
    {
        long last;
        while (!TryClaim(count, out last))
            _gatingCache.Value = WaitForGate(unchecked(last - Capacity)); // another producer may be faster: then it waits again
        return last;
    }

    /// <inheritdoc/>
    public bool TryClaim(int count, out long last)
    {
        if (unchecked((uint)(count - 1)) > (uint)_mask)
            ThrowHelper.ClaimOutOfRange(count, Capacity);
        while (true)
        {
            if (Stopped is RingStop stop)
                ThrowHelper.Stopped(stop);
            long claimed = _claimed.Value;
            last = unchecked(claimed + count);
            long neededGate = unchecked(last - Capacity);
            if (neededGate > _gatingCache.Value && !HasRoomNow(neededGate))
                return false;
            if (_claimed.TryAdvance(claimed, last))
                return true;
        }
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
            Signal();
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LapOf(long sequence) => unchecked((int)(sequence >> _lapShift));

    private bool HasRoomNow(long neededGate)
    {
        long slowest = SlowestGate(neededGate);
        // Producers may store an older value over a newer one: too small is safe, too large would not be.
        _gatingCache.Value = slowest;
        return neededGate <= slowest;
    }
}
