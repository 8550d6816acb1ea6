namespace Obs.Core.Trading;

/// <summary>Whose money an order moves. Numbers are on disk: they only grow.</summary>
internal enum TradingMode : byte
{
    /// <summary>Simulated: matched by the paper venue against the market as recorded.</summary>
    Paper = 0,

    /// <summary>Real orders at the venue; needs explicit arming.</summary>
    Live = 1,
}
