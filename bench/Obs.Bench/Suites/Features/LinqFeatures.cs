using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Features;

/// <summary>The six features as one would write them first: decimals, a queue of trades, LINQ over both at every row.</summary>
internal sealed class LinqFeatures(Instrument instrument, int window)
{
    private readonly Queue<(decimal Price, bool Bought)> _trades = [];
    private readonly BookLevel[] _levels = new BookLevel[15];

    /// <summary>Takes a trade.</summary>
    public void OnTrade(in MarketEvent trade)
    {
        if (_trades.Count == window)
            _trades.Dequeue();
        _trades.Enqueue((instrument.ToDecimal(trade.Price), trade.Aggressor == Side.Bid));
    }

    /// <summary>Sum of the six, so that nothing is left out.</summary>
    public double Row<TBook>(in TBook book)
        where TBook : struct, IOrderBook<TBook>
    {
        decimal bid = instrument.ToDecimal(book.Best(Side.Bid));
        decimal ask = instrument.ToDecimal(book.Best(Side.Ask));
        decimal bidSize = Total(in book, Side.Bid);
        decimal askSize = Total(in book, Side.Ask);
        double row = (double)(ask - bid) + (double)((bid + ask) / 2) + (double)((bidSize - askSize) / (bidSize + askSize));
        if (_trades.Count < window)
            return row;
        decimal mean = _trades.Average(static ((decimal Price, bool) t) => t.Price);
        decimal highest = _trades.Max(static ((decimal Price, bool) t) => t.Price);
        decimal lowest = _trades.Min(static ((decimal Price, bool) t) => t.Price);
        double deviation = Math.Sqrt((double)(_trades.Sum(((decimal Price, bool) t) => (t.Price - mean) * (t.Price - mean)) / (window - 1)));
        return row + deviation + (_trades.Count(static ((decimal, bool Bought) t) => t.Bought) / (double)window) + (double)((highest - lowest) / highest);
    }

    private decimal Total<TBook>(in TBook book, Side side)
        where TBook : struct, IOrderBook<TBook>
    {
        int count = book.CopyBest(side, _levels);
        return _levels.Take(count).Sum((BookLevel level) => instrument.ToDecimal(level.Size));
    }
}
