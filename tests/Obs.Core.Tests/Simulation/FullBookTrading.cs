using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;
using Obs.Core.Simulation;
using Obs.Core.Tests.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>Trading on a generated Upbit market, driven as the engine drives the venue: complete books become changes, bids then asks; a level that
/// slid off the bottom is told apart from one that was taken away.</summary>
internal sealed class FullBookTrading
{
    private readonly MarketGenerator _market;
    private readonly UpbitDecoder _decoder;
    private readonly Instrument _instrument;
    private readonly SortedBook _book;
    private readonly BookLevel[] _levels = new BookLevel[128];
    private readonly BookLevel[] _changes = new BookLevel[128];
    private readonly BookLevel[] _scratch = new BookLevel[64];
    private readonly PaperVenueOptions _options;
    private PaperVenue<SortedBook> _venue;
    private ListSink _sink = new([]);
    private long _orderId;
    private long _books;

    public FullBookTrading(PaperVenueOptions options, ulong seed)
    {
        _options = options;
        _market = new MarketGenerator(new MarketGeneratorOptions { Seed = seed, Levels = 5, Market = "KRW-XRP", StartPrice = 700, MovesPerSecond = 2 });
        _instrument = MarketFixture.Instrument(priceDecimals: 8, sizeDecimals: 8, maxPrice: long.MaxValue, venue: VenueId.Upbit, symbol: "KRW-XRP") with
        {
            Ticks = UpbitMarkets.KrwTicks,
            MinOrderValue = 5_000,
        };
        _decoder = new UpbitDecoder(new InstrumentRegistry(new InstrumentCatalog([_instrument])));
        _book = SortedBook.Create(_instrument);
        _venue = new PaperVenue<SortedBook>(_instrument, options);
    }

    public List<OrderReport> Executions => _sink.Executions;

    public List<OrderReport> Reports { get; } = [];

    public int LeftView { get; private set; }

    public ulong StateHash => _venue.StateHash;

    public void Run(int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            _ = _market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes);
            MarketEvent e = default;
            Assert.That(_decoder.Decode(bytes, _levels, ref e), Is.EqualTo(DecodeStatus.Ok));
            if (e.Kind is MarketEventKind.FullBook or MarketEventKind.Trade)
                _venue.AdvanceTo(e.MatchNs, in _book, ref _sink);
            if (e.Kind == MarketEventKind.Trade)
                _venue.OnTrade(in e, ref _sink);
            else if (e.Kind == MarketEventKind.FullBook)
                OnBook(in e);
            while (_venue.TryDeliver(receiveNs, out OrderReport report))
                Reports.Add(report);
            if (e.Kind == MarketEventKind.FullBook)
                Decide(receiveNs);
        }
    }

    public void SaveAndLoad()
    {
        byte[] state = new byte[_venue.SaveSize];
        _venue.Save(state);
        _venue = PaperVenue<SortedBook>.Load(_instrument, _options, state);
    }

    private void OnBook(in MarketEvent e)
    {
        OnSide(Side.Bid, _levels.AsSpan(0, e.BidCount));
        OnSide(Side.Ask, _levels.AsSpan(e.BidCount, e.AskCount));
        _venue.AfterFrame(in _book, ref _sink);
        _books++;
    }

    private void OnSide(Side side, ReadOnlySpan<BookLevel> now)
    {
        ReadOnlySpan<BookLevel> before = _scratch.AsSpan(0, _book.CopyBest(side, _scratch));
        int count = FullBookChanges.Collect(side, before, now, _changes);
        long worst = PaperOrder.KeyOf(side, now[^1].Price);
        foreach (BookLevel change in _changes.AsSpan(0, count))
        {
            Size previous = _book.Set(side, change.Price, change.Size);
            if (change.Size == Size.Zero && PaperOrder.KeyOf(side, change.Price) > worst)
            {
                LeftView++;
                _venue.OnLevelLeftView(side, change.Price);
            }
            else
            {
                _venue.OnLevel(side, change.Price, previous, change.Size, in _book, ref _sink);
            }
        }
    }

    // an order every few books: quotes at and behind the best, takes now and then, cancels of the oldest
    private void Decide(long receiveNs)
    {
        if (_books % 5 != 0)
            return;
        Side side = (Side)(_books / 5 % 2);
        bool take = _books % 35 == 0;
        Price price = take ? _book.Best(side == Side.Bid ? Side.Ask : Side.Bid) : _book.Best(side);
        if (_books % 15 == 0 && _book.TryNextWorse(side, price, out Price behind))
            price = behind;
        Send(receiveNs, RequestAction.Submit, ++_orderId, side, price);
        if (_orderId > 20)
            Send(receiveNs, RequestAction.Cancel, _orderId - 20, side, default);
    }

    private void Send(long receiveNs, RequestAction action, long id, Side side, Price price)
    {
        OrderRequest request = new()
        {
            OrderId = id,
            RequestNs = receiveNs,
            Action = action,
            Side = side,
            Price = price,
            Size = new Size(200_000_000_000),
            Key = new OrderKey((int)(id % 2), TradingMode.Paper, 0),
        };
        _venue.Request(in request);
    }
}
