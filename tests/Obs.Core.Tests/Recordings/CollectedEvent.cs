using System;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Recordings;

/// <summary>A decoded event an import gave on.</summary>
internal sealed record CollectedEvent(MarketEvent Head, BookLevel[] Levels, long ReceiveNs)
{
    /// <summary>Bids as (price, size) mantissas.</summary>
    public (long Price, long Size)[] Bids => [.. Levels.Take(Head.BidCount).Select(static level => (level.Price.Mantissa, level.Size.Mantissa))];

    /// <summary>Asks as (price, size) mantissas.</summary>
    public (long Price, long Size)[] Asks => [.. Levels.Skip(Head.BidCount).Select(static level => (level.Price.Mantissa, level.Size.Mantissa))];

    /// <summary>Reads a record; fails loudly when it is no decoded event.</summary>
    public static CollectedEvent Of(CollectedRecord record)
    {
        if (record.Venue != VenueId.Decoded || !DecodedForm.TryRead(record.Payload, out MarketEvent head, out ReadOnlySpan<BookLevel> levels))
            throw new InvalidOperationException($"a record of {record.Venue} with {record.Payload.Length} bytes is no decoded event");
        return new CollectedEvent(head, levels.ToArray(), record.ReceiveNs);
    }
}
