using System;
using System.Diagnostics;
using Obs.Core.Disruptor;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The way from the thread that decodes to the thread of the engine: a ring of records, and a circle of levels beside it.</summary>
/// <remarks>One thread fills, one takes. What is written before <see cref="Publish"/> is seen after <see cref="TryTake"/>; slot and levels belong to the
/// taker until <see cref="Release"/>. Order: written ≤ published ≤ taken ≤ released.</remarks>
internal sealed class HandOver
{
    private readonly RingBuffer<DecodedSlot> _ring;
    private readonly SingleProducerSequencer<BusySpinWaitStrategy> _sequencer;
    private readonly EventPoller<DecodedSlot, BusySpinWaitStrategy> _poller;
    private readonly LevelArena _arena;

    /// <summary>An empty hand-over.</summary>
    /// <param name="slots">Records on their way at most, a power of two.</param>
    /// <param name="arena">Room for their levels.</param>
    public HandOver(int slots, LevelArena arena)
    {
        BusySpinWaitStrategy wait = BusySpinWaitStrategy.Create();
        _arena = arena;
        _ring = new RingBuffer<DecodedSlot>(slots);
        _sequencer = new SingleProducerSequencer<BusySpinWaitStrategy>(slots, wait);
        _poller = new EventPoller<DecodedSlot, BusySpinWaitStrategy>(_ring, _sequencer, new SequenceBarrier<BusySpinWaitStrategy>(_sequencer, wait));
        _sequencer.GateBy(_poller.Progress);
    }

    /// <summary>Why nothing is taken any more; null while it is. Any thread.</summary>
    public RingStop? Stopped => _sequencer.Stopped;

    /// <summary>True when everything published was released. Any thread, once nobody publishes any more.</summary>
    public bool IsEmpty => _sequencer.Cursor.Value == _poller.Progress.Value;

    /// <summary>A slot: the filling thread's between claim and publication, the taking thread's between taking and release.</summary>
    public ref DecodedSlot this[long sequence] => ref _ring[sequence];

    /// <summary>Claims the next slot; false while all are in use. Filling thread.</summary>
    /// <exception cref="RingStoppedException">The taking thread has stopped.</exception>
    public bool TryClaim(out long sequence) => _sequencer.TryClaim(1, out sequence);

    /// <summary>Copies a frame's levels to where the slot says; false while there is no room for them. Filling thread, slot claimed.</summary>
    /// <exception cref="RingStoppedException">The taking thread has stopped: no room would ever come.</exception>
    public bool TryWrite(ReadOnlySpan<BookLevel> levels, ref DecodedSlot slot)
    {
        if (_sequencer.Stopped is { } stop)
            throw new RingStoppedException(stop);
        slot.LevelCount = levels.Length;
        return _arena.TryWrite(levels, out slot.LevelsAt);
    }

    /// <summary>Hands a filled slot over. Filling thread.</summary>
    public void Publish(long sequence)
    {
        _ring[sequence].ArenaEnd = _arena.WriteAt;
        _sequencer.Publish(sequence);
    }

    /// <summary>Takes the next slot; false when there is none. Taking thread.</summary>
    public bool TryTake(out long sequence) => _poller.TryNext(out sequence);

    /// <summary>Levels of a taken slot. Taking thread, until its release.</summary>
    public ReadOnlySpan<BookLevel> LevelsOf(in DecodedSlot slot) => _arena.Read(slot.LevelsAt, slot.LevelCount);

    /// <summary>Gives a slot and its levels back. Taking thread.</summary>
    public void Release(long sequence)
    {
        Debug.Assert(sequence == _poller.Progress.Value + 1, "records are given back in their order");
        _arena.FreeThrough(_ring[sequence].ArenaEnd);
        _poller.Advance(sequence);
    }

    /// <summary>The taking thread has failed: from now on claims are refused with this.</summary>
    public void Stop(RingStop stop) => _sequencer.Stop(stop);
}
