using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>The risk stage of one ledger: every order passes here, or is refused with a reason.</summary>
/// <remarks>Engine thread only; no allocation, no exception. Cancels always pass (they never come here). An order that reduces the position
/// passes every limit, but neither the kill switch nor the quality gate (DESIGN §7.15).</remarks>
internal sealed class RiskGate
{
    private const int FeeShareShift = 6;
    private const long NsPerDay = 86_400_000_000_000;

    private readonly Instrument _instrument;
    private readonly Ledger _ledger;
    private readonly RiskOptions _options;
    private readonly OrderRateWindow _rate;
    private readonly Money _minValue;
    private readonly Money _maxValue;
    private readonly Money _lossLimit;
    private readonly long _maxPosition;
    private long _highestOrderId;
    private long _dayEndNs;
    private Money _dayStartProfit;

    /// <summary>The gate in front of a ledger.</summary>
    public RiskGate(Instrument instrument, Ledger ledger, RiskOptions options)
    {
        _instrument = instrument;
        _ledger = ledger;
        _options = options;
        _rate = new OrderRateWindow(options.OrdersPerSecond);
        _minValue = ledger.Scale.FromDecimal(instrument.MinOrderValue);
        _maxValue = ledger.Scale.FromDecimal(options.MaxOrderValue);
        _lossLimit = ledger.Scale.FromDecimal(options.DailyLossLimit);
        _maxPosition = (long)(options.MaxPosition * PowersOfTen.AsDecimal[instrument.SizeDecimals]);
    }

    /// <summary>The kill switch: while true every order is refused.</summary>
    public bool Killed { get; set; }

