using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

/// <summary>The rules of the risk stage as one writes them down first: decimals, lists, nothing kept between two orders.</summary>
/// <remarks>Only for markets whose products fit a decimal.</remarks>
internal sealed class NaiveRisk(Instrument market, RiskOptions options, decimal takerFee)
{
    private readonly List<long> _sentNs = [];
    private long _highestId;

    /// <summary>Takes the fee of a value for granted: the planted fault.</summary>
    public bool ForgetsTheFee { get; init; }

    public List<OpenOrder> Open { get; } = [];

    public decimal Cash { get; set; }

    public decimal Cost { get; set; }

    public long Position { get; set; }

    public RejectReason Admit(in OrderRequest order, in RiskView view)
    {
        Price price = order.Type == OrderType.Limit ? order.Price : order.Side == Side.Bid ? view.BestAsk : view.BestBid;
        RejectReason reason = Check(order, price, view);
        if (reason != RejectReason.None)
            return reason;
        _highestId = order.OrderId;
        _sentNs.Add(view.EngineNs);
        Open.Add(new OpenOrder { OrderId = order.OrderId, Price = price, Left = order.Size, Side = order.Side });
        return RejectReason.None;
    }

    private RejectReason Check(OrderRequest order, Price price, RiskView view)
    {
        long size = order.Size.Mantissa;
        if (view.Quality != BookQuality.Synced)
            return RejectReason.BookNotSynced;
        if (order.OrderId <= _highestId)
            return RejectReason.DuplicateOrderId;
        if (price.Mantissa <= 0)
            return RejectReason.NoReferencePrice;
        if (order.Type == OrderType.Limit && price.Mantissa % market.Ticks.StepAt(price).Mantissa != 0)
            return RejectReason.OffTick;
        if (size <= 0 || size % market.Lot.Mantissa != 0)
            return RejectReason.OffLot;
        if (Open.Any(own => own.Side != order.Side && (order.Type == OrderType.Market || (order.Side == Side.Bid ? own.Price <= price : own.Price >= price))))
            return RejectReason.SelfTrade;
        long offered = Open.Where(own => own.Side == order.Side).Sum(static own => own.Left.Mantissa);
        long held = order.Side == Side.Ask ? Position : -Position;
        return held > 0 && size <= held - offered
            ? Open.Count >= options.OpenOrders ? RejectReason.OpenOrderLimit : RejectReason.None
            : Limits(order.Side, price, size, held - offered, view);
    }

    private RejectReason Limits(Side side, Price price, long size, long free, RiskView view)
    {
        decimal value = Value(price.Mantissa, size);
        decimal mid = (view.BestBid.Mantissa + view.BestAsk.Mantissa) / 2m;
        long after = size - free;
        if (value < market.MinOrderValue)
            return RejectReason.BelowMinimumValue;
        if (options.MaxOrderValue > 0 && value > options.MaxOrderValue)
            return RejectReason.AboveMaximumValue;
        if (Math.Abs(price.Mantissa - mid) > mid * options.PriceCollarBps / 10_000)
            return RejectReason.OutsideCollar;
        if (_sentNs.Count(time => time > view.EngineNs - 1_000_000_000) >= options.OrdersPerSecond)
            return RejectReason.OrderRate;
        if (Open.Count >= options.OpenOrders)
            return RejectReason.OpenOrderLimit;
        if (options.MaxPosition > 0 && after > options.MaxPosition * PowersOfTen.AsDecimal[market.SizeDecimals])
            return RejectReason.PositionLimit;
        return Funds(side, price, size, free);
    }

    private RejectReason Funds(Side side, Price price, long size, long free)
    {
        if (!market.ShortAllowed && side == Side.Ask)
            return free < size ? RejectReason.InsufficientInventory : RejectReason.None;
        decimal opened = Open.Where(own => market.ShortAllowed || own.Side == Side.Bid).Sum(own => Value(own.Price.Mantissa, own.Left.Mantissa));
        // what closes a short or long position first needs no funds, and what that part cost is free again
        long closing = market.ShortAllowed ? Math.Max(0, free) : 0;
        decimal held = market.ShortAllowed ? Math.Abs(Cost) : 0;
        decimal all = Value(price.Mantissa, size - closing) + opened + (closing == 0 ? held : held - (held * closing / Math.Abs(Position)));
        decimal fee = ForgetsTheFee ? 0 : all * takerFee;
        return all + fee <= Cash + (market.ShortAllowed ? Cost : 0) ? RejectReason.None : RejectReason.InsufficientCash;
    }

    private decimal Value(long price, long size) => price * (decimal)size / PowersOfTen.AsDecimal[market.PriceDecimals] / PowersOfTen.AsDecimal[market.SizeDecimals];
}
