namespace Obs.Core.Simulation;

/// <summary>How the quantity ahead of a resting order is estimated from an aggregated book (Rigtorp 2013, "Estimating order queue position"; the models of hftbacktest 2.4).</summary>
/// <remarks>f = quantity ahead, b = quantity behind, n = <see cref="PaperVenueOptions.QueuePower"/>; P = share of a decrease that lies behind.
/// Numbers are on disk: they only grow.</remarks>
internal enum QueueModel : byte
{
    /// <summary>P = 1: only trades, and the level becoming smaller than f, advance the order. Exact in integers. The careful default.</summary>
    RiskAdverse = 0,

    /// <summary>P = bⁿ / (bⁿ + fⁿ).</summary>
    PowerProb1 = 1,

    /// <summary>P = bⁿ / (b + f)ⁿ.</summary>
    PowerProb2 = 2,

    /// <summary>P = 1 − (f / (f + b))ⁿ.</summary>
    PowerProb3 = 3,

    /// <summary>P = ln(1+b) / (ln(1+b) + ln(1+f)); depends on the unit of quantity.</summary>
    LogProb1 = 4,

    /// <summary>P = ln(1+b) / ln(1+b+f).</summary>
    LogProb2 = 5,
}
