namespace Obs.Core.Market;

/// <summary>A side of the book, and of an order or trade: bid = buy, ask = sell. For a trade it is the side of the taker.</summary>
internal enum Side : byte
{
    /// <summary>Buyers; an order that buys; a trade whose taker bought.</summary>
    Bid = 0,

    /// <summary>Sellers; an order that sells; a trade whose taker sold.</summary>
    Ask = 1,
}
