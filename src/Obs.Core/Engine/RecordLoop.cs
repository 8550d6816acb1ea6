using System;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings.Cache;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>Gives records to an engine in order, with the timers that fall due before them (docs/decisions/004).</summary>
/// <remarks>Engine thread. A recording lacks timers: they are inserted here. A live run's journal stage inserts them by the same rule and journals them
/// first; they come here as records. A journal of a live run holds them: nothing is inserted.</remarks>
internal sealed class RecordLoop
{
    private readonly EngineCore _engine;
    private readonly RecordDecoder _decoder;
    private readonly bool _insertTimers;
    private readonly FrameSuccession? _succession;
    private Rehearsal? _rehearsal;
    private TimerSchedule _timers;

    /// <summary>A loop around an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="decoder">Decoders with the engine's registry.</param>
    /// <param name="insertTimers">True for recordings outside the compatible mode.</param>
    public RecordLoop(EngineCore engine, RecordDecoder decoder, bool insertTimers)
    {
        _engine = engine;
        _decoder = decoder;
        _insertTimers = insertTimers;
        _timers.OnTime(engine.EngineNs);
    }

    /// <summary>The loop of a rehearsal: around its shadow engine, by the same steps, with other times and ids than its frames came with.</summary>
    internal RecordLoop(EngineCore shadow, RecordDecoder decoder, Rehearsal rehearsal, FrameSuccession succession)
        : this(shadow, decoder, insertTimers: true) => (_rehearsal, _succession) = (rehearsal, succession);

    /// <summary>The engine.</summary>
    public EngineCore Engine => _engine;

    /// <summary>Between records the way from frame to order is kept warm from now on (see <see cref="Rehearsal"/>); for loops that wait for their records.</summary>
    /// <param name="intervalNs">Time between two rehearsed frames, ns.</param>
    public void Rehearse(long intervalNs = Rehearsal.IntervalNs) => _rehearsal = new Rehearsal(_engine, _decoder, new EncodedFrames(), intervalNs);

    /// <summary>The same for a loop whose frames are decoded on another thread: from the book on.</summary>
    /// <param name="intervalNs">Time between two rehearsed frames, ns.</param>
    public void RehearseDecoded(long intervalNs) => _rehearsal = new Rehearsal(_engine, _decoder, new DecodedFrames(), intervalNs);

    /// <summary>What the rehearsal has done so far; nothing without one.</summary>
    public EngineCounters Rehearsed => _rehearsal?.Counters ?? default;

    /// <summary>Does a slice of what can be done before the next record: the model's background part first, then the rehearsal.</summary>
    /// <param name="nowTicks">Now, in Stopwatch ticks.</param>
    /// <returns>True when something was done and more may be waiting.</returns>
    public bool RunIdleSlice(long nowTicks) => _engine.RunBackgroundSlice() || (_rehearsal is { } rehearsal && rehearsal.Run(nowTicks));

