using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>The orders of one ledger that count as exposure, with their running sums.</summary>
/// <remarks>Engine thread only; no allocation after construction. Lookup is linear: the open-order limit keeps the list short.</remarks>
internal sealed class OpenOrders
{
    private readonly OpenOrder[] _orders;
    private readonly MoneyScale _scale;

    /// <summary>Room for a number of orders, valued at a scale.</summary>
    public OpenOrders(int capacity, MoneyScale scale)
    {
        _orders = new OpenOrder[capacity];
        _scale = scale;
    }

    /// <summary>Orders open.</summary>
    public int Count { get; private set; }

    /// <summary>Most orders this list can hold.</summary>
    public int Capacity => _orders.Length;

    /// <summary>Sum of the unexecuted sizes that buy.</summary>
    public Size BuyLeft { get; private set; }

    /// <summary>Sum of the unexecuted sizes that sell.</summary>
    public Size SellLeft { get; private set; }

    /// <summary>Sum of price × unexecuted size of the orders that buy.</summary>
    public Money BuyValue { get; private set; }

    /// <summary>Sum of price × unexecuted size of the orders that sell.</summary>
    public Money SellValue { get; private set; }

    /// <summary>The orders, in order of entry.</summary>
    public ReadOnlySpan<OpenOrder> All => _orders.AsSpan(0, Count);

    /// <summary>Enters an order; the caller has checked <see cref="Capacity"/>.</summary>
    public void Add(in OpenOrder order)
    {
        Debug.Assert(Count < _orders.Length, "the open-order limit was not checked");
        Debug.Assert(order.Left > Size.Zero, "an order without size is no exposure");
        _orders[Count++] = order;
        Adjust(order, order.Left, 1);
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
        Adjust(order, order.Left - left, -1);
        order.Left = left;
        order.State = state;
    }

    /// <summary>Removes an order; the others keep their order.</summary>
    public void RemoveAt(int index)
    {
        Adjust(_orders[index], _orders[index].Left, -1);
        Count--;
        Array.Copy(_orders, index + 1, _orders, index, Count - index);
        Debug.Assert(Count > 0 || (BuyLeft == Size.Zero && SellLeft == Size.Zero && BuyValue == Money.Zero), "an empty list has no exposure");
    }

    /// <summary>True when one of our own orders rests on the other side at a price this order would reach.</summary>
    public bool WouldTradeWithItself(Side side, Price price)
    {
        foreach (ref readonly OpenOrder own in All)
        {
            if (own.Side != side && (side == Side.Bid ? own.Price <= price : own.Price >= price))
                return true;
        }
        return false;
    }

    /// <summary>Writes the orders into a snapshot.</summary>
    public void Save(SnapshotWriter writer) => writer.WriteValues(All);

    /// <summary>Takes the orders of a snapshot into an empty list.</summary>
    public void Load(SnapshotReader reader)
    {
        Debug.Assert(Count == 0, "a snapshot is loaded into a fresh list");
        foreach (OpenOrder order in reader.ReadValues<OpenOrder>())
            Add(order);
    }

    private void Adjust(in OpenOrder order, Size size, int sign)
    {
        Size signed = sign > 0 ? size : new Size(-size.Mantissa);
        if (order.Side == Side.Ask)
        {
            SellLeft += signed;
            SellValue += _scale.Notional(order.Price, signed);
            return;
        }
        BuyLeft += signed;
        BuyValue += _scale.Notional(order.Price, signed);
    }
}
