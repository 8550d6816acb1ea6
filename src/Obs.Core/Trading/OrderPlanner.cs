using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>Turns a signal into at most one order: moves the position to +size (up), and to 0 on spot or −size on futures (down).</summary>
/// <remarks>Engine thread only; no allocation. While an order of the ledger is open nothing new is planned, so a signal that repeats does not
/// pile up orders. Orders are limit IOC at the opposite best: they take what was seen and never pay more.</remarks>
internal sealed class OrderPlanner
{
    private readonly Instrument _instrument;
    private readonly Ledger _ledger;
    private readonly Size _fixedSize;
    private readonly Int128 _minimumNotional;
    private readonly Int128 _venueMinimum;

    /// <summary>A planner for one ledger.</summary>
    /// <param name="instrument">Its market.</param>
    /// <param name="ledger">Its ledger.</param>
    /// <param name="orderSize">Size of a position; zero = the smallest that the venue takes now and would still take after a fall of 5 %.</param>
    public OrderPlanner(Instrument instrument, Ledger ledger, Size orderSize)
    {
        _instrument = instrument;
        _ledger = ledger;
        _fixedSize = orderSize;
        // a position bought at exactly the minimum could not be sold again after the smallest fall
        _minimumNotional = Units(instrument, instrument.MinOrderValue / 0.95m);
        _venueMinimum = Units(instrument, instrument.MinOrderValue);
    }

    /// <summary>Size of a position at a price: the fixed one, or the smallest that can be bought and sold again.</summary>
    public Size SizeAt(Price price) => _fixedSize.Mantissa > 0 ? _fixedSize : new Size(SmallestSize(price));

    /// <summary>Plans the order for a signal; false when there is nothing to do.</summary>
    public bool TryPlan(SignalDirection direction, in BookLevel bid, in BookLevel ask, ref OrderRequest order)
    {
        if (direction == SignalDirection.None || _ledger.Open.Count > 0)
            return false;
        Price price = direction == SignalDirection.Up ? ask.Price : bid.Price;
        long held = _ledger.PositionMantissa;
        // what is left after a partial fill may be worth less than the venue takes: it counts as nothing until it is sold along with a position
        bool isDust = Instrument.Notional(price, new Size(Math.Abs(held))) < _venueMinimum;
        if (direction == SignalDirection.Up ? held > 0 && !isDust : held < 0 && !isDust)
            return false;
        long target = TargetPosition(direction, price);
        if (target == 0 && (isDust || held <= 0))
            return false;
        long change = target - (isDust ? 0 : held);
        Debug.Assert(change != 0, "an order without size was planned");
        order.Side = change > 0 ? Side.Bid : Side.Ask;
        order.Price = price;
        order.Size = new Size(Math.Abs(change));
        order.Type = OrderType.Limit;
        order.TimeInForce = TimeInForce.Ioc;
        order.Action = RequestAction.Submit;
        order.Key = _ledger.Key;
        return true;
    }

    /// <summary>Reads what the next plan is made from.</summary>
    public ulong Touch() => unchecked((ulong)(_venueMinimum + _fixedSize.Mantissa + _ledger.PositionMantissa));

    private long TargetPosition(SignalDirection direction, Price price)
    {
        if (direction == SignalDirection.Down && !_instrument.ShortAllowed)
            return 0;
        long size = SizeAt(price).Mantissa;
        return direction == SignalDirection.Up ? size : -size;
    }

    private static Int128 Units(Instrument instrument, decimal value) =>
        (Int128)decimal.Ceiling(value * PowersOfTen.AsDecimal[instrument.PriceDecimals] * PowersOfTen.AsDecimal[instrument.SizeDecimals]);

    private long SmallestSize(Price price)
    {
        long lot = _instrument.Lot.Mantissa;
        long needed = (long)((_minimumNotional + price.Mantissa - 1) / price.Mantissa);
        return Math.Max(1, (needed + lot - 1) / lot) * lot;
    }
}
