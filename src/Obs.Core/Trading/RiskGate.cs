using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>The risk stage of one ledger: every order passes here, or is refused with a reason.</summary>
/// <remarks>Engine thread only; no allocation, no exception. Cancels always pass (they never come here). An order that reduces the position
/// passes every limit, but neither the kill switch nor the quality gate.</remarks>
internal sealed class RiskGate
{
    private const long NsPerDay = 86_400_000_000_000;
    private const int BpsPerWhole = 10_000;

    private readonly Ledger _ledger;
    private readonly OpenOrders _open;
    private readonly OrderRateWindow _rate;
    private readonly TickGrid _ticks;
    private readonly DivisibilityTest _lot;
    private readonly Int128 _minNotional;
    private readonly Int128 _maxNotional;
    private readonly Money _lossLimit;
    private readonly long _maxPosition;
    private readonly int _openLimit;
    private readonly uint _collarBps;
    private readonly bool _isLifted;
    private readonly bool _isShortAllowed;
    private long _highestOrderId;
    private long _dayEndNs;
    private Money _dayStartProfit;

    /// <summary>The gate in front of a ledger.</summary>
    public RiskGate(Instrument instrument, Ledger ledger, RiskOptions options)
    {
        _ledger = ledger;
        _open = ledger.Open;
        _rate = new OrderRateWindow(options.OrdersPerSecond);
        _ticks = new TickGrid(instrument.Ticks);
        _lot = new DivisibilityTest(instrument.Lot.Mantissa);
        _minNotional = ledger.Scale.NotionalAtLeast(ledger.Scale.FromDecimal(instrument.MinOrderValue));
        _maxNotional = options.MaxOrderValue > 0 ? ledger.Scale.NotionalAtMost(ledger.Scale.FromDecimal(options.MaxOrderValue)) : Int128.MaxValue;
        _lossLimit = ledger.Scale.FromDecimal(options.DailyLossLimit);
        _maxPosition = (long)(options.MaxPosition * PowersOfTen.AsDecimal[instrument.SizeDecimals]);
        _openLimit = Math.Min(options.OpenOrders, _open.Capacity);
        _collarBps = (uint)options.PriceCollarBps;
        _isLifted = options.Lifted;
        _isShortAllowed = instrument.ShortAllowed;
    }

    /// <summary>The kill switch: while true every order is refused, also with lifted limits.</summary>
    public bool Killed { get; set; }

    /// <summary>Checks an order. When it passes, it is entered into the ledger's open orders and counted in the rate.</summary>
    /// <returns><see cref="RejectReason.None"/> when it passes.</returns>
    public RejectReason Admit(in OrderRequest order, in RiskView view)
    {
        Debug.Assert(order.Action == RequestAction.Submit, "only new orders are admitted");
        if (Killed)
            return RejectReason.Killed;
        Price reference = ReferencePrice(order, view);
        Int128 notional = Instrument.Notional(reference, order.Size);
        if (!_isLifted)
        {
            RejectReason reason = Check(order, view, reference, notional);
            if (reason != RejectReason.None)
                return reason;
            _rate.Note(view.EngineNs);
        }
        _highestOrderId = Math.Max(_highestOrderId, order.OrderId);
        if (_open.Count < _open.Capacity)
            _open.Add(new OpenOrder { OrderId = order.OrderId, Price = reference, Left = order.Size, Side = order.Side }, notional);
        return RejectReason.None;
    }

    /// <summary>Starts a new UTC day of the loss limit when engine time has passed the old one.</summary>
    public void OnTime(long engineNs, long bidPlusAsk)
    {
        if (engineNs < _dayEndNs)
            return;
        _dayEndNs = ((engineNs / NsPerDay) + 1) * NsPerDay;
        _dayStartProfit = bidPlusAsk == 0 ? _ledger.RealizedPnl - _ledger.FeesPaid : _ledger.NetProfit(bidPlusAsk);
    }

    /// <summary>Reads what the next order will be judged by: nothing changes, and it lies in the caches.</summary>
    public ulong Touch() => unchecked((ulong)(_dayEndNs + _highestOrderId + _open.Count + (long)_dayStartProfit.Units) + _rate.Touch());

