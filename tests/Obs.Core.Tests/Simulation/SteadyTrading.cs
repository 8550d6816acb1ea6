using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Tests.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>The same orders, frames and prints again and again, as the engine would drive them, with a sink that only counts.</summary>
internal sealed class SteadyTrading
{
    private readonly PaperVenue<LadderBook> _venue;
    private readonly LadderBook _book;
    private CountingSink _sink;
    private long _nowNs = 1_000;
    private long _orderId;
    private object? _box;

    public SteadyTrading()
    {
        Instrument instrument = MarketFixture.Instrument() with { MinOrderValue = 0 };
        _book = LadderBook.Create(instrument);
        _venue = new PaperVenue<LadderBook>(instrument, VenueFixture.Product);
        Set(Side.Bid, 99, 5);
        Set(Side.Ask, 101, 5);
    }

    public void Quiet()
    {
        for (int round = 0; round < 500; round++)
        {
            Send(Side.Bid, 99, 3, RequestAction.Submit);
            Send(Side.Ask, 99, 30, RequestAction.Submit);
            Advance();
            Set(Side.Bid, 99, 4 + round % 3);
            Set(Side.Ask, 101, 5 + round % 2);
            _venue.AfterFrame(in _book, ref _sink);
            MarketEvent trade = new() { Aggressor = Side.Ask, Price = new Price(98), Size = new Size(100) };
            _venue.OnTrade(in trade, ref _sink);
            Send(Side.Ask, 0, 0, RequestAction.Cancel);
            Advance();
            while (_venue.TryDeliver(_nowNs, out _)) { }
        }
    }

    public void Boxing()
    {
        Quiet();
        _box = _sink;
    }

    private void Advance()
    {
        _nowNs += 100;
        _venue.AdvanceTo(_nowNs, in _book, ref _sink);
    }

    private void Send(Side side, long price, long size, RequestAction action)
    {
        OrderRequest request = new()
        {
            OrderId = action == RequestAction.Submit ? ++_orderId : _orderId,
            RequestNs = _nowNs,
            Side = side,
            Price = new Price(price),
            Size = new Size(size),
            Action = action,
        };
        _venue.Request(in request);
    }

    private void Set(Side side, long price, long size)
    {
        Size previous = _book.Set(side, new Price(price), new Size(size));
        _venue.OnLevel(side, new Price(price), previous, new Size(size), in _book, ref _sink);
    }

    private struct CountingSink : IPaperSink
    {
        public long Executions;

        public void OnExecution(in OrderReport execution) => Executions++;
    }
}
