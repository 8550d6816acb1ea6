using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Frames kept as the bytes they came in: playing one decodes it again.</summary>
/// <remarks>The decoder's thread. A frame that was decoded before changes nothing when it is decoded again.</remarks>
internal sealed class EncodedFrames : RehearsedFrames
{
    private const int SlotBytes = 32 * 1024;

    private readonly byte[] _frames = GC.AllocateArray<byte>(Slots * SlotBytes, pinned: true);
    private readonly int[] _lengths = new int[Slots];
    private readonly VenueId[] _venues = new VenueId[Slots];

    /// <inheritdoc/>
    public override void Play(int slot, RecordLoop loop, FrameSuccession succession) =>
        loop.OnRecord(RecordKind.VenueFrame, _venues[slot], succession.Advance(), BytesOf(slot));

    /// <summary>Decodes a kept frame and forgets the result.</summary>
    public void Decode(int slot, RecordDecoder decoder)
    {
        MarketEvent e = default;
        DecodeStatus status = decoder.Decode(_venues[slot], BytesOf(slot), ref e, out _);
        Debug.Assert(status == DecodeStatus.Ok, "only decoded frames are kept");
    }

    /// <inheritdoc/>
    protected override bool TryCopy(int slot, VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        if (!payload.TryCopyTo(_frames.AsSpan(slot * SlotBytes, SlotBytes)))
            return false;
        (_lengths[slot], _venues[slot]) = (payload.Length, venue);
        return true;
    }

    private ReadOnlySpan<byte> BytesOf(int slot) => _frames.AsSpan(slot * SlotBytes, _lengths[slot]);
}
