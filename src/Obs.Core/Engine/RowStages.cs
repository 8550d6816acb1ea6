using System;
using System.Buffers;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>What follows an applied book frame: features, prediction, decision, risk. The result is at most one order.</summary>
/// <remarks>Engine thread only; no allocation per row.</remarks>
internal sealed class RowStages
{
    private readonly PipelineContext _context;
    private readonly Instrument _instrument;
    private readonly ushort _index;
    private FeatureCalculator _features;
    private PredictionStage? _prediction;
    private IStrategy? _strategy;
    private OrderPlanner _planner;
    private RiskGate _risk;
    private bool _isRowRead;
    private FeatureRow _row;
    private long _countedOutOfRange;

    /// <summary>Builds the stages of a market.</summary>
    public RowStages(ushort index, Instrument instrument, PipelineContext context)
    {
        (_index, _instrument, _context) = (index, instrument, context);
        _prediction = context.Network is { } network ? new PredictionStage(network, context.Background) : null;
        _features = new FeatureCalculator(instrument, FeatureOptionsNow());
        _strategy = context.Options.Strategy?.Invoke();
        _isRowRead = IsRowRead();
        Ledger = NewLedger();
        _planner = NewPlanner();
        _risk = new RiskGate(instrument, Ledger, context.Options.Risk) { Killed = context.Commands.IsKilled };
    }

    /// <summary>The market's ledger.</summary>
    public Ledger Ledger { get; private set; }

    /// <summary>Best bid + best ask of the last Synced book; 0 before the first.</summary>
    public long LastSyncedBidPlusAsk { get; private set; }

    /// <summary>Predicted return of the last row; NaN when there was no prediction.</summary>
    public double LastPredictedReturn { get; private set; } = double.NaN;

    /// <summary>Rows so far that had to finish the model's background work themselves.</summary>
    public long LateRows => _prediction?.LateRows ?? 0;

    /// <summary>Digest of features, window and ledger.</summary>
    public ulong StateHash => BookHash.Mix(Ledger.StateHash ^ BookHash.Mix(_features.StateHash ^ (_prediction?.StateHash ?? 0)));

    /// <summary>Reads what the next trade, row or order will read or write beside the model (<see cref="MarketPipeline.Touch"/>).</summary>
    public ulong Touch() => unchecked(Ledger.StateHash + _features.Touch() + _risk.Touch() + _planner.Touch() + (ulong)(LastSyncedBidPlusAsk + (long)Ledger.Fees.TakerFraction));

    /// <summary>A trade enters the windows.</summary>
    public void OnTrade(in MarketEvent trade) => _features.OnTrade(trade);

    /// <summary>The book was thrown away: windows over books start anew.</summary>
    public void OnResync()
    {
        _features.OnResync();
        _prediction?.Clear();
    }

    /// <summary>Does a slice of background model work.</summary>
    public bool RunBackgroundSlice() => _prediction is not null && _prediction.RunBackgroundSlice();

    /// <summary>Engages or releases the kill switch.</summary>
    public void SetKilled(bool killed) => _risk.Killed = killed;

    /// <summary>A book frame was applied. True with an order that passed the risk stage.</summary>
    /// <param name="book">The book after it.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="changed">A diff's levels; empty for a complete book.</param>
    /// <param name="sent">The frame's levels, for those who write them down.</param>
    /// <param name="top">Top of the book after it.</param>
    /// <param name="view">What the risk stage goes by.</param>
    /// <param name="order">The order.</param>
    public bool OnRow<TBook>(in TBook book, in MarketEvent frame, ReadOnlySpan<BookLevel> changed, ReadOnlySpan<BookLevel> sent, in TopOfBook top, in RiskView view, out OrderRequest order)
        where TBook : struct, IOrderBook<TBook>
    {
        EngineOutput? output = _context.Output;
        // a row is computed where a model or an output reads it; the state is the same either way
        if (_isRowRead)
            _features.OnBook(book, frame, changed, ref _row);
        else
            _features.OnBookUnread(frame.ReceiveNs, top.Bid, top.Ask);
        _context.Timing.Stamp(EngineStage.Features);
        if (output is not null)
        {
            output.OnBook(frame, sent, _instrument, view.Quality, top);
            output.OnFeatures(frame, _instrument, _row);
        }
        if (view.Quality == BookQuality.Synced && top.HasBothSides)
            LastSyncedBidPlusAsk = top.BidPlusAsk;
        _risk.OnTime(view.EngineNs, LastSyncedBidPlusAsk);
        double predictedReturn = Predict(frame, top);
        LastPredictedReturn = predictedReturn;
        _context.Timing.Stamp(EngineStage.Predict);
        return Decide(frame, top, view, predictedReturn, out order);
    }

    /// <summary>Checks a request that no strategy made, and notes it.</summary>
    public RejectReason Admit(ref OrderRequest request, in RiskView view)
    {
        request.Key = Ledger.Key;
        RejectReason reason = _risk.Admit(request, view);
        if (reason == RejectReason.None)
            _context.Counters.Orders++;
        else
        {
            _context.Counters.Rejects++;
            _context.RejectsByReason[(int)reason]++;
        }
        _context.Output?.OnOrder(request, _instrument, reason);
        return reason;
    }

    /// <summary>Writes the state of these stages.</summary>
    public void Save(SnapshotWriter writer)
    {
        byte[] features = ArrayPool<byte>.Shared.Rent(_features.SnapshotBytes);
        writer.WriteBytes(features.AsSpan(0, _features.Save(features)));
        ArrayPool<byte>.Shared.Return(features);
        _prediction?.Save(writer);
        _strategy?.Save(writer);
        writer.WriteInt64(_countedOutOfRange);
        writer.WriteInt64(LastSyncedBidPlusAsk);
        writer.WriteDouble(LastPredictedReturn);
        Ledger.Save(writer);
        _risk.Save(writer);
    }

