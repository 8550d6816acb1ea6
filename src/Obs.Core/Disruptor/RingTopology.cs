using System;
using System.Collections.Generic;
using System.Linq;

namespace Obs.Core.Disruptor;

/// <summary>A ring's processors, who comes after whom, and their threads. It starts them and it stops them.</summary>
/// <remarks>Build, <see cref="Start"/> once, then <see cref="Shutdown"/> (handles everything published) or <see cref="Halt"/> (ends after the current runs). Both throw
/// <see cref="RingStoppedException"/> if a handler had thrown. One owner thread.
/// <code>
/// RingTopology&lt;Tick, BusySpinWaitStrategy&gt; line = new(ring, sequencer, wait);
/// IEventProcessor decode = line.Handle("decode", new Decode());
/// IEventProcessor journal = line.Handle("journal", new Journal());       // beside decode
/// line.After(decode, journal).Handle("book", new Book());                // a diamond's lower half
/// line.Then("output", new Output());                                     // after everything so far
/// </code></remarks>
/// <typeparam name="T">The event.</typeparam>
/// <typeparam name="TWait">How processors wait.</typeparam>
internal sealed class RingTopology<T, TWait> : IDisposable
    where T : struct
    where TWait : struct, IWaitStrategy<TWait>
{
    private readonly RingBuffer<T> _ring;
    private readonly ISequencer _sequencer;
    private readonly TWait _wait;
    private readonly List<ProcessorThread> _threads = []; // a processor comes after all it depends on: it could not name them otherwise
    private readonly HashSet<IEventProcessor> _leaves = [];
    private bool _isStarted;

    /// <summary>A topology without processors.</summary>
    public RingTopology(RingBuffer<T> ring, ISequencer sequencer, TWait wait)
    {
        if (ring.Capacity != sequencer.Capacity)
            ThrowHelper.CapacitiesDiffer(ring.Capacity, sequencer.Capacity);
        _ring = ring;
        _sequencer = sequencer;
        _wait = wait;
    }

    /// <summary>Adds a processor that takes events from the producers.</summary>
    /// <param name="name">Its name in messages and thread lists.</param>
    /// <param name="handler">Its handler; a struct is copied in, see <see cref="BatchEventProcessor{T, THandler, TWait}.Handler"/>.</param>
    /// <param name="pinToCpu">Core to pin its thread to, where the system can; null for any.</param>
    public BatchEventProcessor<T, THandler, TWait> Handle<THandler>(string name, THandler handler, int? pinToCpu = null)
        where THandler : IEventHandler<T> => Add(name, handler, [], pinToCpu);

    /// <summary>Adds a processor after all that nobody comes after yet.</summary>
    public BatchEventProcessor<T, THandler, TWait> Then<THandler>(string name, THandler handler, int? pinToCpu = null)
        where THandler : IEventHandler<T> => Add(name, handler, [.. _leaves], pinToCpu);

    /// <summary>The place after these processors; <see cref="TopologyStage{T, TWait}.Handle"/> adds there.</summary>
    public TopologyStage<T, TWait> After(params IEventProcessor[] processors) => new(this, processors);

    /// <summary>Names the last processors as the producers' gates and starts a thread for each processor.</summary>
    public void Start()
    {
        if (_isStarted)
            ThrowHelper.AlreadyStarted("Start");
        if (_threads.Count == 0)
            ThrowHelper.NoProcessors();
        _isStarted = true;
        _sequencer.GateBy([.. _leaves.Select(static leaf => leaf.Progress)]);
        foreach (ProcessorThread thread in _threads)
            thread.Start();
    }

    /// <summary>Refuses further claims, lets every stage handle all that was published, and waits for the threads.</summary>
    /// <exception cref="RingStoppedException">A handler had thrown: the stages before it are drained, those after it up to the sequence before.</exception>
    /// <exception cref="InvalidOperationException">Something was claimed and not published. Stop the producers first.</exception>
    public void Shutdown()
    {
        _sequencer.Stop(RingStop.ShutDown);
        foreach (ProcessorThread thread in _threads)
        {
            thread.Processor.Finish();
            thread.Join();
        }
        ThrowFailure();
        long claimed = _sequencer.Claimed;
        long handled = Sequence.MinimumOf([.. _leaves.Select(static leaf => leaf.Progress)], ifNone: claimed);
        if (_isStarted && handled < claimed)
            ThrowHelper.NotDrained(handled, claimed);
    }

    /// <summary>Refuses further claims, ends every processor after the run it is in, and waits for the threads.</summary>
    /// <exception cref="RingStoppedException">A handler had thrown.</exception>
    public void Halt()
    {
        EndThreads();
        ThrowFailure();
    }

    /// <summary>As <see cref="Halt"/>, but silent about failures.</summary>
    public void Dispose() => EndThreads();

    /// <summary>Adds a processor after the given ones.</summary>
    internal BatchEventProcessor<T, THandler, TWait> Add<THandler>(string name, THandler handler, IEventProcessor[] after, int? pinToCpu)
        where THandler : IEventHandler<T>
    {
        if (_isStarted)
            ThrowHelper.AlreadyStarted("Adding a processor");
        IEventProcessor? foreign = Array.Find(after, candidate => !_threads.Exists(thread => thread.Processor == candidate));
        if (foreign is not null)
            ThrowHelper.ForeignProcessor(foreign.Name);
        SequenceBarrier<TWait> barrier = new(_sequencer, _wait, [.. after.Select(static processor => processor.Progress)]);
        BatchEventProcessor<T, THandler, TWait> added = new(name, _ring, _sequencer, barrier, handler);
        _leaves.ExceptWith(after);
        _ = _leaves.Add(added);
        _threads.Add(new ProcessorThread(added, pinToCpu));
        return added;
    }

    private void EndThreads()
    {
        _sequencer.Stop(RingStop.ShutDown);
        foreach (ProcessorThread thread in _threads)
            thread.Processor.Halt();
        foreach (ProcessorThread thread in _threads)
            thread.Join();
    }

    private void ThrowFailure()
    {
        foreach (ProcessorThread thread in _threads)
        {
            if (thread.Processor.Failure is RingStop failure)
                ThrowHelper.Stopped(failure);
        }
    }
}
