using System;
using System.Collections.Generic;
using System.Text.Json;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>Runs a recorded script through the venue in receive order, by the README's rules on which frames count; optionally with a fault.</summary>
internal sealed class CompatibleReplay
{
    private readonly RecordedSet _set;
    private readonly ReplayFault _fault;
    private readonly PaperVenue<FaultyBook> _venue;
    private readonly FaultyBook.Lie _lie = new();
    private readonly FaultyBook _book;
    private readonly Queue<OrderRequest> _script;
    private readonly Queue<Side?> _heldSides = new();
    private readonly Queue<long> _heldArrivals = new();
    private readonly List<JsonElement> _buffered = [];
    private readonly long _clockOffsetNs;
    private ListSink _sink = new([]);
    private long _lastUpdateId = -1;

    public CompatibleReplay(RecordedSet set, QueueModel queue, ExchangeModel exchange, ReplayFault fault = ReplayFault.None)
    {
        _set = set;
        _fault = fault;
        _clockOffsetNs = set.ClockOffsetNs;
        _book = FaultyBook.Create(set.Instrument, _lie);
        _script = new Queue<OrderRequest>(set.Script());
        _venue = new PaperVenue<FaultyBook>(set.Instrument, new PaperVenueOptions
        {
            Compatible = true,
            ClockOffsetNs = _clockOffsetNs,
            Queue = queue,
            QueuePower = 3,
            Exchange = exchange,
        });
    }

    public List<OrderReport> Executions => _sink.Executions;

    public List<OrderReport> Reports { get; } = [];

    public FillTally Honesty => _venue.Honesty;

    public CompatibleReplay Run()
    {
        foreach ((long receiveNs, JsonDocument frame) in _set.Frames())
        {
            while (_script.Count > 0 && _script.Peek().RequestNs <= receiveNs)
                Submit(_script.Dequeue());
            JsonElement root = frame.RootElement;
            OnFrame(receiveNs, root.TryGetProperty("data", out JsonElement data) ? data : root);
        }
        while (_script.Count > 0)
            Submit(_script.Dequeue());
        AdvanceTo(long.MaxValue);
        while (_venue.TryDeliver(long.MaxValue, out OrderReport report))
            Reports.Add(report);
        return this;
    }

    public string[] ExecutionRows() => Sorted(Executions.ConvertAll(e =>
        $"{e.OrderId},{e.VenueNs},{e.ReportNs},{(e.Side == Side.Bid ? "BUY" : "SELL")},{_set.Text(e.Price)},{_set.Text(e.Size)},{Text(e.Liquidity)}"));

    public string[] ReportRows() => Sorted(Reports.ConvertAll(r =>
    {
        bool fill = r.Kind is ReportKind.Filled or ReportKind.PartiallyFilled;
        string left = r.Kind == ReportKind.CancelRejected ? "" : _set.Text(r.Left);
        return $"{r.OrderId},{r.VenueNs},{r.ReportNs},{Text(r.Kind)},{(fill ? _set.Text(r.Price) : "")},{(fill ? _set.Text(r.Size) : "")},{left},{Text(r.Liquidity)}";
    }));

    private void Submit(OrderRequest request)
    {
        _venue.Request(in request);
        _heldSides.Enqueue(request.Action == RequestAction.Submit ? request.Side : null);
        _heldArrivals.Enqueue(request.RequestNs + _clockOffsetNs + 10_000_000);
    }

    private void OnFrame(long receiveNs, JsonElement frame)
    {
        if (frame.TryGetProperty("lastUpdateId", out JsonElement lastUpdateId))
            OnSnapshot(receiveNs, frame, lastUpdateId.GetInt64());
        else if (!frame.TryGetProperty("e", out JsonElement kind))
            return;
        else if (kind.ValueEquals("depthUpdate") && _lastUpdateId < 0)
            _buffered.Add(frame);
        else if (kind.ValueEquals("depthUpdate"))
            OnDepth(frame);
        else if (kind.ValueEquals("trade") && _lastUpdateId >= 0 && (!_set.IsFutures || frame.GetProperty("X").ValueEquals("MARKET")))
            OnTrade(frame);
    }

