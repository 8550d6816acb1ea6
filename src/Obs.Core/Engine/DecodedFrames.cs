using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Frames kept as they were decoded on another thread.</summary>
/// <remarks>Engine thread.</remarks>
internal sealed class DecodedFrames : RehearsedFrames
{
    private const int SlotLevels = 2_048;

    private readonly MarketEvent[] _events = new MarketEvent[Slots];
    private readonly BookLevel[] _levels = GC.AllocateArray<BookLevel>(Slots * SlotLevels, pinned: true);
    private readonly int[] _counts = new int[Slots];

    /// <inheritdoc/>
    public override void Play(int slot, RecordLoop loop, FrameSuccession succession)
    {
        MarketEvent e = _events[slot];
        long receiveNs = succession.Advance();
        succession.Apply(ref e);
        loop.OnDecoded(ref e, _levels.AsSpan(slot * SlotLevels, _counts[slot]), DecodeStatus.Ok, receiveNs, receivedTicks: 0);
    }

    /// <inheritdoc/>
    protected override bool TryCopy(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        Debug.Assert(payload.IsEmpty, "the bytes belong to the decoding thread");
        if (!levels.TryCopyTo(_levels.AsSpan(slot * SlotLevels, SlotLevels)))
            return false;
        (_events[slot], _counts[slot]) = (e, levels.Length);
        return true;
    }
}
