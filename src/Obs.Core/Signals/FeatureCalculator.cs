using System;
using System.Diagnostics;
using System.IO;
using Obs.Core.Market;

namespace Obs.Core.Signals;

/// <summary>The features of one market, kept up incrementally: trades and book frames go in, a row comes out after each frame.</summary>
/// <remarks><para>Order is everything: a row sees what was given before it and nothing else (backward join). Time is the running maximum of receive times.
/// Absent, never 0: the three trade features until w trades were seen; everything of the book while a side is empty; a return or order flow until a state at or
/// before the start of its span is known (since the start or the last resynchronisation); lastdir until the mid first moved; trade flow until
/// its span has passed since the first event. A span without trades has no flow: tfi5s and signedvol5s are then 0, as in the reference files.
/// The mean depth of order flow is taken over what there is of 300 s.</para>
/// <para>Engine thread, one instance a market. No allocation but for growing rings. What a row costs: bench feature.</para></remarks>
internal sealed class FeatureCalculator
{
    private const double BasisPoints = 10_000;
    private const long FlowSpanNs = 5_000_000_000;
    private static readonly FeatureSet TradeFeatures = FeatureSet.Of(FeatureId.PriceVolatility, FeatureId.BuySellRatio, FeatureId.PriceChangeRate);
    private static readonly FeatureSet DepthFeatures = FeatureSet.Of(FeatureId.DepthImbalance3, FeatureId.DepthImbalance5, FeatureId.DepthSkew5);
    private static readonly FeatureSet SpanFeatures = FeatureSet.Of(FeatureId.OrderFlow5S, FeatureId.OrderFlow30S, FeatureId.Return1S, FeatureId.Return5S);
    private static readonly FeatureSet TopRatios = FeatureSet.Of(FeatureId.QueueImbalance, FeatureId.MicroPrice, FeatureId.SpreadBp);
    private static readonly FeatureSet FlowFeatures = FeatureSet.Of(FeatureId.TradeFlow5S, FeatureId.SignedVolume5S);
    private readonly FeatureSet _wanted;
    private readonly int _obiLevels;
    private readonly double _priceScale;
    private readonly double _sizeScale;
    private readonly TradeWindow _trades;
    private readonly TradeFlow _flow = new(FlowSpanNs);
    private readonly FrameHistory _history;
    private readonly SideDepth _bids;
    private readonly SideDepth _asks;
    private BookLevel _bidBefore;
    private BookLevel _askBefore;
    private bool _hasBefore;
    private int _direction;
    private double _totalImbalance = double.NaN;
    private long _clockNs = long.MinValue;
    private long _startNs = long.MinValue;

    /// <summary>Creates the features of a market.</summary>
    /// <exception cref="ArgumentException">Settings out of range, or a market whose prices could overflow their sum.</exception>
    public FeatureCalculator(Instrument instrument, FeatureOptions options)
    {
        foreach (string problem in options.Problems())
            throw new ArgumentException(problem, nameof(options));
        if (instrument.MaxPrice.Mantissa > long.MaxValue / 4)
        {
            throw new ArgumentException(
                $"{instrument.Symbol}: a highest price of mantissa {instrument.MaxPrice.Mantissa} leaves no room for sums; lower MaxPrice or PriceDecimals.",
                nameof(instrument));
        }
        (_wanted, _obiLevels) = (options.Wanted, options.ObiLevels);
        (_priceScale, _sizeScale) = (PowersOfTen.AsDouble[instrument.PriceDecimals], PowersOfTen.AsDouble[instrument.SizeDecimals]);
        _trades = new TradeWindow(options.TradeWindow, _priceScale);
        _history = new FrameHistory(_wanted);
        bool wantsFive = _wanted.HasAny(DepthFeatures);
        (_bids, _asks) = (new SideDepth(Side.Bid, _obiLevels, wantsFive), new SideDepth(Side.Ask, _obiLevels, wantsFive));
    }

    /// <summary>The features this calculator fills.</summary>
    public FeatureSet Wanted => _wanted;

    /// <summary>Trades and frames that left their span early because a ring reached its bound.</summary>
    public long LeftEarly => _flow.LeftEarly + _history.LeftEarly;

    /// <summary>Takes a trade, also before the first book.</summary>
    public void OnTrade(in MarketEvent trade)
    {
        Debug.Assert(trade.Kind == MarketEventKind.Trade, "books go to OnBook");
        MoveClock(trade.ReceiveNs);
        bool bought = trade.Aggressor == Side.Bid;
        if (_wanted.HasAny(TradeFeatures))
            _trades.Add(trade.Price.Mantissa, bought);
        if (_wanted.HasAny(FlowFeatures))
            _flow.Add(_clockNs, trade.Size.Mantissa, bought);
    }

