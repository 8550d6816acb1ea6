using System;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading;
using Obs.Core.Diagnostics;
using Obs.Core.Disruptor;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>The split layout: the caller's thread reads and decodes, a thread of its own runs the engine from book to paper venue.</summary>
/// <remarks>Records pass through a ring in their order, so the engine sees exactly what it sees in the fused layout: the same results, bit for bit.
/// The caller's thread is the only one that offers; <see cref="Finish"/> waits until everything offered is processed.</remarks>
internal sealed class SplitLine : IDisposable
{
    private const int Slots = 2_048;
    private const int IdleSpins = 20_000;

    private readonly EngineCore _engine;
    private readonly RecordLoop _loop;
    private readonly RecordDecoder _decoder;
    private readonly RingBuffer<DecodedSlot> _ring = new(Slots);
    private readonly SingleProducerSequencer<BusySpinWaitStrategy> _sequencer;
    private readonly EventPoller<DecodedSlot, BusySpinWaitStrategy> _poller;
    private readonly LevelArena _arena = new();
    private readonly Thread _thread;
    private readonly int _sampleEvery;
    private readonly long _untilSequence;
    private int _framesUntilSample = 1;
    private bool _isFinished;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts the engine's thread.</summary>
    /// <param name="engine">The engine; from now on only that thread touches it.</param>
    /// <param name="loop">Its loop.</param>
    /// <param name="decoder">Decoders, used by the caller's thread.</param>
    /// <param name="untilSequence">Records after this engine sequence are taken and ignored.</param>
    /// <param name="pinToCpu">Core for the engine's thread, or null.</param>
    public SplitLine(EngineCore engine, RecordLoop loop, RecordDecoder decoder, long untilSequence, int? pinToCpu)
    {
        _engine = engine;
        _loop = loop;
        _decoder = decoder;
        _untilSequence = untilSequence;
        _sampleEvery = engine.Options.TimingInterval;
        BusySpinWaitStrategy wait = BusySpinWaitStrategy.Create();
        _sequencer = new SingleProducerSequencer<BusySpinWaitStrategy>(Slots, wait);
        _poller = new EventPoller<DecodedSlot, BusySpinWaitStrategy>(_ring, _sequencer, new SequenceBarrier<BusySpinWaitStrategy>(_sequencer, wait));
        _sequencer.GateBy(_poller.Progress);
        _thread = new Thread(() => Run(pinToCpu)) { Name = "obs engine", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Decode latencies, recorded by the caller's thread.</summary>
    public LatencyHistogram DecodeLatency { get; } = new();

    /// <summary>Bytes the engine's thread allocated; known after <see cref="Finish"/>.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Decodes a record and hands it over; waits while the ring is full. Caller's thread.</summary>
    public void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks)
    {
        long sequence = Claim();
        ref DecodedSlot slot = ref _ring[sequence];
        (slot.Kind, slot.ReceiveNs, slot.ReceivedTicks, slot.IsRequest, slot.LevelCount) = (kind, receiveNs, receivedTicks, false, 0);
        if (kind is RecordKind.VenueFrame or RecordKind.RestAnswer)
            Decode(venue, payload, ref slot);
        else if (kind == RecordKind.Command && !EngineCommand.TryRead(payload, out slot.Command))
            slot.Command = default;
        slot.Settings = _decoder.ReadSettings(kind, payload);
        slot.ArenaEnd = _arena.WriteAt;
        _sequencer.Publish(sequence);
    }

    /// <summary>Hands a script's request over. Caller's thread.</summary>
    /// <param name="request">The request.</param>
    /// <param name="instrument">Its market.</param>
    public void Offer(in OrderRequest request, ushort instrument)
    {
        long sequence = Claim();
        ref DecodedSlot slot = ref _ring[sequence];
        (slot.Request, slot.Event.Instrument, slot.IsRequest, slot.ArenaEnd) = (request, instrument, true, _arena.WriteAt);
        _sequencer.Publish(sequence);
    }

    /// <summary>Waits until everything offered is processed and ends the thread.</summary>
    /// <exception cref="Exception">Whatever stopped the engine's thread.</exception>
    public void Finish()
    {
        Volatile.Write(ref _isFinished, true);
        _thread.Join();
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Volatile.Write(ref _isFinished, true);
        _thread.Join();
    }

    private long Claim()
    {
        long sequence;
        while (!_sequencer.TryClaim(1, out sequence))
        {
            _failure?.Throw();
            Thread.SpinWait(10);
        }
        return sequence;
    }

    private void Decode(VenueId venue, ReadOnlySpan<byte> payload, ref DecodedSlot slot)
    {
        bool isTimed = --_framesUntilSample <= 0;
        long start = isTimed ? Stopwatch.GetTimestamp() : 0;
        slot.Status = _decoder.Decode(venue, payload, ref slot.Event, out ReadOnlySpan<BookLevel> levels);
        slot.LevelsAt = _arena.Write(levels);
        slot.LevelCount = levels.Length;
        if (!isTimed)
            return;
        DecodeLatency.Record(StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start));
        _framesUntilSample = _sampleEvery;
    }

    private void Run(int? pinToCpu)
    {
        try
        {
            if (pinToCpu is { } cpu)
                ThreadAffinity.TryPin(cpu);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Consume();
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        catch (Exception problem) when (problem is InvalidOperationException or JournalException or System.IO.IOException or UnauthorizedAccessException)
        {
            _failure = ExceptionDispatchInfo.Capture(problem);
        }
    }

    private void Consume()
    {
        int idle = 0;
        while (true)
        {
            if (_poller.TryNext(out long sequence))
            {
                Process(ref _ring[sequence]);
                _arena.FreeThrough(_ring[sequence].ArenaEnd);
                _poller.Advance(sequence);
                idle = 0;
                continue;
            }
            if (Volatile.Read(ref _isFinished) && _sequencer.Cursor.Value == _poller.Progress.Value)
                return;
            if (_engine.RunBackgroundSlice())
                continue;
            if (++idle > IdleSpins)
                Thread.Yield();
            else
                Thread.SpinWait(5);
        }
    }

    private void Process(ref DecodedSlot slot)
    {
        if (_engine.Sequence >= _untilSequence)
            return;
        if (slot.IsRequest)
            _loop.OnRequest(slot.Event.Instrument, ref slot.Request);
        else if (slot.Kind is RecordKind.VenueFrame or RecordKind.RestAnswer)
            _loop.OnDecoded(ref slot.Event, _arena.Read(slot.LevelsAt, slot.LevelCount), slot.Status, slot.ReceiveNs, slot.ReceivedTicks);
        else
            _loop.OnOther(slot.Kind, slot.ReceiveNs, slot.Command, slot.Settings);
    }
}
