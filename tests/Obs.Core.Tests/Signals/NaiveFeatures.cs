using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>The oracle: keeps the whole history and computes every feature from it by its definition, in decimals, each time it is asked.</summary>
internal sealed class NaiveFeatures(Instrument instrument, int tradeWindow = 30, int obiLevels = 15, bool strictFlow = false)
{
    private readonly List<Frame> _frames = [];
    private readonly List<Print> _trades = [];
    private decimal? _direction;
    private long _firstNs = long.MaxValue;
    private long _clockNs = long.MinValue;
    private Frame? _now;

    private sealed record Frame(long TimeNs, (decimal Price, decimal Size)[] Bids, (decimal Price, decimal Size)[] Asks, decimal Flow)
    {
        public decimal Mid => (Bids[0].Price + Asks[0].Price) / 2;
    }

    private sealed record Print(long TimeNs, decimal Price, decimal Size, bool Bought);

    public void OnTrade(in MarketEvent trade)
    {
        Move(trade.ReceiveNs);
        _trades.Add(new Print(_clockNs, instrument.ToDecimal(trade.Price), instrument.ToDecimal(trade.Size), trade.Aggressor == Side.Bid));
    }

    public void OnBook(SortedTestBook book, in MarketEvent frame)
    {
        Move(frame.ReceiveNs);
        Frame next = new(_clockNs, Copy(book, Side.Bid), Copy(book, Side.Ask), 0);
        if (next.Bids.Length == 0 || next.Asks.Length == 0)
        {
            _now = null;
            return;
        }
        if (_now is Frame before)
        {
            next = next with { Flow = Flow(before, next) };
            _direction = next.Mid == before.Mid ? _direction : Math.Sign(next.Mid - before.Mid);
        }
        _frames.Add(next);
        _now = next;
    }

    public void OnResync()
    {
        _frames.Clear();
        (_direction, _now) = (null, null);
    }

    /// <summary>The value at a time, or null when it is absent.</summary>
    public double? Value(FeatureId id, long timeNs) => id switch
    {
        FeatureId.PriceVolatility or FeatureId.BuySellRatio or FeatureId.PriceChangeRate => OfTrades(id),
        FeatureId.TradeFlow5S or FeatureId.SignedVolume5S => OfFlow(id, timeNs),
        _ => _now is null ? null : OfBook(id, _now, timeNs),
    };

    private double? OfBook(FeatureId id, Frame now, long timeNs)
    {
        (decimal pb, decimal qb) = now.Bids[0];
        (decimal pa, decimal qa) = now.Asks[0];
        return id switch
        {
            FeatureId.Spread => (double)(pa - pb),
            FeatureId.MidPrice => (double)now.Mid,
            FeatureId.OrderBookImbalance => Imbalance(now, obiLevels),
            FeatureId.QueueImbalance => Imbalance(now, 1),
            FeatureId.MicroPrice => (double)((((pb * qa) + (pa * qb)) / (qa + qb) - now.Mid) / now.Mid * 10_000),
            FeatureId.DepthImbalance3 => Imbalance(now, 3),
            FeatureId.DepthImbalance5 => Imbalance(now, 5),
            FeatureId.DepthSkew5 => (double)(((Vwap(now.Bids) + Vwap(now.Asks)) / 2 - now.Mid) / now.Mid * 10_000),
            FeatureId.OrderFlow5S => NormalisedFlow(timeNs, 5),
            FeatureId.OrderFlow30S => NormalisedFlow(timeNs, 30),
            FeatureId.Return1S => Return(now, timeNs, 1),
            FeatureId.Return5S => Return(now, timeNs, 5),
            FeatureId.LastDirection => (double?)_direction,
            FeatureId.SpreadBp => (double)((pa - pb) / now.Mid * 10_000),
            _ => throw new ArgumentOutOfRangeException(nameof(id)),
        };
    }

