using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using Obs.Core.Diagnostics;
using Obs.Core.Disruptor;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>The split layout, live and in replays: the caller's thread (journal stage or reader) decodes, a thread of its own runs the engine from book to paper venue.</summary>
/// <remarks>Records pass through a ring in their order, so the engine sees exactly what it sees in the fused layout: the same results, bit for bit.
/// The caller's thread is the only one that offers; <see cref="Finish"/> waits until everything offered is processed. An engine that throws stops the line:
/// the next offer, or <see cref="Finish"/>, throws with the record's sequence.</remarks>
internal sealed class SplitLine : IEngineLine
{
    private readonly EngineCore _engine;
    private readonly RecordLoop _loop;
    private readonly RecordDecoder _decoder;
    private readonly SplitLineOptions _options;
    private readonly HandOver _records;
    private readonly Sequence _nextDueNs = new();
    private readonly Thread _thread;
    private readonly DecodeTimes _times;
    private readonly DecodeRehearsal? _rehearsal;
    private long _handledSequence;
    private bool _isStarted;
    private bool _isFinished;

    /// <summary>A line; <see cref="Start"/> starts the engine's thread.</summary>
    /// <param name="engine">The engine; once started only that thread touches it.</param>
    /// <param name="loop">Its loop.</param>
    /// <param name="decoder">Decoders, used by the caller's thread.</param>
    /// <param name="options">How it runs.</param>
    public SplitLine(EngineCore engine, RecordLoop loop, RecordDecoder decoder, SplitLineOptions options)
    {
        (_engine, _loop, _decoder, _options) = (engine, loop, decoder, options);
        _records = new HandOver(options.Slots, new LevelArena());
        _times = new DecodeTimes(engine.Timing, Stalls, engine.Options.TimingInterval);
        _nextDueNs.Value = engine.NextDueNs;
        if (options.RehearseEveryNs > 0)
        {
            _loop.RehearseDecoded(options.RehearseEveryNs);
            _rehearsal = new DecodeRehearsal(decoder, options.RehearseEveryNs);
        }
        _thread = new Thread(Run) { Name = "obs engine", IsBackground = true };
    }

    /// <inheritdoc/>
    public string OfferingStage => "obs journal";

    /// <inheritdoc/>
    public long NextDueNs => _nextDueNs.Value;

    /// <inheritdoc/>
    public StallDetector Stalls { get; } = new();

    /// <summary>Bytes the engine's thread allocated; known after <see cref="Finish"/>.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>True when everything offered was processed. The caller's thread, or any while it offers nothing.</summary>
    public bool IsCaughtUp => _records.IsEmpty;

    /// <summary>Frames decoded again in pauses so far. Caller's thread.</summary>
    public long RehearsedDecodes => _rehearsal?.Played ?? 0;

    /// <summary>Starts the engine's thread. What was done to the engine before is seen by it.</summary>
    public SplitLine Start()
    {
        Debug.Assert(!_isStarted, "a line starts once");
        _isStarted = true;
        _thread.Start();
        return this;
    }