    /// <summary>Takes what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        _features.Load(reader.ReadBytes());
        _prediction?.Restore(reader);
        _strategy?.Restore(reader);
        _countedOutOfRange = reader.ReadInt64();
        LastSyncedBidPlusAsk = reader.ReadInt64();
        LastPredictedReturn = reader.ReadDouble();
        Ledger.Load(reader);
        _risk.Load(reader);
    }

    /// <summary>Goes over to the context's new options. What depends on nothing that changed goes on; a new model or other windows begin empty.</summary>
    /// <param name="before">The options until now.</param>
    public void Adopt(EngineOptions before)
    {
        EngineOptions now = _context.Options;
        if (now.Model?.Metadata.Hash != before.Model?.Metadata.Hash)
        {
            _prediction?.Close();
            _prediction = _context.Network is { } network ? new PredictionStage(network, _context.Background) : null;
            _countedOutOfRange = 0;
        }
        FeatureOptions features = FeatureOptionsNow();
        if (features.Wanted != _features.Wanted || now.TradeWindow != before.TradeWindow || now.ObiLevels != before.ObiLevels)
        {
            _features = new FeatureCalculator(_instrument, features);
            // rows of other windows and rows of these make no window of a model together
            _prediction?.Clear();
        }
        if (now.StrategyIdentity != before.StrategyIdentity)
            _strategy = now.Strategy?.Invoke();
        _isRowRead = IsRowRead();
        AdoptMoney(now.CashFor(_instrument.QuoteCurrency) - before.CashFor(_instrument.QuoteCurrency));
    }

    // ledger, planner and limits anew under the options, with the state of the old ones
    private void AdoptMoney(decimal deposit)
    {
        SnapshotWriter state = new();
        state.BeginSection(1);
        Ledger.Save(state);
        _risk.Save(state);
        state.EndSection();
        SnapshotReader reader = Snapshot.OfMemory(state).Section(1);
        Ledger = NewLedger();
        Ledger.Load(reader);
        Ledger.Deposit(deposit);
        _planner = NewPlanner();
        _risk = new RiskGate(_instrument, Ledger, _context.Options.Risk);
        _risk.Load(reader);
        reader.ExpectEnd();
    }

    private FeatureOptions FeatureOptionsNow()
    {
        EngineOptions options = _context.Options;
        FeatureSet wanted = options.AllFeatures ? FeatureSet.All : FeatureSet.Six;
        if (_prediction is not null)
            wanted |= _prediction.Inputs;
        return new FeatureOptions { TradeWindow = options.TradeWindow, ObiLevels = options.ObiLevels, Wanted = wanted };
    }

    private bool IsRowRead() => _context.Options.AllFeatures || _prediction is not null || _context.Output is not null;

    // room for the highest limit there is: a lower one is the gate's to keep, and may change while the run goes on
    private Ledger NewLedger()
    {
        EngineOptions options = _context.Options;
        FeeSchedule fees = options.Fees ?? FeeSchedule.Of(_instrument);
        OrderKey key = new(0, TradingMode.Paper, _index);
        return new Ledger(key, _instrument, options.CashFor(_instrument.QuoteCurrency), fees, RiskOptions.OpenOrdersMax, options.Compatible);
    }

    private OrderPlanner NewPlanner() =>
        new(_instrument, Ledger, new Size((long)(_context.Options.OrderSize * PowersOfTen.AsDecimal[_instrument.SizeDecimals])));

    private double Predict(in MarketEvent frame, in TopOfBook top)
    {
        if (_prediction is null || !_prediction.TryPredict(_row, out double value))
            return double.NaN;
        _context.Counters.Predictions++;
        _context.Counters.InputsOutOfRange += _prediction.OutOfRangeInputs - _countedOutOfRange;
        _countedOutOfRange = _prediction.OutOfRangeInputs;
        _context.Output?.OnPrediction(frame, _instrument, value);
        return top.HasBothSides ? _prediction.ToReturn(value, top.BidPlusAsk / 2.0 / PowersOfTen.AsDouble[_instrument.PriceDecimals]) : double.NaN;
    }

    private bool Decide(in MarketEvent frame, in TopOfBook top, in RiskView view, double predictedReturn, out OrderRequest order)
    {
        order = default;
        if (_strategy is null || !top.HasBothSides)
            return false;
        StrategyInput input = new() { Bid = top.Bid, Ask = top.Ask, PredictedReturn = predictedReturn, TakerFee = Ledger.Fees.TakerFraction };
        Signal signal = _strategy.Decide(input);
        if (signal.Direction != SignalDirection.None)
        {
            _context.Counters.Signals++;
            _context.Output?.OnSignal(frame, _instrument, signal);
        }
        bool isPlanned = _planner.TryPlan(signal.Direction, top.Bid, top.Ask, ref order);
        _context.Timing.Stamp(EngineStage.Decide);
        if (!isPlanned)
            return false;
        order.OrderId = ++_context.LastOrderId;
        order.Sequence = _context.Sequence;
        order.RequestNs = view.EngineNs;
        Debug.Assert(order.RequestNs >= frame.ReceiveNs, "engine time is the running maximum of receive times");
        RejectReason reason = Admit(ref order, view);
        _context.Timing.Stamp(EngineStage.Risk);
        return reason == RejectReason.None;
    }
}