    /// <summary>Takes a book frame just applied and fills its row. Not for snapshots: the first diff applied on one starts the history.</summary>
    /// <param name="book">The book after the frame.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="changed">A diff's levels (bids, then asks), which mostly spare reading the book; empty when they are not at hand, or when they are not
    /// all that changed (a book that moves the other side away when it crosses).</param>
    /// <param name="row">Cleared and filled with what is wanted and can be known.</param>
    /// <typeparam name="TBook">The book.</typeparam>
    public void OnBook<TBook>(in TBook book, in MarketEvent frame, ReadOnlySpan<BookLevel> changed, ref FeatureRow row)
        where TBook : struct, IOrderBook<TBook>
    {
        MoveClock(frame.ReceiveNs);
        ReadBook(in book, in frame, changed);
        RememberFrame();
        FillRow(_clockNs, ref row);
    }

    /// <summary>Takes a book frame whose row nobody reads: windows and state move as in <see cref="OnBook"/>, no row is computed.</summary>
    /// <param name="receiveNs">Receive time of the frame.</param>
    /// <param name="bid">Best bid after it; size 0 without one.</param>
    /// <param name="ask">Best ask after it; size 0 without one.</param>
    public void OnBookUnread(long receiveNs, in BookLevel bid, in BookLevel ask)
    {
        MoveClock(receiveNs);
        _bids.Invalidate();
        _asks.Invalidate();
        RememberTop(bid.Size > Size.Zero && ask.Size > Size.Zero, bid, ask);
        if (_wanted.HasAny(FlowFeatures) && _clockNs - _startNs >= FlowSpanNs)
            _flow.AdvanceTo(_clockNs);
    }

    /// <summary>The book starts anew: what its windows hold is no history of what comes. Trades stay.</summary>
    public void OnResync()
    {
        _history.Clear();
        _bids.Invalidate();
        _asks.Invalidate();
        (_hasBefore, _direction) = (false, 0);
    }

    /// <summary>Fills a row for the state now, as of a time at or after the last event: what a clock of fixed step wants (data sets).</summary>
    public void FillRow(long timeNs, ref FeatureRow row)
    {
        Debug.Assert(timeNs >= _clockNs, "a row cannot be older than what it knows");
        MoveClock(timeNs);
        row.Clear();
        if (_bids.HasBest && _asks.HasBest)
        {
            FillTop(ref row);
            if (_wanted.HasAny(DepthFeatures))
                FillDepth(ref row);
            if (_wanted.HasAny(SpanFeatures))
                FillSpans(ref row);
        }
        if (_wanted.HasAny(TradeFeatures) && _trades.IsFull)
            FillTrades(ref row);
        if (_wanted.HasAny(FlowFeatures) && _clockNs - _startNs >= FlowSpanNs)
            FillFlow(ref row);
        Debug.Assert(_wanted.HasAll(row.Present), "only what is wanted is paid for");
    }

    /// <summary>Everything later rows depend on, mixed into one number. Equal inputs give equal hashes; O(1).</summary>
    public ulong StateHash
    {
        get
        {
            unchecked
            {
                ulong hash = StateMix.Add((ulong)_clockNs, (ulong)_startNs);
                hash = _history.StateHash(_flow.StateHash(_trades.StateHash(hash)));
                hash = StateMix.Add(hash, (ulong)_direction);
                if (!_hasBefore)
                    return hash;
                return StateMix.Add(
                    hash,
                    BookHash.OfLevel(Side.Bid, _bidBefore.Price, _bidBefore.Size) + BookHash.OfLevel(Side.Ask, _askBefore.Price, _askBefore.Size));
            }
        }
    }

    /// <summary>Reads what the next trade or frame will read or write: nothing changes, and it lies in the caches.</summary>
    public ulong Touch() => unchecked(StateHash + _trades.Touch() + _flow.Touch() + _history.Touch());

    /// <summary>Room that <see cref="Save"/> needs now, in bytes.</summary>
    public int SnapshotBytes => (11 * sizeof(long)) + 1 + _trades.MaxSnapshotBytes + _flow.SnapshotBytes + _history.SnapshotBytes;