    private double? OfTrades(FeatureId id)
    {
        if (_trades.Count < tradeWindow)
            return null;
        Print[] last = [.. _trades.TakeLast(tradeWindow)];
        decimal mean = last.Average(static (Print p) => p.Price);
        decimal highest = last.Max(static (Print p) => p.Price);
        return id switch
        {
            FeatureId.PriceVolatility => Math.Sqrt((double)(last.Sum((Print p) => (p.Price - mean) * (p.Price - mean)) / (tradeWindow - 1))),
            FeatureId.BuySellRatio => (double)last.Count(static (Print p) => p.Bought) / tradeWindow,
            _ => (double)((highest - last.Min(static (Print p) => p.Price)) / highest),
        };
    }

    private double? OfFlow(FeatureId id, long timeNs)
    {
        if (timeNs - _firstNs < 5 * MadeMarket.Second)
            return null;
        Print[] span = [.. _trades.Where((Print p) => p.TimeNs > timeNs - (5 * MadeMarket.Second) && p.TimeNs <= timeNs)];
        decimal bought = span.Where(static (Print p) => p.Bought).Sum(static (Print p) => p.Size);
        decimal sold = span.Where(static (Print p) => !p.Bought).Sum(static (Print p) => p.Size);
        if (id == FeatureId.TradeFlow5S)
            return bought + sold == 0 ? 0 : (double)((bought - sold) / (bought + sold));
        return Math.Sign(bought - sold) * Math.Log(1 + (double)Math.Abs(bought - sold));
    }

    private double? NormalisedFlow(long timeNs, int seconds)
    {
        if (Before(timeNs, seconds) is null)
            return null;
        Frame[] deep = [.. Within(timeNs, 300)];
        return deep.Length == 0 ? null
            : (double)(Within(timeNs, seconds).Sum(static (Frame f) => f.Flow) / deep.Average(static (Frame f) => (f.Bids[0].Size + f.Asks[0].Size) / 2));
    }

    private double? Return(Frame now, long timeNs, int seconds) =>
        Before(timeNs, seconds) is Frame before ? Math.Log((double)now.Mid / (double)before.Mid) * 10_000 : null;

    private IEnumerable<Frame> Within(long timeNs, int seconds) => _frames.Where((Frame f) => f.TimeNs > timeNs - (seconds * MadeMarket.Second));

    private Frame? Before(long timeNs, int seconds) => _frames.LastOrDefault((Frame f) => f.TimeNs <= timeNs - (seconds * MadeMarket.Second));

    private decimal Flow(Frame before, Frame next)
    {
        int equal = strictFlow ? 0 : 1;
        return (next.Bids[0].Price.CompareTo(before.Bids[0].Price) + equal > 0 ? next.Bids[0].Size : 0)
            - (before.Bids[0].Price.CompareTo(next.Bids[0].Price) + equal > 0 ? before.Bids[0].Size : 0)
            - (before.Asks[0].Price.CompareTo(next.Asks[0].Price) + equal > 0 ? next.Asks[0].Size : 0)
            + (next.Asks[0].Price.CompareTo(before.Asks[0].Price) + equal > 0 ? before.Asks[0].Size : 0);
    }

    private static double Imbalance(Frame now, int levels)
    {
        decimal bid = now.Bids.Take(levels).Sum(static ((decimal, decimal Size) l) => l.Size);
        decimal ask = now.Asks.Take(levels).Sum(static ((decimal, decimal Size) l) => l.Size);
        return (double)((bid - ask) / (bid + ask));
    }

    private static decimal Vwap((decimal Price, decimal Size)[] levels) =>
        levels.Take(5).Sum(static ((decimal Price, decimal Size) l) => l.Price * l.Size) / levels.Take(5).Sum(static ((decimal, decimal Size) l) => l.Size);

    private (decimal Price, decimal Size)[] Copy(SortedTestBook book, Side side)
    {
        BookLevel[] levels = new BookLevel[Math.Max(5, obiLevels)];
        int count = book.CopyBest(side, levels);
        return [.. levels.Take(count).Select((BookLevel l) => (instrument.ToDecimal(l.Price), instrument.ToDecimal(l.Size)))];
    }

    private void Move(long timeNs)
    {
        _clockNs = Math.Max(_clockNs, timeNs);
        _firstNs = Math.Min(_firstNs, _clockNs);
    }
}
