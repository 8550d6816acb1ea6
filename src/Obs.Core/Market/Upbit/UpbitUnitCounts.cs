namespace Obs.Core.Market.Upbit;

/// <summary>Levels found on each side of a book.</summary>
/// <param name="Bids">Bids with a size.</param>
/// <param name="Asks">Asks with a size.</param>
internal readonly record struct UpbitUnitCounts(int Bids, int Asks);
