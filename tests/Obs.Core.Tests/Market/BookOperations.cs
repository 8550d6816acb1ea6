using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>A seeded stream of book updates shaped like a feed: most near a wandering middle, some far away, removals as often as settings, crossings now and then.</summary>
internal sealed class BookOperations(int seed, long lowest, long highest)
{
    private readonly Random _random = new(seed);
    private long _middle = (lowest + highest) / 2;

    public (Side Side, Price Price, Size Size) Next()
    {
        if (_random.Next(50) == 0)
            _middle = Math.Clamp(_middle + _random.Next(-40, 41), lowest, highest);
        Side side = (Side)_random.Next(2);
        long distance = _random.Next(10) switch
        {
            0 => _random.NextInt64(highest - lowest),
            1 => -_random.Next(1, 6), // beyond the middle: crosses
            < 5 => _random.Next(0, 4),
            _ => _random.Next(0, 200),
        };
        long price = Math.Clamp(side == Side.Bid ? _middle - distance : _middle + 1 + distance, lowest, highest);
        long size = _random.Next(5) < 3 ? 0 : _random.NextInt64(1, 1_000_000);
        return (side, new Price(price), new Size(size));
    }
}
