using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>The library's rules once more, written down from hftbacktest's behaviour with lists and decimals, slow and obvious: the other opinion
/// beside the venue's compatible mode. It knows no times; executions and reports are told in order.</summary>
internal sealed class LibraryOracle(QueueModel model, double power, ExchangeModel exchange)
{
    private readonly SortedDictionary<long, long> _bids = new(Comparer<long>.Create(static (a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, long> _asks = [];
    private readonly List<Order> _orders = [];
    private long? _bestBid;
    private long? _bestAsk;

    public List<string> Executions { get; } = [];

    public List<string> Reports { get; } = [];

    public void Level(Side side, long price, long size)
    {
        SortedDictionary<long, long> levels = side == Side.Bid ? _bids : _asks;
        long previous = levels.GetValueOrDefault(price);
        if (size == 0)
            levels.Remove(price);
        else
            levels[price] = size;
        MoveBest(side, price, size);
        foreach (Order order in _orders.Where(o => o.Side == side && o.Price == price))
            order.OnDepth(model, power, previous, size);
        if (size == 0)
            return;
        foreach (Order order in Resting().Where(o => o.Side != side && Reached(o)))
            Fill(order, order.Price, order.Left, FillCause.BestCrossed);
        Sweep();
    }

    public void Print(Side aggressor, long price, long size)
    {
        foreach (Order order in Resting().Where(o => o.Side != aggressor))
        {
            long beyond = order.Side == Side.Bid ? order.Price - price : price - order.Price;
            if (beyond > 0)
                Fill(order, order.Price, order.Left, FillCause.TradedThrough);
            if (beyond != 0)
                continue;
            long executable = order.OnPrint(model, size);
            if (executable > 0)
                Fill(order, order.Price, exchange == ExchangeModel.Partial ? Math.Min(executable, order.Left) : order.Left, FillCause.Queue);
        }
        Sweep();
    }

    public void Submit(long id, Side side, long price, long size, OrderType type, TimeInForce timeInForce)
    {
        Order order = new(id, side, price, size, timeInForce);
        long? best = side == Side.Bid ? _bestAsk : _bestBid;
        bool crosses = best is long b && (type == OrderType.Market || (side == Side.Bid ? price >= b : price <= b));
        if (type == OrderType.Market)
        {
            if (crosses)
                Take(order, exchange == ExchangeModel.NoPartial ? null : side == Side.Bid ? best!.Value + 99 : best!.Value - 100);
            EndTake(order, rests: false);
        }
        else if (!crosses && timeInForce is (TimeInForce.Gtc or TimeInForce.Gtx))
        {
            order.Enter(model, (side == Side.Bid ? _bids : _asks).GetValueOrDefault(price));
            _orders.Add(order);
            Reports.Add($"{id} New {order.Left}");
        }
        else if (!crosses || timeInForce == TimeInForce.Gtx)
        {
            Reports.Add($"{id} Expired {order.Left}");
        }
        else
        {
            TakeWithin(order);
        }
    }

    public void Cancel(long id)
    {
        Order? order = _orders.Find(o => o.Id == id);
        Reports.Add(order is null ? $"{id} CancelRejected 0" : $"{id} Canceled {order.Left}");
        if (order is not null)
            _orders.Remove(order);
    }

    private void TakeWithin(Order order)
    {
        if (exchange == ExchangeModel.NoPartial)
        {
            Take(order, null);
        }
        else if (order.TimeInForce == TimeInForce.Gtc)
        {
            // a buy walks to one tick before its limit, a sell to the limit; what is left is filled at the limit
            Take(order, order.Side == Side.Bid ? order.Price - 1 : order.Price);
            if (order.Left > 0)
                Fill(order, order.Price, order.Left, FillCause.Take);
        }
        else if (order.TimeInForce == TimeInForce.Ioc || Available(order) >= order.Left)
        {
            Take(order, order.Price);
        }
        EndTake(order, rests: false);
    }

    private void EndTake(Order order, bool rests)
    {
        if (order.Left == 0)
            Reports.Add($"{order.Id} Filled 0");
        else if (!rests)
            Reports.Add($"{order.Id} Expired {order.Left}");
    }

    // null: all at the best price
    private void Take(Order order, long? bound)
    {
        foreach ((long price, long size) in Opposite(order).ToArray())
        {
            if (order.Left == 0 || (bound is long b && (order.Side == Side.Bid ? price > b : price < b)))
                return;
            Fill(order, price, bound is null ? order.Left : Math.Min(size, order.Left), FillCause.Take);
        }
    }

    private long Available(Order order) =>
        Opposite(order).Where(l => order.Side == Side.Bid ? l.Key <= order.Price : l.Key >= order.Price).Sum(static l => l.Value);

    private IEnumerable<KeyValuePair<long, long>> Opposite(Order order) => order.Side == Side.Bid
        ? _asks.Where(l => _bestAsk is long best && l.Key >= best)
        : _bids.Where(l => _bestBid is long best && l.Key <= best);

    private void Fill(Order order, long price, long size, FillCause cause)
    {
        order.Left -= size;
        Executions.Add($"{order.Id} {price} {size} {cause}");
        if (cause != FillCause.Take)
            Reports.Add($"{order.Id} {(order.Left == 0 ? ReportKind.Filled : ReportKind.PartiallyFilled)} {order.Left}");
    }

    // better price first, then arrival
    private Order[] Resting() => [.. _orders.OrderBy(static o => o.Side == Side.Bid ? -o.Price : o.Price)];

    private bool Reached(Order order) => order.Side == Side.Bid ? _bestAsk <= order.Price : _bestBid >= order.Price;

    private void Sweep() => _orders.RemoveAll(static o => o.Left == 0);

    private void MoveBest(Side side, long price, long size)
    {
        if (side == Side.Bid)
        {
            if (size == 0 && price == _bestBid)
                _bestBid = FirstOrNull(_bids.Keys.Where(p => p < price));
            if (size > 0 && (_bestBid is null || price > _bestBid))
            {
                _bestBid = price;
                if (_bestAsk <= price)
                    _bestAsk = FirstOrNull(_asks.Keys.Where(p => p > price));
            }
            return;
        }
        if (size == 0 && price == _bestAsk)
            _bestAsk = FirstOrNull(_asks.Keys.Where(p => p > price));
        if (size > 0 && (_bestAsk is null || price < _bestAsk))
        {
            _bestAsk = price;
            if (_bestBid >= price)
                _bestBid = FirstOrNull(_bids.Keys.Where(p => p < price));
        }
    }

    private static long? FirstOrNull(IEnumerable<long> prices)
    {
        foreach (long price in prices)
            return price;
        return null;
    }

    /// <summary>One order with its queue, in units of one lot.</summary>
    private sealed class Order(long id, Side side, long price, long size, TimeInForce timeInForce)
    {
        private double _front;
        private double _traded;

        public long Id => id;

        public Side Side => side;

        public long Price => price;

        public TimeInForce TimeInForce => timeInForce;

        public long Left { get; set; } = size;

        public void Enter(QueueModel model, long shown) => _front = model == QueueModel.RiskAdverse ? shown : shown / 1000.0;

        public long OnPrint(QueueModel model, long print)
        {
            double unit = model == QueueModel.RiskAdverse ? 1 : 0.001;
            double quantity = model == QueueModel.RiskAdverse ? print : print / 1000.0;
            _front -= quantity;
            _traded += quantity;
            long lots = (long)Math.Round(-_front / unit, MidpointRounding.AwayFromZero);
            if (lots > 0)
                _front = 0;
            return lots;
        }

        public void OnDepth(QueueModel model, double power, long before, long after)
        {
            if (model == QueueModel.RiskAdverse)
            {
                _front = Math.Min(_front, after);
                return;
            }
            double previous = before / 1000.0, now = after / 1000.0;
            double decrease = previous - now - _traded;
            _traded = 0;
            if (decrease < 0)
            {
                _front = Math.Min(_front, now);
                return;
            }
            double back = previous - _front;
            double behind = Behind(model, power, _front, back);
            behind = double.IsInfinity(behind) ? 1 : behind;
            double surplus = back - behind * decrease;
            double estimate = _front - (1 - behind) * decrease + (surplus < 0 ? surplus : 0);
            _front = double.IsNaN(estimate) ? now : Math.Min(estimate, now);
        }

        private static double Behind(QueueModel model, double n, double front, double back) => model switch
        {
            QueueModel.PowerProb1 => Math.Pow(back, n) / (Math.Pow(back, n) + Math.Pow(front, n)),
            QueueModel.PowerProb2 => Math.Pow(back, n) / Math.Pow(back + front, n),
            QueueModel.PowerProb3 => 1 - Math.Pow(front / (front + back), n),
            QueueModel.LogProb1 => Math.Log(1 + back) / (Math.Log(1 + back) + Math.Log(1 + front)),
            _ => Math.Log(1 + back) / Math.Log(1 + back + front),
        };
    }
}
