using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>The venue's compatible mode beside <see cref="LibraryOracle"/> over random histories: every queue model, both exchanges.</summary>
internal sealed class LibraryOracleTests
{
    [Test]
    public void Venue_and_oracle_tell_the_same_story(
        [Values] QueueModel queue, [Values] ExchangeModel exchange, [Values(1, 3)] double power, [Range(1, 3)] int seed)
    {
        (List<string> venue, List<string> oracle) = Play(seed, steps: 1_500, queue, power, exchange, oraclePower: power);
        Assert.That(venue, Has.Count.GreaterThan(200));
        Assert.That(venue, Is.EqualTo(oracle), $"seed {seed}");
    }

    [Test]
    public void Another_power_in_the_oracle_is_noticed()
    {
        int different = 0;
        for (int seed = 1; seed <= 10; seed++)
        {
            (List<string> venue, List<string> oracle) = Play(seed, steps: 1_500, QueueModel.PowerProb3, 3, ExchangeModel.Partial, oraclePower: 1);
            different += string.Join('\n', venue) != string.Join('\n', oracle) ? 1 : 0;
        }
        Assert.That(different, Is.GreaterThan(2), "control: a comparison that cannot fail shows nothing");
    }

    private static (List<string> Venue, List<string> Oracle) Play(
        int seed, int steps, QueueModel queue, double power, ExchangeModel exchange, double oraclePower)
    {
        Random random = new(seed);
        VenueFixture venue = new(VenueFixture.Library with { Queue = queue, QueuePower = power, Exchange = exchange });
        LibraryOracle oracle = new(queue, oraclePower, exchange);
        long lastId = 0;
        for (int step = 0; step < steps; step++)
        {
            int dice = random.Next(100);
            if (dice < 55)
                Frame(random, venue, oracle);
            else if (dice < 75)
                Print(random, venue, oracle);
            else if (dice < 93)
                lastId = Submit(random, venue, oracle);
            else
                Cancel(1 + random.NextInt64(lastId + 1), venue, oracle);
        }
        return (Story(venue), [.. oracle.Executions, .. oracle.Reports]);
    }

    private static void Frame(Random random, VenueFixture venue, LibraryOracle oracle)
    {
        (Side Side, long Price, long Size)[] levels = new (Side, long, long)[random.Next(1, 5)];
        for (int index = 0; index < levels.Length; index++)
        {
            Side side = (Side)random.Next(2);
            long price = random.Next(8) == 0 ? random.Next(97, 104) : side == Side.Bid ? random.Next(90, 100) : random.Next(101, 111);
            levels[index] = (side, price, random.Next(3) == 0 ? 0 : random.Next(1, 40));
        }
        venue.Frame(levels);
        foreach ((Side side, long price, long size) in levels)
            oracle.Level(side, price, size);
    }

    private static void Print(Random random, VenueFixture venue, LibraryOracle oracle)
    {
        (Side aggressor, long price, long size) = ((Side)random.Next(2), random.Next(94, 107), random.Next(1, 30));
        venue.Print(aggressor, price, size);
        oracle.Print(aggressor, price, size);
    }

    private static long Submit(Random random, VenueFixture venue, LibraryOracle oracle)
    {
        OrderType type = random.Next(10) == 0 ? OrderType.Market : OrderType.Limit;
        Side side = (Side)random.Next(2);
        long price = type == OrderType.Market ? 0 : random.Next(93, 108);
        long size = random.Next(1, 60);
        TimeInForce timeInForce = type == OrderType.Market ? TimeInForce.Ioc : (TimeInForce)random.Next(4);
        long id = venue.Order(side, price, size, timeInForce, type: type);
        oracle.Submit(id, side, price, size, type, timeInForce);
        return id;
    }

    private static void Cancel(long id, VenueFixture venue, LibraryOracle oracle)
    {
        venue.Cancel(id);
        oracle.Cancel(id);
    }

    private static List<string> Story(VenueFixture venue) =>
    [
        .. venue.Executions.ConvertAll(static e => $"{e.OrderId} {e.Price.Mantissa} {e.Size.Mantissa} {e.Cause}"),
        .. venue.Reports().ConvertAll(static r => $"{r.OrderId} {r.Kind} {r.Left.Mantissa}"),
    ];
}
