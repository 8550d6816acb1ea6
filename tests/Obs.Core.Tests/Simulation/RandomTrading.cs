using System;
using System.Collections.Generic;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>A seeded history of frames, prints, orders, cancels, changes, gates and resyncs against one venue.</summary>
internal sealed class RandomTrading
{
    private readonly Random _random;
    private readonly Dictionary<long, long> _sizes = [];
    private long _lastId;

    public RandomTrading(int seed, PaperVenueOptions options)
    {
        _random = new Random(seed);
        Venue = new VenueFixture(options);
        Venue.Frame((Side.Bid, 99, 50), (Side.Ask, 101, 50));
    }

    public VenueFixture Venue { get; }

    /// <summary>Wanted sizes of every order submitted (the latest total of those never changed).</summary>
    public IReadOnlyDictionary<long, long> Sizes => _sizes;

    public List<OrderReport> Delivered { get; } = [];

    /// <summary>Size of the print of the last step; 0 when it was none.</summary>
    public long LastPrint { get; private set; }

    public void Step()
    {
        LastPrint = 0;
        int dice = _random.Next(100);
        if (dice < 45)
            Venue.Frame(Level(), Level(), Level());
        else if (dice < 65)
            Print();
        else if (dice < 85)
            Submit();
        else if (dice < 92)
            Venue.Cancel(1 + _random.NextInt64(_lastId + 2), _random.Next(2));
        else if (dice < 96)
            Modify();
        else if (dice < 98)
            Venue.Venue.SetTradable(_random.Next(3) > 0);
        else
            Venue.Resync();
        while (Venue.Venue.TryDeliver(Venue.NowNs, out OrderReport report))
            Delivered.Add(report);
    }

    private (Side Side, long Price, long Size) Level()
    {
        bool bid = _random.Next(2) == 0;
        long price = bid ? 90 + _random.Next(10) : 101 + _random.Next(10);
        // now and then a level inside the spread or across it
        if (_random.Next(10) == 0)
            price = 97 + _random.Next(7);
        return (bid ? Side.Bid : Side.Ask, price, _random.Next(3) == 0 ? 0 : _random.Next(1, 60));
    }

    private void Print()
    {
        LastPrint = _random.Next(1, 40);
        Venue.Print(_random.Next(2) == 0 ? Side.Bid : Side.Ask, 94 + _random.Next(13), LastPrint);
    }

    private void Submit()
    {
        long size = _random.Next(1, 50);
        bool market = _random.Next(12) == 0;
        _lastId = Venue.Send(
            _random.Next(2) == 0 ? Side.Bid : Side.Ask,
            market ? 0 : 92 + _random.Next(17),
            size,
            market ? TimeInForce.Ioc : (TimeInForce)_random.Next(4),
            _random.Next(2),
            market ? OrderType.Market : OrderType.Limit);
        _sizes[_lastId] = size;
    }

    private void Modify()
    {
        long id = 1 + _random.NextInt64(_lastId + 1);
        long size = _random.Next(1, 60);
        Venue.Modify(id, 92 + _random.Next(17), size, _random.Next(2));
        _sizes[id] = Math.Max(size, _sizes.GetValueOrDefault(id));
    }
}
