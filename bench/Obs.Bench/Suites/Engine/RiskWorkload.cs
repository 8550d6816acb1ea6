using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Bench.Suites.Engine;

/// <summary>The same order checked again and again: by the risk gate, and by the list of rules one writes first.</summary>
internal sealed class RiskWorkload
{
    private readonly Ledger _ledger;
    private readonly RiskGate _gate;
    private readonly List<(decimal Price, decimal Size, bool IsBuy)> _open = [];
    private readonly Queue<long> _sent = [];
    private OrderRequest _order;
    private long _nowNs = 1_700_000_000_000_000_000;
    private long _passed;

    /// <summary>A gate before a ledger with the command line's defaults.</summary>
    public RiskWorkload()
    {
        if (!DefaultInstruments.Catalog.TryCreate(VenueId.Upbit, "KRW-BTC"u8, out Instrument? instrument))
            throw new InvalidOperationException("KRW-BTC is not in the catalogue; the risk benchmark needs it.");
        RiskOptions options = new();
        _ledger = new Ledger(new OrderKey(0, TradingMode.Paper, 0), instrument, 10_000_000m, FeeSchedule.Of(instrument), options.OpenOrders);
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
    }

    /// <summary>Orders through the gate; each is taken off the list of open orders again, which is part of the time.</summary>
    public void RunGate(long orders)
    {
        RiskView view = new(0, BookQuality.Synced, true, new Price(_order.Price.Mantissa - 1), _order.Price);
        for (long order = 0; order < orders; order++)
        {
            _nowNs += 200_000_000;
            _order.OrderId++;
            if (_gate.Admit(_order, view with { EngineNs = _nowNs }) == RejectReason.None)
            {
                _passed++;
                _ledger.Open.RemoveAt(0);
            }
        }
        if (_passed == 0)
            throw new InvalidOperationException("The gate refused every order of the benchmark.");
    }

    /// <summary>The same rules over decimals and LINQ.</summary>
    public void RunLinq(long orders)
    {
        const decimal price = 95_000_000m, size = 0.0001m, cash = 10_000_000m, fee = 0.0005m;
        decimal mid = price - 0.5m;
        for (long order = 0; order < orders; order++)
        {
            _nowNs += 200_000_000;
            while (_sent.Count > 0 && _sent.Peek() <= _nowNs - 1_000_000_000)
                _sent.Dequeue();
            Func<bool>[] rules =
            [
                () => price % 1_000m == 0,
                () => size > 0 && size % 0.00000001m == 0,
                () => !_open.Any(own => !own.IsBuy && own.Price <= price),
                () => price * size >= 5_000m,
                () => Math.Abs(price - mid) / mid <= 0.05m,
                () => _sent.Count < 8,
                () => _open.Count < 20,
                () => (_open.Where(own => own.IsBuy).Sum(own => own.Price * own.Size) + price * size) * (1 + fee) <= cash,
            ];
            if (!rules.All(rule => rule()))
                continue;
            _passed++;
            _sent.Enqueue(_nowNs);
            _open.Add((price, size, true));
            _open.RemoveAt(0);
        }
    }
}
