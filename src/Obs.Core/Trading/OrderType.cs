namespace Obs.Core.Trading;

/// <summary>How an order's price is given. Numbers are on disk: they only grow.</summary>
internal enum OrderType : byte
{
    /// <summary>Not worse than its price.</summary>
    Limit = 0,

    /// <summary>At whatever the book shows.</summary>
    Market = 1,
}
