using System;
using System.Linq;
using System.Runtime.InteropServices;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>All that decoding one frame gave: comparable as a whole, printable.</summary>
internal sealed record DecodedFrame(DecodeStatus Status, MarketEvent Event, BookLevel[] Levels)
{
    public static DecodedFrame Of(DecodeStatus status, in MarketEvent e, ReadOnlySpan<BookLevel> levels) =>
        new(status, e, status == DecodeStatus.Ok ? levels[..(e.BidCount + e.AskCount)].ToArray() : []);

    /// <summary>The first difference in words, or null.</summary>
    public string? DifferenceTo(DecodedFrame other)
    {
        if (Status != other.Status)
            return $"status {Status}, expected {other.Status}";
        MarketEvent mine = Event, theirs = other.Event;
        if (!MemoryMarshal.AsBytes(new ReadOnlySpan<MarketEvent>(in mine)).SequenceEqual(MemoryMarshal.AsBytes(new ReadOnlySpan<MarketEvent>(in theirs))))
            return $"event {Describe(mine)}, expected {Describe(theirs)}";
        if (!Levels.AsSpan().SequenceEqual(other.Levels))
            return $"levels {string.Join(' ', Levels.Select(static l => $"{l.Price.Mantissa}×{l.Size.Mantissa}"))}, expected {string.Join(' ', other.Levels.Select(static l => $"{l.Price.Mantissa}×{l.Size.Mantissa}"))}";
        return null;
    }

    private static string Describe(in MarketEvent e) =>
        $"{e.Kind} #{e.Instrument} venue {e.VenueNs} match {e.MatchNs} ids {e.FirstUpdateId}/{e.LastUpdateId}/{e.PreviousUpdateId} totals {e.TotalBidSize:R}/{e.TotalAskSize:R} "
        + $"trade {e.Price.Mantissa}×{e.Size.Mantissa} {e.Aggressor} levels {e.BidCount}+{e.AskCount} flags {e.Flags} seq {e.Sequence} recv {e.ReceiveNs}";
}
