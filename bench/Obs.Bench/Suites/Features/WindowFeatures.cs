using System;
using Obs.Core.Market;

namespace Obs.Bench.Suites.Features;

/// <summary>What a careful user writes: doubles and arrays, no allocation, every window summed afresh at every row.</summary>
internal sealed class WindowFeatures(Instrument instrument, int window)
{
    private const int MaxFrames = 1 << 14;
    private readonly double[] _prices = new double[window];
    private readonly bool[] _bought = new bool[window];
    private readonly (long TimeNs, double Signed)[] _flow = new (long, double)[MaxFrames];
    private readonly (long TimeNs, double Flow, double Depth, double Mid)[] _frames = new (long, double, double, double)[MaxFrames];
    private readonly BookLevel[] _bids = new BookLevel[15];
    private readonly BookLevel[] _asks = new BookLevel[15];
    private BookLevel _bidBefore;
    private BookLevel _askBefore;
    private long _trades;
    private long _frameCount;

    /// <summary>Takes a trade.</summary>
    public void OnTrade(in MarketEvent trade)
    {
        _prices[_trades % window] = instrument.ToDouble(trade.Price);
        _bought[_trades % window] = trade.Aggressor == Side.Bid;
        _flow[_trades % MaxFrames] = (trade.ReceiveNs, instrument.ToDouble(trade.Size) * (trade.Aggressor == Side.Bid ? 1 : -1));
        _trades++;
    }

    /// <summary>Sum of the six.</summary>
    public double Six<TBook>(in TBook book)
        where TBook : struct, IOrderBook<TBook>
    {
        int bids = book.CopyBest(Side.Bid, _bids);
        int asks = book.CopyBest(Side.Ask, _asks);
        double bid = instrument.ToDouble(_bids[0].Price);
        double ask = instrument.ToDouble(_asks[0].Price);
        return ask - bid + ((bid + ask) / 2) + Imbalance(bids, asks) + Trades();
    }

    /// <summary>Sum of the six and the windows of the compact 13.</summary>
    public double All<TBook>(in TBook book, long timeNs)
        where TBook : struct, IOrderBook<TBook>
    {
        double row = Six(in book) + Imbalance(1, 1) + Imbalance(3, 3) + Imbalance(5, 5) + Skew();
        double flow = _frameCount == 0 ? 0 : Increment();
        double mid = (instrument.ToDouble(_bids[0].Price) + instrument.ToDouble(_asks[0].Price)) / 2;
        _frames[_frameCount++ % MaxFrames] = (timeNs, flow, _bids[0].Size.Mantissa + (double)_asks[0].Size.Mantissa, mid);
        (_bidBefore, _askBefore) = (_bids[0], _asks[0]);
        return row + Spans(timeNs, mid) + Flow(timeNs);
    }

    private double Trades()
    {
        if (_trades < window)
            return 0;
        double mean = 0, highest = double.MinValue, lowest = double.MaxValue;
        int buys = 0;
        for (int trade = 0; trade < window; trade++)
        {
            mean += _prices[trade];
            highest = Math.Max(highest, _prices[trade]);
            lowest = Math.Min(lowest, _prices[trade]);
            buys += _bought[trade] ? 1 : 0;
        }
        mean /= window;
        double squares = 0;
        foreach (double price in _prices)
            squares += (price - mean) * (price - mean);
        return Math.Sqrt(squares / (window - 1)) + ((double)buys / window) + ((highest - lowest) / highest);
    }

    private double Imbalance(int bids, int asks)
    {
        double bid = 0, ask = 0;
        for (int level = 0; level < bids; level++)
            bid += instrument.ToDouble(_bids[level].Size);
        for (int level = 0; level < asks; level++)
            ask += instrument.ToDouble(_asks[level].Size);
        return (bid - ask) / (bid + ask);
    }

    private double Skew()
    {
        double bidValue = 0, bidSize = 0, askValue = 0, askSize = 0;
        for (int level = 0; level < 5; level++)
        {
            bidValue += instrument.ToDouble(_bids[level].Price) * instrument.ToDouble(_bids[level].Size);
            bidSize += instrument.ToDouble(_bids[level].Size);
            askValue += instrument.ToDouble(_asks[level].Price) * instrument.ToDouble(_asks[level].Size);
            askSize += instrument.ToDouble(_asks[level].Size);
        }
        return ((bidValue / bidSize) + (askValue / askSize)) / 2;
    }

    private double Increment()
    {
        double flow = 0;
        flow += _bids[0].Price >= _bidBefore.Price ? _bids[0].Size.Mantissa : 0;
        flow -= _bids[0].Price <= _bidBefore.Price ? _bidBefore.Size.Mantissa : 0;
        flow -= _asks[0].Price <= _askBefore.Price ? _asks[0].Size.Mantissa : 0;
        flow += _asks[0].Price >= _askBefore.Price ? _askBefore.Size.Mantissa : 0;
        return flow;
    }

    private double Spans(long timeNs, double mid)
    {
        double flow5S = 0, flow30S = 0, depth = 0, mid1S = mid, mid5S = mid;
        long frames = 0;
        for (long index = _frameCount - 1; index >= 0 && frames < MaxFrames; index--, frames++)
        {
            (long time, double flow, double frameDepth, double frameMid) = _frames[index % MaxFrames];
            long age = timeNs - time;
            if (age >= 300_000_000_000)
                break;
            depth += frameDepth;
            flow30S += age < 30_000_000_000 ? flow : 0;
            flow5S += age < 5_000_000_000 ? flow : 0;
            mid5S = age <= 5_000_000_000 ? frameMid : mid5S;
            mid1S = age <= 1_000_000_000 ? frameMid : mid1S;
        }
        return ((flow5S + flow30S) * 2 * frames / depth) + Math.Log(mid / mid1S) + Math.Log(mid / mid5S);
    }

    private double Flow(long timeNs)
    {
        double net = 0, gross = 0;
        for (long index = _trades - 1; index >= 0 && index > _trades - MaxFrames; index--)
        {
            (long time, double signed) = _flow[index % MaxFrames];
            if (timeNs - time >= 5_000_000_000)
                break;
            net += signed;
            gross += Math.Abs(signed);
        }
        return (gross > 0 ? net / gross : 0) + (Math.Sign(net) * Math.Log(1 + Math.Abs(net)));
    }
}
