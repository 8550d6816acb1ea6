using System.Collections.Generic;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Bench.Suites;

/// <summary>A seeded market around one price and resting orders away from it, so that orders stay and only their upkeep is measured.</summary>
internal sealed class PaperVenueWorkload
{
    private const int LevelsPerFrame = 12;
    private const long Middle = 1_000_000;

    private static readonly Instrument Market = new()
    {
        Venue = VenueId.BinanceUsdm,
        Symbol = "BENCH",
        QuoteCurrency = "USDT",
        PriceDecimals = 1,
        SizeDecimals = 3,
        Ticks = TickTable.Constant(new Price(1)),
        Lot = new Size(1),
        MaxPrice = new Price(10_000_000),
        MinOrderValue = 0,
        MakerFee = 0,
        TakerFee = 0,
        ShortAllowed = true,
    };

    private readonly (Side Side, BookLevel Level)[] _levels;
    private readonly MarketEvent[] _trades;
    private readonly int _orders;
    private readonly Dictionary<long, NaiveOrder> _naive = [];
    private LadderBook _book;
    private PaperVenue<LadderBook> _venue;
    private CountingSink _sink;
    private long _clockNs;
    private long _orderId;

    /// <summary>Draws the market and places the orders.</summary>
    public PaperVenueWorkload(int frames, int orders)
    {
        ulong state = 42;
        _levels = new (Side, BookLevel)[frames * LevelsPerFrame];
        _trades = new MarketEvent[frames];
        _orders = orders;
        for (int index = 0; index < _levels.Length; index++)
        {
            // the first half of a frame are bids, levels crowd at the best
            Side side = index % LevelsPerFrame < LevelsPerFrame / 2 ? Side.Bid : Side.Ask;
            long depth = 1 + (long)(Draw(ref state, 60) * Draw(ref state, 60) / 60);
            long size = Draw(ref state, 4) == 0 && depth > 3 ? 0 : 1_000 + Draw(ref state, 5_000);
            _levels[index] = (side, new BookLevel(new Price(side == Side.Bid ? Middle - depth : Middle + depth), new Size(size)));
        }
        for (int index = 0; index < frames; index++)
        {
            _trades[index].Aggressor = (Side)Draw(ref state, 2);
            _trades[index].Size = new Size(index % 2 == 0 ? 1 + Draw(ref state, 50) : 0);
            _trades[index].Price = new Price(_trades[index].Aggressor == Side.Bid ? Middle + 1 : Middle - 1);
        }
        _book = LadderBook.Create(Market);
        _venue = new PaperVenue<LadderBook>(Market, new PaperVenueOptions());
    }

    /// <summary>A fresh book and fresh orders, spread over the levels behind the best.</summary>
    public void Prepare()
    {
        _book = LadderBook.Create(Market);
        for (int depth = 1; depth <= 3; depth++)
        {
            _ = _book.Set(Side.Bid, new Price(Middle - depth), new Size(5_000));
            _ = _book.Set(Side.Ask, new Price(Middle + depth), new Size(5_000));
        }
        _venue = new PaperVenue<LadderBook>(Market, new PaperVenueOptions());
        _naive.Clear();
        for (int order = 0; order < _orders; order++)
        {
            Side side = (Side)(order % 2);
            Price price = new(side == Side.Bid ? Middle - 2 - (order / 2 % 50) : Middle + 2 + (order / 2 % 50));
            Send(side, price, RequestAction.Submit);
            _naive[_orderId] = new NaiveOrder { Side = side, Price = price, Left = new Size(1_000), Front = _book.SizeAt(side, price) };
        }
        Advance();
        while (_venue.TryDeliver(long.MaxValue, out _)) { }
    }

    /// <summary>Book and venue, as the engine drives them.</summary>
    public void RunVenue()
    {
        for (int frame = 0; frame < _trades.Length; frame++)
        {
            _clockNs += 1_000_000;
            _venue.AdvanceTo(_clockNs, in _book, ref _sink);
            bool watched = _venue.WantsLevels;
            for (int index = frame * LevelsPerFrame; index < (frame + 1) * LevelsPerFrame; index++)
            {
                (Side side, BookLevel level) = _levels[index];
                Size previous = _book.Set(side, level.Price, level.Size);
                if (watched)
                    _venue.OnLevel(side, level.Price, previous, level.Size, in _book, ref _sink);
            }
            if (watched)
                _venue.AfterFrame(in _book, ref _sink);
            if (_trades[frame].Size > Size.Zero)
                _venue.OnTrade(in _trades[frame], ref _sink);
        }
    }

    /// <summary>The book without any venue.</summary>
    public void RunBook()
    {
        for (int index = 0; index < _levels.Length; index++)
            _ = _book.Set(_levels[index].Side, _levels[index].Level.Price, _levels[index].Level.Size);
    }

    /// <summary>What one writes first: every order is looked at for every level and every print.</summary>
    public void RunScan()
    {
        for (int frame = 0; frame < _trades.Length; frame++)
        {
            for (int index = frame * LevelsPerFrame; index < (frame + 1) * LevelsPerFrame; index++)
            {
                (Side side, BookLevel level) = _levels[index];
                _ = _book.Set(side, level.Price, level.Size);
                foreach (NaiveOrder order in _naive.Values)
                {
                    if (order.Side == side && order.Price == level.Price && level.Size < order.Front)
                        order.Front = level.Size;
                }
            }
            foreach (NaiveOrder order in _naive.Values)
            {
                Side opposite = order.Side == Side.Bid ? Side.Ask : Side.Bid;
                bool crossed = order.Side == Side.Bid ? _book.Best(opposite) <= order.Price : _book.Best(opposite) >= order.Price;
                bool through = order.Side == Side.Bid ? _trades[frame].Price < order.Price : _trades[frame].Price > order.Price;
                if (crossed || (through && _trades[frame].Aggressor == opposite && _trades[frame].Size > Size.Zero))
                    order.Left = Size.Zero;
            }
        }
    }

    /// <summary>Orders behind the market that come and go.</summary>
    public void RunOrders(int orders)
    {
        for (int order = 0; order < orders; order++)
        {
            Send(Side.Bid, new Price(Middle - 10), RequestAction.Submit);
            Advance();
            Send(Side.Bid, default, RequestAction.Cancel);
            Advance();
            while (_venue.TryDeliver(long.MaxValue, out _)) { }
        }
    }

    private void Advance()
    {
        _clockNs += 1_000_000_000;
        _venue.AdvanceTo(_clockNs, in _book, ref _sink);
    }

    private void Send(Side side, Price price, RequestAction action)
    {
        OrderRequest request = new()
        {
            OrderId = action == RequestAction.Submit ? ++_orderId : _orderId,
            RequestNs = _clockNs,
            Side = side,
            Price = price,
            Size = new Size(1_000),
            Action = action,
        };
        _venue.Request(in request);
    }

    private static long Draw(ref ulong state, long below)
    {
        unchecked
        {
            state = state * 6364136223846793005UL + 1442695040888963407UL;
            return (long)((state >> 33) % (ulong)below);
        }
    }

    private struct CountingSink : IPaperSink
    {
        public long Executions;

        public void OnExecution(in OrderReport execution) => Executions++;
    }

    private sealed class NaiveOrder
    {
        public Side Side { get; init; }

        public Price Price { get; init; }

        public Size Left { get; set; }

        public Size Front { get; set; }
    }
}
