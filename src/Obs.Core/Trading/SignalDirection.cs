namespace Obs.Core.Trading;

/// <summary>What a strategy wants. Numbers are on disk: they only grow.</summary>
internal enum SignalDirection : sbyte
{
    /// <summary>Sell: a fall is expected.</summary>
    Down = -1,

    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Buy: a rise is expected.</summary>
    Up = 1,
}
