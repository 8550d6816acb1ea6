using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Tests.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>A venue with a plain book, driven frame by frame: times in ns on one clock, entry and response latency 10.</summary>
internal sealed class VenueFixture
{
    private readonly SortedBook _book;
    private ListSink _sink = new([]);
    private long _orderId;

    public VenueFixture(PaperVenueOptions? options = null, Instrument? instrument = null)
    {
        Instrument = instrument ?? MarketFixture.Instrument() with { MinOrderValue = 0 };
        Options = options ?? Product;
        Venue = new PaperVenue<SortedBook>(Instrument, Options);
        _book = SortedBook.Create(Instrument);
        if (Options.Compatible)
            _book.SetCrossPolicy(CrossPolicy.MoveOpposite);
    }

    public static PaperVenueOptions Product { get; } = new() { Latency = OrderLatency.Constant(10, 10) };

    public static PaperVenueOptions Library { get; } = Product with { Compatible = true };

    public Instrument Instrument { get; }

    public PaperVenueOptions Options { get; private set; }

    public PaperVenue<SortedBook> Venue { get; private set; }

    public SortedBook Book => _book;

    public long NowNs { get; private set; } = 1_000;

    public List<OrderReport> Executions => _sink.Executions;

    /// <summary>One book frame at the next 100 ns: bids as given, then asks.</summary>
    public VenueFixture Frame(params (Side Side, long Price, long Size)[] levels)
    {
        NowNs += 100;
        return FrameAt(NowNs, levels);
    }

    public VenueFixture FrameAt(long clockNs, params (Side Side, long Price, long Size)[] levels)
    {
        Venue.AdvanceTo(clockNs, in _book, ref _sink);
        foreach ((Side side, long price, long size) in levels)
        {
            Size previous = _book.Set(side, new Price(price), new Size(size));
            Venue.OnLevel(side, new Price(price), previous, new Size(size), in _book, ref _sink);
        }
        Venue.AfterFrame(in _book, ref _sink);
        return this;
    }

    public VenueFixture Print(Side aggressor, long price, long size)
    {
        NowNs += 100;
        Venue.AdvanceTo(NowNs, in _book, ref _sink);
        MarketEvent trade = new() { Kind = MarketEventKind.Trade, Aggressor = aggressor, Price = new Price(price), Size = new Size(size) };
        Venue.OnTrade(in trade, ref _sink);
        return this;
    }

    /// <summary>Sends an order and lets it arrive; returns its id.</summary>
    public long Order(Side side, long price, long size, TimeInForce timeInForce = TimeInForce.Gtc, int account = 0, OrderType type = OrderType.Limit)
    {
        long id = Send(side, price, size, timeInForce, account, type);
        Arrive();
        return id;
    }

    public long Send(Side side, long price, long size, TimeInForce timeInForce = TimeInForce.Gtc, int account = 0, OrderType type = OrderType.Limit)
    {
        OrderRequest request = new()
        {
            OrderId = ++_orderId,
            RequestNs = NowNs,
            Side = side,
            Price = new Price(price),
            Size = new Size(size),
            TimeInForce = timeInForce,
            Type = type,
            Key = new OrderKey(account, TradingMode.Paper, 0),
        };
        Venue.Request(in request);
        return _orderId;
    }

    public void Cancel(long id, int account = 0) => Ask(id, RequestAction.Cancel, 0, 0, account);

    public void Modify(long id, long price, long size, int account = 0) => Ask(id, RequestAction.Modify, price, size, account);

    /// <summary>A frame that changes nothing, late enough for what was sent.</summary>
    public void Arrive() => Frame();

    public List<OrderReport> Reports()
    {
        List<OrderReport> reports = [];
        while (Venue.TryDeliver(long.MaxValue, out OrderReport report))
            reports.Add(report);
        return reports;
    }

    public List<ReportKind> Kinds() => Reports().ConvertAll(static r => r.Kind);

    public void Timer(long engineTimeNs) => Venue.OnTimer(engineTimeNs, in _book, ref _sink);

    public void Finish() => Venue.Finish(in _book, ref _sink);

    public void Resync() => Venue.OnResync(in _book);

    /// <summary>Saves the venue and goes on with a loaded one.</summary>
    public void SaveAndLoad()
    {
        ulong hash = Venue.StateHash;
        ChangeTo(Options);
        Assert.That(Venue.StateHash, Is.EqualTo(hash));
    }

    /// <summary>Goes on under other options, as the engine does when settings change.</summary>
    public VenueFixture ChangeTo(PaperVenueOptions options)
    {
        byte[] state = new byte[Venue.SaveSize];
        Venue.Save(state);
        Options = options;
        Venue = PaperVenue<SortedBook>.Load(Instrument, options, state);
        return this;
    }

    private void Ask(long id, RequestAction action, long price, long size, int account)
    {
        OrderRequest request = new()
        {
            OrderId = id,
            RequestNs = NowNs,
            Action = action,
            Price = new Price(price),
            Size = new Size(size),
            Key = new OrderKey(account, TradingMode.Paper, 0),
        };
        Venue.Request(in request);
        Arrive();
    }
}
