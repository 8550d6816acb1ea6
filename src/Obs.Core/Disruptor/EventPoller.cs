using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Disruptor;

/// <summary>A consumer without a thread: its owner looks for events between other work, as the engine does with its intake.</summary>
/// <remarks>One thread. Its <see cref="Progress"/> gates the producers like a processor's. A look that finds nothing costs one load.</remarks>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="TWait">The ring's wait strategy.</typeparam>
internal sealed class EventPoller<T, TWait>
    where T : struct
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly RingBuffer<T> _ring;
    private readonly ISequencer _sequencer;
    private readonly SequenceBarrier<TWait> _barrier;
    private long _next;
    private long _available = Sequence.Initial;

    /// <summary>A poller; register <see cref="Progress"/> as a gate before the first claim.</summary>
    public EventPoller(RingBuffer<T> ring, ISequencer sequencer, SequenceBarrier<TWait> barrier)
    {
        if (ring.Capacity != sequencer.Capacity)
            ThrowHelper.CapacitiesDiffer(ring.Capacity, sequencer.Capacity);
        _ring = ring;
        _sequencer = sequencer;
        _barrier = barrier;
    }

    /// <summary>The last sequence given back with <see cref="Advance"/> or handled by <see cref="Poll"/>.</summary>
    public Sequence Progress { get; } = new();

    /// <summary>Looks for the next event.</summary>
    /// <param name="sequence">Its sequence; read <c>ring[sequence]</c>, then call <see cref="Advance"/>.</param>
    /// <returns>False when there is none now. Asking again without advancing gives the following event.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out long sequence)
    {
        sequence = _next;
        if (_available < sequence && !Look(sequence))
            return false;
        _next = unchecked(sequence + 1);
        return true;
    }

    /// <summary>Gives slots back to the producers: all up to this sequence. Once per batch is enough and cheaper.</summary>
    /// <param name="sequence">A sequence that <see cref="TryNext"/> gave.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(long sequence)
    {
        Debug.Assert(sequence > Progress.Value, "a slot was given back twice");
        Debug.Assert(sequence < _next, "a slot was given back that was not taken");
        Progress.Value = sequence;
        if (TWait.NeedsSignal)
            _sequencer.Signal();
    }

    /// <summary>Handles what is available, at most <paramref name="limit"/> events, and gives the slots back.</summary>
    /// <returns>Events handled; 0 when there were none.</returns>
    /// <remarks>What the handler throws passes through, after the slots before it were given back; the event itself comes again.</remarks>
    public int Poll<THandler>(ref THandler handler, int limit = int.MaxValue)
        where THandler : IEventHandler<T>
    {
        Debug.Assert(limit > 0, "a poll for nothing");
        long first = _next;
        if (_available < first && !Look(first))
            return 0;
        long last = Math.Min(_available, first + limit - 1);
        try
        {
            for (; _next <= last; _next = unchecked(_next + 1))
                handler.OnEvent(ref _ring[_next], _next, _next == last);
        }
        finally
        {
            if (_next > first)
                Advance(_next - 1);
        }
        return (int)(last - first + 1);
    }

    private bool Look(long next)
    {
        _available = _barrier.Available(next);
        return _available >= next;
    }
}