    /// <summary>Checks an order. When it passes, it is entered into the ledger's open orders and counted in the rate.</summary>
    /// <returns><see cref="RejectReason.None"/> when it passes.</returns>
    public RejectReason Admit(in OrderRequest order, in RiskView view)
    {
        Debug.Assert(order.Action == RequestAction.Submit, "only new orders are admitted");
        Price reference = ReferencePrice(order, view);
        RejectReason reason = _options.Lifted ? RejectReason.None : Check(order, view, reference);
        if (reason != RejectReason.None)
            return reason;
        _highestOrderId = Math.Max(_highestOrderId, order.OrderId);
        if (!_options.Lifted)
            _rate.Note(view.EngineNs);
        if (_ledger.Open.Count < _ledger.Open.Capacity)
            _ledger.Open.Add(new OpenOrder { OrderId = order.OrderId, Price = reference, Left = order.Size, Side = order.Side });
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

    private RejectReason Check(in OrderRequest order, in RiskView view, Price reference)
    {
        if (Killed)
            return RejectReason.Killed;
        if (view.Quality != BookQuality.Synced)
            return RejectReason.BookNotSynced;
        if (order.OrderId <= _highestOrderId)
            return RejectReason.DuplicateOrderId;
        if (reference.Mantissa <= 0)
            return RejectReason.NoReferencePrice;
        if (order.Type == OrderType.Limit && !_instrument.Ticks.IsOnTick(order.Price))
            return RejectReason.OffTick;
        if (order.Size.Mantissa <= 0 || order.Size.Mantissa % _instrument.Lot.Mantissa != 0)
            return RejectReason.OffLot;
        if (_ledger.Open.WouldTradeWithItself(order.Side, reference))
            return RejectReason.SelfTrade;
        return IsReducing(order) ? CheckReducing() : CheckLimits(order, view, reference);
    }

    // a reducing order passes the limits, but the list of open orders has an end
    private RejectReason CheckReducing() =>
        _ledger.Open.Count >= _ledger.Open.Capacity ? RejectReason.OpenOrderLimit : RejectReason.None;

    private RejectReason CheckLimits(in OrderRequest order, in RiskView view, Price reference)
    {
        Money value = _ledger.Scale.Notional(reference, order.Size);
        if (value < _minValue)
            return RejectReason.BelowMinimumValue;
        if (_maxValue > Money.Zero && value > _maxValue)
            return RejectReason.AboveMaximumValue;
        if (IsOutsideCollar(reference, view))
            return RejectReason.OutsideCollar;
        if (!_rate.HasRoom(view.EngineNs))
            return RejectReason.OrderRate;
        if (_ledger.Open.Count >= _options.OpenOrders || _ledger.Open.Count >= _ledger.Open.Capacity)
            return RejectReason.OpenOrderLimit;
        if (_maxPosition > 0 && PositionAfter(order) > _maxPosition)
            return RejectReason.PositionLimit;
        if (_lossLimit > Money.Zero && view.HasBothSides && LossToday(view) >= _lossLimit)
            return RejectReason.DailyLossLimit;
        return CheckFunds(order, value);
    }

    private RejectReason CheckFunds(in OrderRequest order, Money value)
    {
        if (!_instrument.ShortAllowed)
        {
            if (order.Side == Side.Ask)
                return _ledger.PositionMantissa - _ledger.Open.SellLeft.Mantissa < order.Size.Mantissa ? RejectReason.InsufficientInventory : RejectReason.None;
            return Covers(_ledger.Cash, _ledger.Open.BuyValue + value) ? RejectReason.None : RejectReason.InsufficientCash;
        }
        // futures without leverage: everything that could be open may not be worth more than the equity at cost
        Money equity = _ledger.Cash + _ledger.Cost;
        Money exposure = new(Int128.Abs(_ledger.Cost.Units));
        return Covers(equity, exposure + _ledger.Open.BuyValue + _ledger.Open.SellValue + value) ? RejectReason.None : RejectReason.InsufficientCash;
    }

    // the exact fee costs a 128-bit division; far from the edge a shift that is certainly more than the fee decides the same
    private bool Covers(Money funds, Money value)
    {
        long rate = _ledger.Fees.TakerRate;
        bool isFeeBelowShare = rate >= 0 && rate <= MoneyScale.RateUnit >> FeeShareShift;
        if (isFeeBelowShare && value.Units + (value.Units >> FeeShareShift) + 1 <= funds.Units)
            return true;
        return value + MoneyScale.ExactFee(value, rate) <= funds;
    }

    private bool IsReducing(in OrderRequest order)
    {
        long held = order.Side == Side.Ask ? _ledger.PositionMantissa : -_ledger.PositionMantissa;
        long offered = order.Side == Side.Ask ? _ledger.Open.SellLeft.Mantissa : _ledger.Open.BuyLeft.Mantissa;
        return held > 0 && order.Size.Mantissa <= held - offered;
    }

    private long PositionAfter(in OrderRequest order)
    {
        long up = _ledger.PositionMantissa + _ledger.Open.BuyLeft.Mantissa;
        long down = _ledger.PositionMantissa - _ledger.Open.SellLeft.Mantissa;
        return order.Side == Side.Bid ? up + order.Size.Mantissa : order.Size.Mantissa - down;
    }

    private bool IsOutsideCollar(Price reference, in RiskView view)
    {
        if (!view.HasBothSides)
            return true;
        Int128 twiceMid = (Int128)view.BestBid.Mantissa + view.BestAsk.Mantissa;
        Int128 twiceDistance = Int128.Abs(((Int128)reference.Mantissa * 2) - twiceMid);
        return twiceDistance * 10_000 > twiceMid * _options.PriceCollarBps;
    }

    private Money LossToday(in RiskView view)
    {
        Money profit = _ledger.NetProfit(checked(view.BestBid.Mantissa + view.BestAsk.Mantissa));
        return _dayStartProfit - profit;
    }

    private static Price ReferencePrice(in OrderRequest order, in RiskView view)
    {
        if (order.Type == OrderType.Limit)
            return order.Price;
        if (!view.HasBothSides)
            return default;
        return order.Side == Side.Bid ? view.BestAsk : view.BestBid;
    }
}
