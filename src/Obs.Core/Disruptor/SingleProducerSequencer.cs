using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>The sequencer for exactly one producer thread: a claim is an addition and a comparison, a publication is one store.</summary>
/// <remarks>The producer keeps a copy of the slowest consumer's sequence and looks at the real one only when the copy says the ring is full,
/// so most claims touch no line that another core writes. Claims and publications on one thread only; the rest from any.</remarks>
/// <typeparam name="TWait">How the producer waits for room.</typeparam>
internal sealed class SingleProducerSequencer<TWait> : ProducerRoom<TWait>, ISequencer
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly Sequence _cursor = new();
    private readonly long _capacity;
    private ProducerState _producer = new() { Claimed = Sequence.Initial, GatingCache = Sequence.Initial };

    /// <summary>A sequencer for a ring of this many slots.</summary>
    /// <param name="capacity">A power of two, at least 2.</param>
    /// <param name="wait">The ring's wait strategy, shared with its barriers.</param>
    public SingleProducerSequencer(int capacity, TWait wait)
        : base(capacity, wait) => _capacity = capacity;

    /// <inheritdoc cref="ISequencer.Claimed"/>
    public override long Claimed => Volatile.Read(ref _producer.Claimed);

    /// <inheritdoc/>
    public Sequence Cursor => _cursor;

    /// <summary>Claims one slot, waiting for room.</summary>
    /// <returns>Its sequence.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Claim() => ClaimChecked(1);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Claim(int count)
    {
        if (unchecked((ulong)(count - 1L)) >= (ulong)_capacity)
            ThrowHelper.ClaimOutOfRange(count, Capacity);
        return ClaimChecked(count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryClaim(int count, out long last)
    {
        if (unchecked((ulong)(count - 1L)) >= (ulong)_capacity)
            ThrowHelper.ClaimOutOfRange(count, Capacity);
        last = unchecked(_producer.Claimed + count);
        if ((unchecked(last - _capacity) > _producer.GatingCache || Stopped is not null) && !HasRoom(unchecked(last - _capacity)))
            return false;
        _producer.Claimed = last;
        return true;
    }

    /// <summary>Publishes one sequence, or a whole claim by its last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long last)
    {
        Debug.Assert(_cursor.Value < last, "a sequence was published twice");
        Debug.Assert(last <= _producer.Claimed, "a sequence was published that nobody claimed");
        _cursor.Value = last;
        if (TWait.NeedsSignal)
            Signal();
    }

    /// <inheritdoc/>
    public void Publish(long first, long last)
    {
        Debug.Assert(first == _cursor.Value + 1, "a claim was published in part or out of order");
        Publish(last);
    }

    /// <inheritdoc/>
    public long HighestPublished(long first, long last) => last;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ClaimChecked(long count)
    {
        long last = unchecked(_producer.Claimed + count);
        if (unchecked(last - _capacity) > _producer.GatingCache || Stopped is not null)
            Remember(WaitForGate(unchecked(last - _capacity)));
        _producer.Claimed = last;
        return last;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HasRoom(long neededGate)
    {
        if (Stopped is RingStop stop)
            ThrowHelper.Stopped(stop);
        long slowest = SlowestGate(neededGate);
        Remember(slowest);
        return neededGate <= slowest;
    }

    private void Remember(long slowest)
    {
        Debug.Assert(slowest >= _producer.GatingCache, "a consumer went back");
        Debug.Assert(slowest <= _cursor.Value, "a consumer handled what was not published");
        _producer.GatingCache = slowest;
    }
}
