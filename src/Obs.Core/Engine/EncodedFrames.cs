using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Frames kept as the bytes they came in: playing one decodes it again.</summary>
/// <remarks>The decoder's thread. A frame that was decoded before changes nothing when it is decoded again.</remarks>
internal sealed class EncodedFrames(RecordDecoder decoder) : RehearsedFrames
{
    private const int SlotBytes = 32 * 1024;

    private readonly byte[] _frames = GC.AllocateArray<byte>(Slots * SlotBytes, pinned: true);
    private readonly int[] _lengths = new int[Slots];
    private readonly VenueId[] _venues = new VenueId[Slots];

    /// <inheritdoc/>
    protected override bool TryCopy(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        if (!payload.TryCopyTo(_frames.AsSpan(slot * SlotBytes, SlotBytes)))
            return false;
        (_lengths[slot], _venues[slot]) = (payload.Length, venue);
        return true;
    }

    /// <inheritdoc/>
    protected override bool Read(int slot, ref MarketEvent e, out ReadOnlySpan<BookLevel> levels)
    {
        DecodeStatus status = decoder.Decode(_venues[slot], _frames.AsSpan(slot * SlotBytes, _lengths[slot]), ref e, out levels);
        Debug.Assert(status == DecodeStatus.Ok, "only decoded frames are kept");
        return status == DecodeStatus.Ok;
    }
}
