using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>Both sides of own resting orders and the best market prices they were last tested against.</summary>
/// <remarks>Engine thread only, no allocation.</remarks>
/// <typeparam name="TBook">The book.</typeparam>
internal sealed class RestingOrders<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    /// <summary>Empty sides.</summary>
    public RestingOrders(int capacityPerSide)
    {
        Bids = new OwnOrders(Side.Bid, capacityPerSide);
        Asks = new OwnOrders(Side.Ask, capacityPerSide);
    }

    /// <summary>Own buy orders.</summary>
    public OwnOrders Bids { get; }

    /// <summary>Own sell orders.</summary>
    public OwnOrders Asks { get; }

    /// <summary>Orders of both sides.</summary>
    public int Count => Bids.Count + Asks.Count;

    /// <summary>Sort key of the market's best bid at the last cross test; <see cref="long.MaxValue"/> while there was none.</summary>
    public long SeenBidKey { get; set; } = long.MaxValue;

    /// <summary>Sort key of the market's best ask at the last cross test.</summary>
    public long SeenAskKey { get; set; } = long.MaxValue;

    /// <summary>The orders of one side.</summary>
    public OwnOrders Of(Side side) => side == Side.Bid ? Bids : Asks;

    /// <summary>Finds an order by id; the side is null when it does not rest.</summary>
    public OwnOrders? Find(long orderId, out int index)
    {
        index = Bids.IndexOf(orderId);
        if (index >= 0)
            return Bids;
        index = Asks.IndexOf(orderId);
        return index >= 0 ? Asks : null;
    }

    /// <summary>Adds an order. The first one also fixes what "the best improved" is measured from.</summary>
    public void Add(in PaperOrder order, in TBook book)
    {
        if (Count == 0)
            See(in book);
        Of(order.Side).Add(in order);
        Debug.Assert(Count > 0, "the order rests");
    }

    /// <summary>Remembers the market's best prices.</summary>
    public void See(in TBook book)
    {
        SeenBidKey = BestKey(Side.Bid, in book);
        SeenAskKey = BestKey(Side.Ask, in book);
    }

    /// <summary>Sort key of the market's best price of a side; <see cref="long.MaxValue"/> without one.</summary>
    public static long BestKey(Side side, in TBook book) => book.Has(side) ? PaperOrder.KeyOf(side, book.Best(side)) : long.MaxValue;
}
