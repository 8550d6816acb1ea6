namespace Obs.Core.Market.Binance;

/// <summary>Spot: drop u ≤ lastUpdateId; first U ≤ lastUpdateId + 1 ≤ u; then U ≤ local + 1, older ones ignored.</summary>
/// <remarks>One step is a hair wider than the venue's text: a snapshot at exactly U − 1 of the first kept diff is taken although the text would fetch again.
/// Rule 5 proves it contiguous, and in a quiet market it is the usual case, which a recording cannot fetch again.</remarks>
internal sealed class BinanceSpotSync : BinanceSync
{
    /// <inheritdoc/>
    protected override bool IsInSnapshot(in MarketEvent diff, long snapshotId) => diff.LastUpdateId <= snapshotId;

    /// <inheritdoc/>
    protected override bool ReachesOver(in MarketEvent diff, long snapshotId) => diff.FirstUpdateId <= snapshotId + 1 && diff.LastUpdateId >= snapshotId + 1;

    /// <inheritdoc/>
    protected override bool IsOlderThanBook(in MarketEvent diff, long bookId) => diff.LastUpdateId < bookId;

    /// <inheritdoc/>
    protected override bool Follows(in MarketEvent diff, long bookId) => diff.FirstUpdateId <= bookId + 1;
}
