using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace Obs.Core.Disruptor;

/// <summary>Handles every event of a ring in order, whole available runs at a time.</summary>
/// <remarks>Its progress is published once per run. Runs are cut at a quarter of the ring, so that producers get room while a long run is handled.
/// A handler that throws at sequence n ends the processor with progress n − 1 and stops the ring: nothing is skipped, and claims are refused
/// naming n. Between events it costs a mask, a shift and an increment.</remarks>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="THandler">The handler; a struct to have it inlined.</typeparam>
/// <typeparam name="TWait">How it waits.</typeparam>
internal sealed class BatchEventProcessor<T, THandler, TWait> : PaddedObject, IEventProcessor
    where T : struct
    where THandler : IEventHandler<T>
    where TWait : struct, IWaitStrategy<TWait>
{
    private const int Running = 0, Finishing = 1, Halting = 2;

    private readonly RingBuffer<T> _ring;
    private readonly ISequencer _sequencer;
    private readonly SequenceBarrier<TWait> _barrier;
    private readonly int _runLimit;
    private int _state;
    private THandler _handler;
#pragma warning disable CS0169, IDE0051 // keeps the handler's own fields off the lines of the next object
    private readonly CacheLinePad _after;
#pragma warning restore CS0169, IDE0051

    /// <summary>A processor; <see cref="Run"/> it on a thread.</summary>
    public BatchEventProcessor(string name, RingBuffer<T> ring, ISequencer sequencer, SequenceBarrier<TWait> barrier, THandler handler)
    {
        if (ring.Capacity != sequencer.Capacity)
            ThrowHelper.CapacitiesDiffer(ring.Capacity, sequencer.Capacity);
        Name = name;
        _ring = ring;
        _sequencer = sequencer;
        _barrier = barrier;
        _handler = handler;
        _runLimit = Math.Max(1, ring.Capacity / 4);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Sequence Progress { get; } = new();

    /// <inheritdoc/>
    public RingStop? Failure { get; private set; }

    /// <summary>The handler itself, for its results. Read it when the processor has returned.</summary>
    public ref THandler Handler => ref _handler;

    /// <inheritdoc/>
    public void Run()
    {
        long next = Progress.Value + 1;
        while (Volatile.Read(ref _state) != Halting)
        {
            long available = _barrier.WaitFor(next);
            if (available >= next)
            {
                long last = Math.Min(available, next + _runLimit - 1);
                if (!HandleRun(next, last))
                    return;
                next = last + 1;
            }
            else if (Volatile.Read(ref _state) != Running)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Finish() => EndWith(Finishing);

    /// <inheritdoc/>
    public void Halt() => EndWith(Halting);

    private void EndWith(int state)
    {
        Volatile.Write(ref _state, state);
        _barrier.Alert();
    }

    // A method of its own, called once a run: it is compiled again with what the first runs showed, which a loop that never returns is not.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever a handler throws stops the line and is shown to its owner")]
    private bool HandleRun(long first, long last)
    {
        Debug.Assert(first == Progress.Value + 1, "a run does not begin where the last one ended");
        Debug.Assert(last - first < _ring.Capacity, "a run is longer than the ring");
        RingBuffer<T> ring = _ring;
        long sequence = first;
        try
        {
            for (; sequence < last; sequence = unchecked(sequence + 1))
                _handler.OnEvent(ref ring[sequence], sequence, isEndOfBatch: false);
            _handler.OnEvent(ref ring[last], last, isEndOfBatch: true);
        }
        catch (Exception exception)
        {
            Fail(sequence, exception);
            return false;
        }
        MoveTo(last);
        return true;
    }

    private void MoveTo(long sequence)
    {
        Progress.Value = sequence;
        if (TWait.NeedsSignal)
            _sequencer.Signal();
    }

    private void Fail(long sequence, Exception cause)
    {
        RingStop stop = new(Name, sequence, cause);
        Failure = stop;
        MoveTo(sequence - 1);
        _sequencer.Stop(stop);
    }
}
