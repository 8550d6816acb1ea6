using System;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Gives journal records to an engine in order, inserting the timers a recording lacks (DESIGN §7.8).</summary>
/// <remarks>Engine thread. Used at any pace and for the fused layout; the split layout decodes on another thread and uses <see cref="PassTimers"/> alike.</remarks>
internal sealed class RecordLoop
{
    private readonly EngineCore _engine;
    private readonly RecordDecoder _decoder;
    private readonly bool _insertTimers;
    private TimerSchedule _timers;

    /// <summary>A loop around an engine.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="decoder">Decoders with the engine's registry.</param>
    /// <param name="insertTimers">True for recordings outside the compatible mode; journals of a live run hold their timers.</param>
    public RecordLoop(EngineCore engine, RecordDecoder decoder, bool insertTimers)
    {
        _engine = engine;
        _decoder = decoder;
        _insertTimers = insertTimers;
        _timers.OnTime(engine.EngineNs);
    }

    /// <summary>Processes one record: the timers before it, then itself.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="payload">Its bytes, where they lie.</param>
    /// <param name="receivedTicks">When it was received or due, in Stopwatch ticks, for the latency of the whole way; 0 means now.</param>
    public void OnRecord(in RecordHeader header, ReadOnlySpan<byte> payload, long receivedTicks = 0)
    {
        PassTimers(header.ReceiveNs);
        switch (header.Kind)
        {
            case RecordKind.VenueFrame:
            case RecordKind.RestAnswer:
                OnFrame(header, payload, receivedTicks);
                break;
            case RecordKind.Timer:
                _engine.OnTimer(header.ReceiveNs);
                break;
            default:
                _engine.OnOther(header.Kind, header.ReceiveNs, payload);
                break;
        }
    }

    /// <summary>Inserts the timers that fall due at or before a moment; runs in which nothing is due are passed in one step.</summary>
    public void PassTimers(long untilNs)
    {
        if (!_insertTimers)
            return;
        while (_timers.TryNext(untilNs, _engine.NextDueNs, out long dueNs))
        {
            long count = _timers.RunLength(untilNs, _engine.NextDueNs, out long lastTickNs);
            if (count > 1)
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

    private void OnFrame(in RecordHeader header, ReadOnlySpan<byte> payload, long receivedTicks)
    {
        _engine.Timing.BeginFrame(receivedTicks);
        MarketEvent e = default;
        DecodeStatus status = _decoder.Decode((VenueId)header.Source, payload, ref e, out ReadOnlySpan<BookLevel> levels);
        _engine.Timing.Stamp(EngineStage.Decode);
        _engine.OnFrame(ref e, levels, status, header.ReceiveNs);
        _engine.Timing.EndFrame();
    }
}
