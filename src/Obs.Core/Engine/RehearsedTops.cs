using System;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The best levels of a market after each diff that is kept to be rehearsed: the book it can be played on.</summary>
/// <remarks>Engine thread. No allocation after construction.</remarks>
internal sealed class RehearsedTops
{
    private const int SideLevels = 16;
    private const int SlotLevels = 2 * SideLevels;

    private readonly BookLevel[] _levels = new BookLevel[RehearsedFrames.Books * SlotLevels];
    private readonly int[] _bids = new int[RehearsedFrames.Books];
    private readonly int[] _asks = new int[RehearsedFrames.Books];

    /// <summary>Copies the best levels of a market as they are now.</summary>
    /// <param name="slot">The slot of the diff.</param>
    /// <param name="engine">Whose market it is.</param>
    /// <param name="market">Its index.</param>
    public void Keep(int slot, EngineCore engine, int market)
    {
        Span<BookLevel> levels = _levels.AsSpan(slot * SlotLevels, SlotLevels);
        _bids[slot] = engine.CopyBest(market, Side.Bid, levels[..SideLevels]);
        _asks[slot] = engine.CopyBest(market, Side.Ask, levels.Slice(_bids[slot], SideLevels));
    }

    /// <summary>The market as it was then.</summary>
    /// <param name="slot">The slot of the diff.</param>
    /// <param name="market">Index of the market.</param>
    /// <param name="updateId">The id the book shall stand at.</param>
    /// <param name="levels">Bids, then asks, each best first.</param>
    public MarketEvent Snapshot(int slot, ushort market, long updateId, out ReadOnlySpan<BookLevel> levels)
    {
        levels = _levels.AsSpan(slot * SlotLevels, _bids[slot] + _asks[slot]);
        return new MarketEvent
        {
            Kind = MarketEventKind.Snapshot,
            Instrument = market,
            LastUpdateId = updateId,
            BidCount = _bids[slot],
            AskCount = _asks[slot],
            TotalBidSize = double.NaN,
            TotalAskSize = double.NaN,
        };
    }
}
