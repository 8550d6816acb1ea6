using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Bench.Suites.Engine;

/// <summary>Sound orders through the risk stage as the engine calls it, and through the list of rules one writes first.</summary>
/// <remarks>Every admitted order is entered: it counts as exposure, in the rate and in the ids, until it is closed.</remarks>
internal sealed class RiskWorkload
{
    /// <summary>Orders that a gate of <see cref="RunAdmit"/> takes before it must be emptied.</summary>
    public const int Room = 1_000;

    private const long GapNs = 200_000_000;

    private readonly List<(decimal Price, decimal Size, bool IsBuy)> _linqOpen = [];
    private readonly Queue<long> _linqSent = [];
    private readonly Ledger _ledger;
    private readonly RiskGate _gate;
    private readonly int _resting;
    private OrderRequest _order;
    private long _nowNs = 1_700_000_000_000_000_000;
    private long _passed;

    /// <summary>A gate before a ledger with the command line's defaults, and orders resting that stay.</summary>
    /// <param name="resting">Orders that stay open, buys below the market.</param>
    /// <param name="room">Most orders open at once.</param>
    /// <param name="allLimits">Sets the limits that are off by default: largest value, largest position, daily loss.</param>
    public RiskWorkload(int resting = 0, int room = 21, bool allLimits = false)
    {
        if (!DefaultInstruments.Catalog.TryCreate(VenueId.Upbit, "KRW-BTC"u8, out Instrument? instrument))
            throw new InvalidOperationException("KRW-BTC is not in the catalogue; the risk benchmark needs it.");
        RiskOptions options = new() { OpenOrders = room };
        if (allLimits)
            options = options with { MaxOrderValue = 1_000_000m, MaxPosition = 100m, DailyLossLimit = 1_000_000m };
        _ledger = new Ledger(new OrderKey(0, TradingMode.Paper, 0), instrument, 100_000_000m, FeeSchedule.Of(instrument), room);
        _gate = new RiskGate(instrument, _ledger, options);
        _order = new OrderRequest
        {
            Price = new Price((long)(95_000_000 * PowersOfTen.AsDecimal[instrument.PriceDecimals])),
            Size = new Size((long)(0.0001m * PowersOfTen.AsDecimal[instrument.SizeDecimals])),
            Side = Side.Bid,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.Ioc,
            Action = RequestAction.Submit,
        };
        for (int order = 0; order < resting; order++)
        {
            Admit();
            _linqOpen.Add((95_000_000m, 0.0001m, true));
        }
        _resting = resting;
    }

    /// <summary>Admits orders and leaves them open; <see cref="Close"/> empties the list again.</summary>
    public void RunAdmit(int orders)
    {
        for (int order = 0; order < orders; order++)
            Admit();
    }

    /// <summary>Closes everything but the resting orders, from the last one.</summary>
    public void Close()
    {
        while (_ledger.Open.Count > _resting)
            _ledger.Open.RemoveAt(_ledger.Open.Count - 1);
    }

    /// <summary>Admits orders; each is taken off the list of open orders again, as its report does, which is part of the time.</summary>
    public void RunAdmitAndClose(long orders)
    {
        for (long order = 0; order < orders; order++)
        {
            Admit();
            _ledger.Open.RemoveAt(_ledger.Open.Count - 1);
        }
    }

    private void Admit()
    {
        _nowNs += GapNs;
        _order.OrderId++;
        RiskView view = new(_nowNs, BookQuality.Synced, true, new Price(_order.Price.Mantissa - 1), _order.Price);
        RejectReason reason = _gate.Admit(_order, view);
        if (reason != RejectReason.None)
            throw new InvalidOperationException($"The gate refused order {_order.OrderId} of the benchmark: {reason}.");
        _passed++;
    }

    /// <summary>The same rules over decimals and LINQ.</summary>
    public void RunLinq(long orders)
    {
        const decimal price = 95_000_000m, size = 0.0001m, cash = 100_000_000m, fee = 0.0005m;
        decimal mid = price - 0.5m;
        for (long order = 0; order < orders; order++)
        {
            _nowNs += 200_000_000;
            while (_linqSent.Count > 0 && _linqSent.Peek() <= _nowNs - 1_000_000_000)
                _linqSent.Dequeue();
            Func<bool>[] rules =
            [
                () => price % 1_000m == 0,
                () => size > 0 && size % 0.00000001m == 0,
                () => !_linqOpen.Any(own => !own.IsBuy && own.Price <= price),
                () => price * size >= 5_000m,
                () => Math.Abs(price - mid) / mid <= 0.05m,
                () => _linqSent.Count < 8,
                () => _linqOpen.Count < 21,
                () => (_linqOpen.Where(own => own.IsBuy).Sum(own => own.Price * own.Size) + price * size) * (1 + fee) <= cash,
            ];
            if (!rules.All(rule => rule()))
                continue;
            _passed++;
            _linqSent.Enqueue(_nowNs);
            _linqOpen.Add((price, size, true));
            _linqOpen.RemoveAt(_linqOpen.Count - 1);
        }
    }
}
