namespace Obs.Core.Market.Binance;

/// <summary>Frames whose beginning is worth knowing: short ones, of which there are many.</summary>
internal enum BinanceHeadKind : byte
{
    /// <summary><c>u</c> before the symbol, then prices and sizes.</summary>
    BookTicker = 0,

    /// <summary><c>E</c> and the id <c>t</c>; the match time stands behind the size.</summary>
    SpotTrade = 1,

    /// <summary><c>E</c>, <c>T</c> and the id <c>t</c>.</summary>
    FuturesTrade = 2,
}
