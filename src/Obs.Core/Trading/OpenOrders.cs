using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>The orders of one ledger that count as exposure, with their running sums and our own best prices.</summary>
/// <remarks>Engine thread only; no allocation after construction. What an admission asks is kept and costs the same for any number of orders;
/// lookup is linear, and so is taking out the order with our best price: the open-order limit keeps the list short.</remarks>
internal sealed class OpenOrders
{
    private const long NoBuy = long.MinValue;
    private const long NoSell = long.MaxValue;

    private readonly OpenOrder[] _orders;
    private long _highestBuy = NoBuy;
    private long _lowestSell = NoSell;

    /// <summary>Room for a number of orders.</summary>
    public OpenOrders(int capacity) => _orders = new OpenOrder[capacity];

    /// <summary>Orders open.</summary>
    public int Count { get; private set; }

    /// <summary>Most orders this list can hold.</summary>
    public int Capacity => _orders.Length;

    /// <summary>Sum of the unexecuted sizes that buy.</summary>
    public Size BuyLeft { get; private set; }

    /// <summary>Sum of the unexecuted sizes that sell.</summary>
    public Size SellLeft { get; private set; }

    /// <summary>Sum of price × unexecuted size of the orders that buy, in units of <see cref="Instrument.Notional"/>.</summary>
    public Int128 BuyNotional { get; private set; }

    /// <summary>Sum of price × unexecuted size of the orders that sell, in units of <see cref="Instrument.Notional"/>.</summary>
    public Int128 SellNotional { get; private set; }

    /// <summary>The orders, in order of entry.</summary>
    public ReadOnlySpan<OpenOrder> All => _orders.AsSpan(0, Count);

    /// <summary>Enters an order; the caller has checked <see cref="Capacity"/>.</summary>
    public void Add(in OpenOrder order) => Add(order, Instrument.Notional(order.Price, order.Left));

    /// <summary>Enters an order whose price × unexecuted size is known already.</summary>
    public void Add(in OpenOrder order, Int128 notional)
    {
        Debug.Assert(Count < _orders.Length, "the open-order limit was not checked");
        Debug.Assert(order.Left > Size.Zero, "an order without size is no exposure");
        Debug.Assert(notional == Instrument.Notional(order.Price, order.Left), "the value of another order");
        if (order.Side == Side.Ask)
        {
            SellLeft += order.Left;
            SellNotional = checked(SellNotional + notional);
            _lowestSell = Math.Min(_lowestSell, order.Price.Mantissa);
        }
        else
        {
            BuyLeft += order.Left;
            BuyNotional = checked(BuyNotional + notional);
            _highestBuy = Math.Max(_highestBuy, order.Price.Mantissa);
        }
        _orders[Count++] = order;
    }

    /// <summary>Index of an order, −1 when it is not open.</summary>
    public int IndexOf(long orderId)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_orders[index].OrderId == orderId)
                return index;
        }
        return -1;
    }

    /// <summary>Changes what is left and the state of an order.</summary>
    public void Update(int index, Size left, OrderState state)
    {
        ref OpenOrder order = ref _orders[index];
        Debug.Assert(left <= order.Left, "an order cannot grow by an execution");
        Reduce(order, order.Left - left);
        order.Left = left;
        order.State = state;
    }

    /// <summary>Removes an order; the others keep their order.</summary>
    public void RemoveAt(int index)
    {
        OpenOrder order = _orders[index];
        Reduce(order, order.Left);
        Count--;
        if (index < Count)
            Array.Copy(_orders, index + 1, _orders, index, Count - index);
        if (order.Price.Mantissa == (order.Side == Side.Ask ? _lowestSell : _highestBuy))
            FindBestOwn(order.Side);
        Debug.Assert(Count > 0 || (BuyLeft == Size.Zero && SellLeft == Size.Zero && BuyNotional == 0 && SellNotional == 0), "an empty list has no exposure");
    }

    /// <summary>True when one of our own orders rests on the other side at a price this order would reach.</summary>
    public bool WouldTradeWithItself(Side side, Price price) =>
        side == Side.Bid ? _lowestSell <= price.Mantissa && _lowestSell != NoSell : _highestBuy >= price.Mantissa && _highestBuy != NoBuy;

    /// <summary>Writes the orders into a snapshot.</summary>
    public void Save(SnapshotWriter writer) => writer.WriteValues(All);

    /// <summary>Takes the orders of a snapshot into an empty list.</summary>
    public void Load(SnapshotReader reader)
    {
        Debug.Assert(Count == 0, "a snapshot is loaded into a fresh list");
        foreach (OpenOrder order in reader.ReadValues<OpenOrder>())
            Add(order);
    }

    private void Reduce(in OpenOrder order, Size size)
    {
        Int128 notional = Instrument.Notional(order.Price, size);
        if (order.Side == Side.Ask)
        {
            SellLeft -= size;
            SellNotional = checked(SellNotional - notional);
            return;
        }
        BuyLeft -= size;
        BuyNotional = checked(BuyNotional - notional);
    }

    private void FindBestOwn(Side side)
    {
        long best = side == Side.Ask ? NoSell : NoBuy;
        foreach (ref readonly OpenOrder own in All)
        {
            if (own.Side == side)
                best = side == Side.Ask ? Math.Min(best, own.Price.Mantissa) : Math.Max(best, own.Price.Mantissa);
        }
        (side == Side.Ask ? ref _lowestSell : ref _highestBuy) = best;
    }
}