    /// <inheritdoc/>
    public void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null)
    {
        long at = Claim();
        ref DecodedSlot slot = ref _records[at];
        (slot.Kind, slot.ReceiveNs, slot.ReceivedTicks, slot.IsRequest, slot.LevelCount) = (kind, receiveNs, receivedTicks, false, 0);
        (slot.Sequence, slot.Waiting) = (sequence, command);
        if (kind is RecordKind.VenueFrame or RecordKind.RestAnswer)
            Decode(venue, payload, ref slot);
        else if (kind == RecordKind.Command && !EngineCommand.TryRead(payload, out slot.Command))
            slot.Command = default;
        slot.Settings = _decoder.ReadSettings(kind, payload);
        slot.Markets = _decoder.Registry.Count;
        Publish(at, command);
    }

    /// <summary>Hands a script's request over. Caller's thread.</summary>
    /// <param name="request">The request.</param>
    /// <param name="instrument">Its market.</param>
    public void Offer(in OrderRequest request, ushort instrument)
    {
        long at = Claim();
        ref DecodedSlot slot = ref _records[at];
        (slot.Request, slot.Event.Instrument, slot.IsRequest, slot.LevelCount, slot.Waiting, slot.Sequence) = (request, instrument, true, 0, null, 0);
        slot.Markets = _decoder.Registry.Count;
        Publish(at, null);
    }

    /// <inheritdoc/>
    public bool RunIdleSlice(long nowTicks)
    {
        _rehearsal?.Run(nowTicks);
        return false;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        Dispose();
        if (_records.Stopped is { } stop)
            throw new RingStoppedException(stop);
    }

    /// <summary>As <see cref="Finish"/>, without a word about failures.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _isFinished, true);
        if (_isStarted)
            _thread.Join();
    }

    private long Claim()
    {
        long at;
        for (int idle = 0; !_records.TryClaim(out at); idle = LoopWaits.After(idle))
            _options.Wait.Pause(idle);
        return at;
    }

    private void Publish(long at, PendingCommand? command)
    {
        _records.Publish(at);
        // an engine that stopped in this moment may have looked through its ring already
        if (command is not null && _records.Stopped is not null)
            command.Drop();
    }

    private void Decode(VenueId venue, ReadOnlySpan<byte> payload, ref DecodedSlot slot)
    {
        long start = _times.Begin();
        slot.Status = _decoder.Decode(venue, payload, ref slot.Event, out ReadOnlySpan<BookLevel> levels);
        for (int idle = 0; !_records.TryWrite(levels, ref slot); idle = LoopWaits.After(idle))
            _options.Wait.Pause(idle);
        _times.End(start);
        if (_rehearsal is not null && slot.Status == DecodeStatus.Ok)
            _rehearsal.Keep(venue, payload, slot.Event);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "whatever the engine throws stops the line and is shown to its owner")]
    private void Run()
    {
        if (_options.PinToCpu is { } cpu)
            ThreadAffinity.TryPin(cpu);
        using StealReader steal = new();
        _engine.Stalls.ReadRunDelayFrom(steal);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Consume();
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        catch (Exception problem)
        {
            Fail(problem);
        }
    }

    // whoever waits for a command that the engine will not come to is told
    private void Fail(Exception problem)
    {
        _records.Stop(problem is RingStoppedException { Stop: { } stop } ? stop : new RingStop(_thread.Name, _handledSequence, problem));
        while (_records.TryTake(out long at))
            _records[at].Waiting?.Drop();
    }

    private void Consume()
    {
        int idle = 0;
        while (true)
        {
            if (_records.TryTake(out long at))
            {
                Process(at);
                idle = 0;
                continue;
            }
            if (Volatile.Read(ref _isFinished) && _records.IsEmpty)
                return;
            if (!Idle(idle))
                _options.Wait.Pause(idle);
            idle = LoopWaits.After(idle);
        }
    }

    private bool Idle(int idle)
    {
        if (!_options.IsPaced)
            return _engine.RunBackgroundSlice();
        long nowTicks = Stopwatch.GetTimestamp();
        // the time since the look before the last records was used, not lost; nor is a pause of our own a stall
        if (idle == 0 || _options.Wait == LoopWait.Sleep)
            _engine.Stalls.OnWorkDone(StopwatchTicks.ToNs(nowTicks));
        else
            _engine.Stalls.OnIdle(StopwatchTicks.ToNs(nowTicks));
        _options.Duties?.WhenIdle();
        return _loop.RunIdleSlice(nowTicks);
    }

    private void Process(long at)
    {
        ref DecodedSlot slot = ref _records[at];
        if (slot.Sequence > 0)
            _handledSequence = slot.Sequence;
        try
        {
            Process(ref slot);
        }
        catch
        {
            slot.Waiting?.Drop();
            throw;
        }
        // before the slot is given back: who has room again sees what fell due
        if (_engine.NextDueNs is long dueNs && dueNs != _nextDueNs.Value)
            _nextDueNs.Value = dueNs;
        _records.Release(at);
    }

    private void Process(ref DecodedSlot slot)
    {
        if (_engine.Sequence >= _options.UntilSequence)
            return;
        _engine.ThrowIfBackgroundStopped();
        if (slot.IsRequest)
            _loop.OnRequest(slot.Event.Instrument, ref slot.Request);
        else if (slot.Kind is RecordKind.VenueFrame or RecordKind.RestAnswer)
            _loop.OnDecoded(ref slot.Event, _records.LevelsOf(slot), slot.Status, slot.ReceiveNs, slot.ReceivedTicks);
        else
            _loop.OnOther(slot.Kind, slot.ReceiveNs, slot.Command, slot.Settings);
        _options.Duties?.AfterRecord(slot.Kind, slot.Sequence, slot.Markets, slot.Waiting);
    }
}