    /// <summary>Processes one record: the timers before it, then itself.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="venue">Whose frame it is.</param>
    /// <param name="receiveNs">Its receive time.</param>
    /// <param name="payload">Its bytes, where they lie.</param>
    /// <param name="receivedTicks">When it was received or due, in Stopwatch ticks, for the latency of the whole way; 0 means now.</param>
    public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks = 0)
    {
        PassTimers(receiveNs);
        switch (kind)
        {
            case RecordKind.VenueFrame:
            case RecordKind.RestAnswer:
                OnFrame(venue, receiveNs, payload, receivedTicks);
                break;
            default:
                Dispatch(kind, receiveNs, EngineCommand.TryRead(payload, out EngineCommand command) ? command : default, _decoder.ReadSettings(kind, payload));
                break;
        }
    }

    /// <summary>A record from before the run: its frame, if it is one of depth, builds the book silently. Before the first record, on the same thread.</summary>
    public void Prime(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
    {
        MarketEvent e = default;
        if (kind is not (RecordKind.VenueFrame or RecordKind.RestAnswer))
            PrimeSettings(kind, receiveNs, payload);
        else if (_decoder.Decode(venue, payload, ref e, out ReadOnlySpan<BookLevel> levels) == DecodeStatus.Ok)
            _engine.Prime(ref e, levels, receiveNs);
    }

    /// <summary>The same from the record a cursor stands at.</summary>
    public void PrimeDecoded(in DecodedCursor cursor)
    {
        MarketEvent e = cursor.Event;
        if (!cursor.IsFrame)
            PrimeSettings(cursor.Kind, e.ReceiveNs, cursor.Payload);
        else if (cursor.Status == DecodeStatus.Ok)
            _engine.Prime(ref e, cursor.Levels, e.ReceiveNs);
    }

    // settings recorded before the run are in force in it; they are the only records of that time that take a sequence
    private void PrimeSettings(RecordKind kind, long receiveNs, ReadOnlySpan<byte> payload)
    {
        if (_decoder.ReadSettings(kind, payload) is { } settings)
            OnOther(kind, receiveNs, default, settings);
    }

    /// <summary>Processes the record a cursor stands at: the same as <see cref="OnRecord"/> with the bytes it was decoded from.</summary>
    /// <param name="cursor">A cursor whose markets are those of the engine's registry.</param>
    /// <param name="receivedTicks">As in <see cref="OnRecord"/>.</param>
    public void OnDecoded(in DecodedCursor cursor, long receivedTicks = 0)
    {
        if (!cursor.IsFrame)
        {
            OnRecord(cursor.Kind, cursor.Venue, cursor.Event.ReceiveNs, cursor.Payload, receivedTicks);
            return;
        }
        MarketEvent e = cursor.Event;
        OnDecoded(ref e, cursor.Levels, cursor.Status, e.ReceiveNs, receivedTicks);
    }

    /// <summary>Processes a frame that was decoded on another thread or earlier: the timers before it, then itself.</summary>
    public void OnDecoded(ref MarketEvent e, ReadOnlySpan<BookLevel> levels, DecodeStatus status, long receiveNs, long receivedTicks)
    {
        PassTimers(receiveNs);
        _engine.Timing.BeginFrame(receivedTicks);
        _engine.OnFrame(ref e, levels, status, receiveNs);
        _engine.Timing.EndFrame();
        if (_rehearsal is { } rehearsal && status == DecodeStatus.Ok)
            rehearsal.Keep(VenueId.Decoded, default, e, levels);
    }

    /// <summary>Processes a record without a frame whose command or settings were read on another thread.</summary>
    public void OnOther(RecordKind kind, long receiveNs, in EngineCommand command, EngineSettings? settings)
    {
        PassTimers(receiveNs);
        Dispatch(kind, receiveNs, command, settings);
    }

    /// <summary>Submits a request of a script at its time. Outside the compatible mode it is an input like any other and takes a sequence.</summary>
    public void OnRequest(ushort instrument, ref OrderRequest request)
    {
        PassTimers(request.RequestNs);
        _engine.OnRequest(instrument, ref request);
    }

    /// <summary>Inserts the timers that fall due at or before a moment; runs in which nothing is due are passed in one step.</summary>
    public void PassTimers(long untilNs)
    {
        if (!_insertTimers)
            return;
        while (_timers.TryNext(untilNs, _engine.NextDueNs, out long dueNs))
        {
            if (_timers.RunLength(untilNs, _engine.NextDueNs, out long lastTickNs) is > 1 and long count)
            {
                _engine.OnTimers(count, lastTickNs);
                _timers.OnTime(lastTickNs);
                continue;
            }
            _engine.OnTimer(dueNs);
            _timers.OnTime(dueNs);
        }
        _timers.OnTime(untilNs);
    }

    /// <summary>Inserts only what is due by now, without moving time on: what an idle loop does between records, so that the next one need not.</summary>
    /// <returns>True when a timer was inserted.</returns>
    public bool PassDueTimer(long nowNs)
    {
        if (!_insertTimers || !_timers.TryNext(nowNs, _engine.NextDueNs, out long dueNs))
            return false;
        _engine.OnTimer(dueNs);
        _timers.OnTime(dueNs);
        return true;
    }

    private void Dispatch(RecordKind kind, long receiveNs, in EngineCommand command, EngineSettings? settings)
    {
        if (kind == RecordKind.Timer)
            _engine.OnTimer(receiveNs);
        else if (settings is not null)
            Settle(receiveNs, settings);
        else
            _engine.OnOther(kind, receiveNs, command);
    }

    private void Settle(long receiveNs, EngineSettings settings)
    {
        _engine.OnSettings(receiveNs, settings);
        _rehearsal?.Adopt(settings);
    }

    private void OnFrame(VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks)
    {
        _engine.Timing.BeginFrame(receivedTicks);
        MarketEvent e = default;
        DecodeStatus status = _decoder.Decode(venue, payload, ref e, out ReadOnlySpan<BookLevel> levels);
        _succession?.Apply(ref e);
        _engine.Timing.Stamp(EngineStage.Decode);
        _engine.OnFrame(ref e, levels, status, receiveNs);
        _engine.Timing.EndFrame();
        if (_rehearsal is { } rehearsal && status == DecodeStatus.Ok)
            rehearsal.Keep(venue, payload, e, default);
    }
}