    /// <summary>Writes the gate's own state into a snapshot.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteBoolean(Killed);
        writer.WriteInt64(_highestOrderId);
        writer.WriteInt64(_dayEndNs);
        writer.WriteInt128(_dayStartProfit.Units);
        _rate.Save(writer);
    }

    /// <summary>Takes the state of a snapshot.</summary>
    public void Load(SnapshotReader reader)
    {
        Killed = reader.ReadBoolean();
        _highestOrderId = reader.ReadInt64();
        _dayEndNs = reader.ReadInt64();
        _dayStartProfit = new Money(reader.ReadInt128());
        _rate.Load(reader);
    }

    private RejectReason Check(in OrderRequest order, in RiskView view, Price reference, in Int128 notional)
    {
        Debug.Assert(!Killed, "a killed ledger admits nothing, whatever else holds");
        if (view.Quality != BookQuality.Synced)
            return RejectReason.BookNotSynced;
        if (order.OrderId <= _highestOrderId)
            return RejectReason.DuplicateOrderId;
        if (reference.Mantissa <= 0)
            return RejectReason.NoReferencePrice;
        if (order.Type == OrderType.Limit && !_ticks.Holds(order.Price))
            return RejectReason.OffTick;
        if (order.Size.Mantissa <= 0 || !_lot.Divides(order.Size.Mantissa))
            return RejectReason.OffLot;
        if (_open.WouldTradeWithItself(order.Side, FarthestPrice(order)))
            return RejectReason.SelfTrade;
        return IsReducing(order) ? CheckReducing() : CheckLimits(order, view, reference, notional);
    }

    // a reducing order passes the limits, but the list of open orders has an end
    private RejectReason CheckReducing() => _open.Count >= _open.Capacity ? RejectReason.OpenOrderLimit : RejectReason.None;

    private RejectReason CheckLimits(in OrderRequest order, in RiskView view, Price reference, in Int128 notional)
    {
        if (notional < _minNotional)
            return RejectReason.BelowMinimumValue;
        if (notional > _maxNotional)
            return RejectReason.AboveMaximumValue;
        if (IsOutsideCollar(reference, view))
            return RejectReason.OutsideCollar;
        if (!_rate.HasRoom(view.EngineNs))
            return RejectReason.OrderRate;
        if (_open.Count >= _openLimit)
            return RejectReason.OpenOrderLimit;
        if (_maxPosition > 0 && PositionAfter(order) > _maxPosition)
            return RejectReason.PositionLimit;
        if (_lossLimit > Money.Zero && view.HasBothSides && IsLossReached(view))
            return RejectReason.DailyLossLimit;
        return CheckFunds(order, reference, notional);
    }

    private RejectReason CheckFunds(in OrderRequest order, Price reference, in Int128 notional)
    {
        if (!_isShortAllowed && order.Side == Side.Ask)
            return _ledger.PositionMantissa - _open.SellLeft.Mantissa < order.Size.Mantissa ? RejectReason.InsufficientInventory : RejectReason.None;
        Int128 opened = _isShortAllowed ? checked(_open.BuyNotional + _open.SellNotional) : _open.BuyNotional;
        return _ledger.Covers(checked(opened + notional)) || CoversReversal(order, reference, opened) ? RejectReason.None : RejectReason.InsufficientCash;
    }

    // what closes the position needs no funds, and sets those free that the position holds
    private bool CoversReversal(in OrderRequest order, Price reference, in Int128 opened)
    {
        long closing = Closable(order.Side);
        if (!_isShortAllowed || closing <= 0)
            return false;
        Debug.Assert(closing < order.Size.Mantissa, "an order that only closes passes every limit");
        return _ledger.Covers(checked(opened + Instrument.Notional(reference, new Size(order.Size.Mantissa - closing))), closing);
    }

    private bool IsReducing(in OrderRequest order) => order.Size.Mantissa <= Closable(order.Side);

    // what an order of this side could still close: the position less what is offered already; 0 or below where there is nothing
    private long Closable(Side side) =>
        side == Side.Ask ? _ledger.PositionMantissa - _open.SellLeft.Mantissa : -_ledger.PositionMantissa - _open.BuyLeft.Mantissa;

    private long PositionAfter(in OrderRequest order)
    {
        long up = _ledger.PositionMantissa + _open.BuyLeft.Mantissa;
        long down = _ledger.PositionMantissa - _open.SellLeft.Mantissa;
        return order.Side == Side.Bid ? up + order.Size.Mantissa : order.Size.Mantissa - down;
    }

    private bool IsOutsideCollar(Price reference, in RiskView view)
    {
        if (!view.HasBothSides)
            return true;
        Debug.Assert(reference.Mantissa > 0 && view.BestBid.Mantissa >= 0 && view.BestAsk.Mantissa >= 0, "prices are not negative");
        unchecked
        {
            // twice a price has 64 bits unsigned, and each product with the basis points has 128: nothing can wrap
            ulong twiceMid = (ulong)view.BestBid.Mantissa + (ulong)view.BestAsk.Mantissa;
            ulong twicePrice = (ulong)reference.Mantissa * 2;
            ulong twiceDistance = Math.Max(twiceMid, twicePrice) - Math.Min(twiceMid, twicePrice);
            ulong distanceHigh = Math.BigMul(twiceDistance, BpsPerWhole, out ulong distanceLow);
            ulong collarHigh = Math.BigMul(twiceMid, _collarBps, out ulong collarLow);
            return distanceHigh != collarHigh ? distanceHigh > collarHigh : distanceLow > collarLow;
        }
    }

    private bool IsLossReached(in RiskView view) =>
        _ledger.NetProfit(checked(view.BestBid.Mantissa + view.BestAsk.Mantissa)) <= _dayStartProfit - _lossLimit;

    // a market order walks to whatever price there is
    private static Price FarthestPrice(in OrderRequest order) =>
        order.Type == OrderType.Limit ? order.Price : order.Side == Side.Bid ? new Price(long.MaxValue) : default;

    private static Price ReferencePrice(in OrderRequest order, in RiskView view)
    {
        if (order.Type == OrderType.Limit)
            return order.Price;
        if (!view.HasBothSides)
            return default;
        return order.Side == Side.Bid ? view.BestAsk : view.BestBid;
    }
}
