using System;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Keeps decoding warm on a thread of its own while nothing arrives: decodes frames of the past again and forgets the result.</summary>
/// <remarks>Decoding thread, between records only. See <see cref="Rehearsal"/>, which does the same for the engine.</remarks>
internal sealed class DecodeRehearsal
{
    private readonly EncodedFrames _frames = new();
    private readonly RecordDecoder _decoder;
    private readonly long _intervalTicks;
    private long _nextTicks;
    private int _turn;

    /// <summary>A rehearsal without frames yet.</summary>
    /// <param name="decoder">The run's decoders.</param>
    /// <param name="intervalNs">Time between two frames, ns.</param>
    public DecodeRehearsal(RecordDecoder decoder, long intervalNs)
    {
        Debug.Assert(intervalNs > 0, "a rehearsal without a pause would leave no time to look at the intake");
        _decoder = decoder;
        _intervalTicks = StopwatchTicks.FromNs(intervalNs);
    }

    /// <summary>Frames decoded again so far.</summary>
    public long Played { get; private set; }

    /// <summary>Copies a frame now and then, to be decoded again later.</summary>
    public void Keep(VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e)
    {
        if (_frames.SlotFor(e.Kind) is >= 0 and int slot)
            _frames.Keep(slot, venue, payload, e, default);
    }

    /// <summary>Decodes one when it is time.</summary>
    /// <param name="nowTicks">Now, in Stopwatch ticks.</param>
    public void Run(long nowTicks)
    {
        if (nowTicks < _nextTicks)
            return;
        _nextTicks = nowTicks + _intervalTicks;
        _turn = (_turn + 1) & int.MaxValue;
        if (_frames.SlotOf(_turn) is not (>= 0 and int slot))
            return;
        _frames.Decode(slot, _decoder);
        Played++;
    }
}
