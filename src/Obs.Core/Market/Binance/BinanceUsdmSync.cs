namespace Obs.Core.Market.Binance;

/// <summary>USD-M futures: drop u &lt; lastUpdateId; first U ≤ lastUpdateId ≤ u; then pu must equal the last u. U is not contiguous here.</summary>
/// <remarks>Two cases the venue's text leaves open are taken because the chain proves them: a first diff whose pu is the snapshot's id itself, and a diff
/// the book has passed already (overlap of two connections), which is ignored instead of forcing a restart.</remarks>
internal sealed class BinanceUsdmSync : BinanceSync
{
    /// <inheritdoc/>
    protected override bool IsInSnapshot(in MarketEvent diff, long snapshotId) => diff.LastUpdateId < snapshotId;

    /// <inheritdoc/>
    protected override bool ReachesOver(in MarketEvent diff, long snapshotId) =>
        (diff.FirstUpdateId <= snapshotId && diff.LastUpdateId >= snapshotId) || diff.PreviousUpdateId == snapshotId;

    /// <inheritdoc/>
    protected override bool IsOlderThanBook(in MarketEvent diff, long bookId) =>
        diff.LastUpdateId < bookId || (diff.LastUpdateId == bookId && diff.PreviousUpdateId != bookId);

    /// <inheritdoc/>
    protected override bool Follows(in MarketEvent diff, long bookId) => diff.PreviousUpdateId == bookId;
}