    /// <summary>Writes the state; returns the bytes written. The book itself is not part of it: the first frame after loading reads it.</summary>
    public int Save(Span<byte> bytes)
    {
        StateWriter writer = new(bytes);
        writer.Write(_wanted.Bits);
        writer.Write(unchecked((long)StateHash));
        writer.Write(_clockNs);
        writer.Write(_startNs);
        writer.Write(_direction);
        writer.Write(_hasBefore);
        writer.Write(_bidBefore.Price.Mantissa);
        writer.Write(_bidBefore.Size.Mantissa);
        writer.Write(_askBefore.Price.Mantissa);
        writer.Write(_askBefore.Size.Mantissa);
        _trades.Save(ref writer);
        _flow.Save(ref writer);
        _history.Save(ref writer);
        Debug.Assert(writer.Written <= SnapshotBytes, "written ≤ announced");
        return writer.Written;
    }

    /// <summary>Reads what <see cref="Save"/> wrote, computes every sum afresh, and returns the bytes read.</summary>
    /// <exception cref="InvalidDataException">Written for other features, cut short, or its sums give another state hash than the one saved.</exception>
    public int Load(ReadOnlySpan<byte> bytes)
    {
        StateReader reader = new(bytes);
        reader.ReadInt64(_wanted.Bits, _wanted.Bits);
        ulong hash = unchecked((ulong)reader.ReadInt64());
        (_clockNs, _startNs) = (reader.ReadInt64(), reader.ReadInt64());
        (_direction, _hasBefore) = ((int)reader.ReadInt64(-1, 1), reader.ReadBoolean());
        _bidBefore = new BookLevel(new Price(reader.ReadInt64()), new Size(reader.ReadInt64()));
        _askBefore = new BookLevel(new Price(reader.ReadInt64()), new Size(reader.ReadInt64()));
        _trades.Load(ref reader);
        _flow.Load(ref reader);
        _history.Load(ref reader);
        _bids.Invalidate();
        _asks.Invalidate();
        if (StateHash != hash)
        {
            throw new InvalidDataException(
                $"The feature windows of a snapshot hash to {StateHash:x16}, not to {hash:x16} as saved; start from an older snapshot.");
        }
        return reader.Read;
    }

    private void MoveClock(long timeNs)
    {
        if (timeNs <= _clockNs)
            return; // a clock that went back stands still
        _clockNs = timeNs;
        if (_startNs == long.MinValue)
            _startNs = timeNs;
    }

    private void ReadBook<TBook>(in TBook book, in MarketEvent frame, ReadOnlySpan<BookLevel> changed)
        where TBook : struct, IOrderBook<TBook>
    {
        // NaN where the venue states no totals, and where they are 0
        _totalImbalance = (frame.TotalBidSize - frame.TotalAskSize) / (frame.TotalBidSize + frame.TotalAskSize);
        int depth = _wanted.HasAny(DepthFeatures) ? 5 : 1;
        if (double.IsNaN(_totalImbalance) && _wanted.Has(FeatureId.OrderBookImbalance))
            depth = Math.Max(depth, _obiLevels);
        bool isKnown = frame.Kind == MarketEventKind.Diff && changed.Length == frame.BidCount + frame.AskCount;
        ReadOnlySpan<BookLevel> bids = isKnown ? changed[..frame.BidCount] : default;
        ReadOnlySpan<BookLevel> asks = isKnown ? changed[frame.BidCount..] : default;
        _bids.Update(in book, depth, bids, isKnown);
        _asks.Update(in book, depth, asks, isKnown);
    }

    private void RememberFrame()
    {
        bool hasBoth = _bids.HasBest && _asks.HasBest;
        RememberTop(hasBoth, hasBoth ? _bids.Best : default, hasBoth ? _asks.Best : default);
    }

    private void RememberTop(bool hasBoth, in BookLevel bid, in BookLevel ask)
    {
        if (!hasBoth)
        {
            _hasBefore = false; // nothing flows from or to an empty side
            return;
        }
        long doubleMid = bid.Price.Mantissa + ask.Price.Mantissa;
        long flow = 0;
        if (_hasBefore)
        {
            flow = OrderFlow.Increment(in _bidBefore, in _askBefore, in bid, in ask);
            int direction = doubleMid.CompareTo(_bidBefore.Price.Mantissa + _askBefore.Price.Mantissa);
            _direction = direction == 0 ? _direction : direction;
        }
        (_bidBefore, _askBefore, _hasBefore) = (bid, ask, true);
        if (_wanted.HasAny(SpanFeatures))
            _history.Add(new FrameEntry(_clockNs, flow, OrderFlow.Lots(bid) + OrderFlow.Lots(ask), doubleMid));
    }