    private void OnSnapshot(long receiveNs, JsonElement frame, long lastUpdateId)
    {
        _lastUpdateId = lastUpdateId;
        AdvanceTo(frame.TryGetProperty("T", out JsonElement time) ? time.GetInt64() * 1_000_000 : receiveNs / 1_000_000 * 1_000_000);
        Levels(Side.Bid, frame.GetProperty("bids"));
        Levels(Side.Ask, frame.GetProperty("asks"));
        foreach (JsonElement diff in _buffered)
        {
            long last = diff.GetProperty("u").GetInt64();
            if (_set.IsFutures ? last >= lastUpdateId : last > lastUpdateId)
                OnDepth(diff);
        }
        _buffered.Clear();
    }

    private void OnDepth(JsonElement frame)
    {
        AdvanceTo(frame.GetProperty(_set.IsFutures ? "T" : "E").GetInt64() * 1_000_000);
        Levels(Side.Bid, frame.GetProperty("b"));
        Levels(Side.Ask, frame.GetProperty("a"));
        _venue.AfterFrame(in _book, ref _sink);
    }

    private void Levels(Side side, JsonElement levels)
    {
        foreach (JsonElement level in levels.EnumerateArray())
        {
            Price price = new(RecordedSet.Mantissa(level[0].GetString()!, _set.Instrument.PriceDecimals));
            Size now = new(RecordedSet.Mantissa(level[1].GetString()!, _set.Instrument.SizeDecimals));
            Size previous = _book.Set(side, price, now);
            // a level that is and stays larger than any queue moves none
            Size endless = new(1_000_000_000_000_000);
            if (_fault == ReplayFault.DepthLeavesQueue)
                (previous, now) = (endless, now > Size.Zero ? endless : Size.Zero);
            if (_fault != ReplayFault.DepthLeavesQueue || now > Size.Zero)
                _venue.OnLevel(side, price, previous, now, in _book, ref _sink);
        }
    }

    private void OnTrade(JsonElement frame)
    {
        long early = _fault == ReplayFault.TradesEarly ? 5_000_000 : 0;
        AdvanceTo(frame.GetProperty("T").GetInt64() * 1_000_000 - early);
        bool sold = frame.GetProperty("m").GetBoolean() != (_fault == ReplayFault.AggressorFlipped);
        MarketEvent trade = new()
        {
            Kind = MarketEventKind.Trade,
            Price = new Price(RecordedSet.Mantissa(frame.GetProperty("p").GetString()!, _set.Instrument.PriceDecimals)),
            Size = new Size(RecordedSet.Mantissa(frame.GetProperty("q").GetString()!, _set.Instrument.SizeDecimals)),
            Aggressor = sold ? Side.Ask : Side.Bid,
        };
        _venue.OnTrade(in trade, ref _sink);
    }

    private void AdvanceTo(long clockNs)
    {
        // one request at a time, so that the book can lie on the side of exactly that order
        while (_heldArrivals.Count > 0 && _heldArrivals.Peek() < clockNs)
        {
            Side? side = _heldSides.Dequeue();
            _lie.Side = _fault == ReplayFault.QueueOneLotTooLong ? side : null;
            _lie.Extra = _set.Instrument.Lot;
            _venue.AdvanceTo(_heldArrivals.Dequeue() + 1, in _book, ref _sink);
        }
        _lie.Side = null;
        if (clockNs == long.MaxValue)
            _venue.Finish(in _book, ref _sink);
        else
            _venue.AdvanceTo(clockNs, in _book, ref _sink);
    }

    private static string[] Sorted(List<string> rows)
    {
        rows.Sort(StringComparer.Ordinal);
        return [.. rows];
    }

    private static string Text(Liquidity liquidity) => liquidity == Liquidity.None ? "" : liquidity.ToString().ToUpperInvariant();

    private static string Text(ReportKind kind) => kind switch
    {
        ReportKind.PartiallyFilled => "PARTIALLY_FILLED",
        ReportKind.CancelRejected => "CANCEL_REJECTED",
        _ => kind.ToString().ToUpperInvariant(),
    };
}
