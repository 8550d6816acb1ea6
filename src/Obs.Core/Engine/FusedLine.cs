using System;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The fused layout of a live run: whoever journals a record decodes and processes it, too.</summary>
/// <remarks>Engine thread only.</remarks>
internal sealed class FusedLine : IEngineLine
{
    private readonly EngineCore _engine;
    private readonly RecordDecoder _decoder;
    private readonly RecordLoop _records;
    private readonly LiveDuties _duties;

    /// <summary>A line around an engine; pauses are rehearsed.</summary>
    public FusedLine(EngineCore engine, RecordDecoder decoder, LiveDuties duties)
    {
        (_engine, _decoder, _duties) = (engine, decoder, duties);
        _records = new RecordLoop(engine, decoder, insertTimers: false);
        _records.Rehearse();
    }

    /// <inheritdoc/>
    public string OfferingStage => "obs engine";

    /// <inheritdoc/>
    public long NextDueNs => _engine.NextDueNs;

    /// <inheritdoc/>
    public StallDetector Stalls => _engine.Stalls;

    /// <inheritdoc/>
    public void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null)
    {
        _records.OnRecord(kind, venue, receiveNs, payload, receivedTicks);
        _duties.AfterRecord(kind, sequence, _decoder.Registry.Count, command);
    }

    /// <inheritdoc/>
    public bool RunIdleSlice(long nowTicks)
    {
        Debug.Assert(nowTicks > 0, "the clock has begun");
        _duties.WhenIdle();
        if (_engine.RunBackgroundSlice())
            return true;
        // no reason to stay awake longer: it does not count as work
        _records.RunIdleSlice(nowTicks);
        return false;
    }

    /// <inheritdoc/>
    public void Finish()
    {
        // everything offered was processed when the offer returned
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // no thread, no ring
    }
}