    private void FillTop(ref FeatureRow row)
    {
        BookLevel bid = _bids.Best;
        BookLevel ask = _asks.Best;
        double spread = ask.Price.Mantissa - bid.Price.Mantissa;
        double doubleMid = bid.Price.Mantissa + ask.Price.Mantissa;
        Set(ref row, FeatureId.Spread, spread / _priceScale);
        Set(ref row, FeatureId.MidPrice, doubleMid / (2 * _priceScale));
        if (_wanted.HasAny(TopRatios))
        {
            double imbalance = Imbalance(bid.Size.Mantissa, ask.Size.Mantissa);
            Set(ref row, FeatureId.QueueImbalance, imbalance);
            Set(ref row, FeatureId.MicroPrice, BasisPoints * (spread * imbalance) / doubleMid); // micro − m = spread/2 · imb1
            Set(ref row, FeatureId.SpreadBp, 2 * BasisPoints * spread / doubleMid);
        }
        if (_wanted.Has(FeatureId.OrderBookImbalance))
        {
            double stated = _totalImbalance;
            Set(ref row, FeatureId.OrderBookImbalance, double.IsNaN(stated) ? Imbalance(_bids.Total, _asks.Total) : stated);
        }
        if (_direction != 0)
            Set(ref row, FeatureId.LastDirection, _direction);
    }

    private void FillDepth(ref FeatureRow row)
    {
        double doubleMid = _bids.Best.Price.Mantissa + _asks.Best.Price.Mantissa;
        Set(ref row, FeatureId.DepthImbalance3, Imbalance(_bids.Total3, _asks.Total3));
        Set(ref row, FeatureId.DepthImbalance5, Imbalance(_bids.Total5, _asks.Total5));
        Set(ref row, FeatureId.DepthSkew5, BasisPoints * (_asks.Setback5 - _bids.Setback5) / doubleMid); // ½(pb − Db + pa + Da) − m = ½(Da − Db)
    }

    private void FillSpans(ref FeatureRow row)
    {
        _history.AdvanceTo(_clockNs);
        long doubleMid = _bids.Best.Price.Mantissa + _asks.Best.Price.Mantissa;
        if (_history.Frames300S > 0 && _history.Depth300S > 0)
        {
            double perLot = 2.0 * _history.Frames300S / _history.Depth300S; // one over the mean of ½(qb + qa)
            if (_history.Covered(FrameHistory.Span5S))
                Set(ref row, FeatureId.OrderFlow5S, _history.Flow5S * perLot);
            if (_history.Covered(FrameHistory.Span30S))
                Set(ref row, FeatureId.OrderFlow30S, _history.Flow30S * perLot);
        }
        if (_wanted.Has(FeatureId.Return1S) && _history.Covered(FrameHistory.Span1S))
            row.Set(FeatureId.Return1S, BasisPoints * Logarithm.OfRatio(doubleMid, _history.DoubleMidBefore(FrameHistory.Span1S)));
        if (_wanted.Has(FeatureId.Return5S) && _history.Covered(FrameHistory.Span5S))
            row.Set(FeatureId.Return5S, BasisPoints * Logarithm.OfRatio(doubleMid, _history.DoubleMidBefore(FrameHistory.Span5S)));
    }

    private void FillTrades(ref FeatureRow row)
    {
        Set(ref row, FeatureId.PriceVolatility, _trades.Volatility);
        Set(ref row, FeatureId.BuySellRatio, _trades.BuyShare);
        Set(ref row, FeatureId.PriceChangeRate, _trades.ChangeRate);
    }

    private void FillFlow(ref FeatureRow row)
    {
        _flow.AdvanceTo(_clockNs);
        double net = _flow.Net;
        double gross = _flow.Gross;
        Set(ref row, FeatureId.TradeFlow5S, gross > 0 ? net / gross : 0);
        if (_wanted.Has(FeatureId.SignedVolume5S))
            row.Set(FeatureId.SignedVolume5S, Math.CopySign(Logarithm.OfOnePlus(Math.Abs(net) / _sizeScale), net));
    }

    private void Set(ref FeatureRow row, FeatureId id, double value)
    {
        if (_wanted.Has(id))
            row.Set(id, value);
    }

    // Sizes shown are positive, so the sum is; were it 0, neither side would outweigh the other.
    private static double Imbalance(double bid, double ask)
    {
        Debug.Assert(bid >= 0 && ask >= 0, "sizes are not negative");
        return bid + ask > 0 ? (bid - ask) / (bid + ask) : 0;
    }
}
