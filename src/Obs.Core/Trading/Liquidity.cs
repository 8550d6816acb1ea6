namespace Obs.Core.Trading;

/// <summary>Whether an execution took liquidity or gave it. Numbers are on disk: they only grow.</summary>
internal enum Liquidity : byte
{
    /// <summary>No execution.</summary>
    None = 0,

    /// <summary>The order rested and was hit.</summary>
    Maker = 1,

    /// <summary>The order took.</summary>
    Taker = 2,
}
