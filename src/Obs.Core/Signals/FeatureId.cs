namespace Obs.Core.Signals;

/// <summary>A feature of one row. Numbers are on disk (snapshots, output log) and index <see cref="FeatureRow"/>: they only grow.</summary>
/// <remarks>0–5 are the six of the first product, 6–18 the "compact 13". The names in files stand in <see cref="FeatureNames"/>.
/// q, p = size and price of the best level, b = bid, a = ask, m = (pb + pa) / 2; bp = 1e-4; windows end at the row, on receive time.</remarks>
internal enum FeatureId : byte
{
    /// <summary><c>spread</c>: best ask − best bid, in quote currency.</summary>
    Spread = 0,

    /// <summary><c>mid_price</c>: (best ask + best bid) / 2, in quote currency.</summary>
    MidPrice = 1,

    /// <summary><c>obi</c>: (total bid size − total ask size) / their sum; the venue's totals, or the best levels where it sends none.</summary>
    OrderBookImbalance = 2,

    /// <summary><c>price_volatility</c>: sample standard deviation (n−1) of the last w trade prices, in quote currency.</summary>
    PriceVolatility = 3,

    /// <summary><c>buy_sell_ratio</c>: share of trades whose taker bought among the last w.</summary>
    BuySellRatio = 4,

    /// <summary><c>price_change_rate</c>: (max − min) / max of the last w trade prices.</summary>
    PriceChangeRate = 5,

    /// <summary><c>imb1</c>: queue imbalance (qb − qa) / (qb + qa) (Gould and Bonart, arXiv 1512.03492).</summary>
    QueueImbalance = 6,

    /// <summary><c>micro</c>: size-weighted mid (pb·qa + pa·qb) / (qa + qb) less m, over m, in bp.</summary>
    MicroPrice = 7,

    /// <summary><c>cimb3</c>: imbalance of the sums of the best 3 levels a side.</summary>
    DepthImbalance3 = 8,

    /// <summary><c>cimb5</c>: imbalance of the sums of the best 5 levels a side.</summary>
    DepthImbalance5 = 9,

    /// <summary><c>depthskew5</c>: mean of the volume-weighted prices of 5 bids and 5 asks less m, over m, in bp.</summary>
    DepthSkew5 = 10,

    /// <summary><c>ofi1_5s</c>: order-flow imbalance of the best level over 5 s, over its mean depth of 300 s (Cont, Kukanov, Stoikov 2014).</summary>
    OrderFlow5S = 11,

    /// <summary><c>ofi1_30s</c>: the same over 30 s.</summary>
    OrderFlow30S = 12,

    /// <summary><c>ret1s</c>: ln m(t) / m(t − 1 s), in bp.</summary>
    Return1S = 13,

    /// <summary><c>ret5s</c>: ln m(t) / m(t − 5 s), in bp.</summary>
    Return5S = 14,

    /// <summary><c>lastdir</c>: sign of the last change of m, −1 or 1.</summary>
    LastDirection = 15,

    /// <summary><c>spread_bp</c>: spread over m, in bp.</summary>
    SpreadBp = 16,

    /// <summary><c>tfi5s</c>: (bought − sold) / (bought + sold) size of the trades of 5 s; 0 when there was none.</summary>
    TradeFlow5S = 17,

    /// <summary><c>signedvol5s</c>: sgn(V)·ln(1 + |V|), V = bought − sold size of 5 s in base currency.</summary>
    SignedVolume5S = 18,
}
