using System;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class TickGridTests
{
    private static TickTable Won => Market("KRW-BTC").Ticks;

    [Test]
    public void It_is_the_tick_table_at_both_sides_of_every_band()
    {
        TickGrid grid = new(Won);
        foreach (TickBand band in Won.Bands)
        {
            long step = band.Step.Mantissa;
            foreach (long price in new[] { band.From.Mantissa - step, band.From.Mantissa - 1, band.From.Mantissa, band.From.Mantissa + 1, band.From.Mantissa + step, band.From.Mantissa + step - 1 })
                Assert.That(grid.Holds(new Price(price)), Is.EqualTo(Won.IsOnTick(new Price(price))), $"price {price} at the band from {band.From.Mantissa}");
        }
    }

    [Test]
    public void It_is_the_tick_table_whatever_was_asked_before([Range(1, 4)] int seed)
    {
        Random random = new(seed);
        TickGrid grid = new(Won);
        int onTick = 0;
        for (int step = 0; step < 20_000; step++)
        {
            TickBand band = Won.Bands[random.Next(Won.Bands.Length)];
            Price price = new(band.From.Mantissa + (random.Next(100) * band.Step.Mantissa) + random.Next(2));
            onTick += grid.Holds(price) ? 1 : 0;
            Assert.That(grid.Holds(price), Is.EqualTo(Won.IsOnTick(price)), $"price {price.Mantissa}, seed {seed}, step {step}");
        }
        Assert.That(onTick, Is.InRange(5_000, 15_000), "control: both answers are asked for");
    }

    [Test]
    public void Nothing_below_the_first_tick_and_the_highest_price_is_handled()
    {
        TickGrid constant = new(TickTable.Constant(new Price(7)));
        Assert.That(constant.Holds(default), Is.False);
        Assert.That(constant.Holds(new Price(-7)), Is.False);
        Assert.That(constant.Holds(new Price(long.MaxValue)), Is.EqualTo(long.MaxValue % 7 == 0));
        Assert.That(constant.Holds(new Price(7)), Is.True);
    }

    private static Instrument Market(string symbol) =>
        DefaultInstruments.Catalog.TryCreate(VenueId.Upbit, System.Text.Encoding.ASCII.GetBytes(symbol), out Instrument? market)
            ? market
            : throw new InvalidOperationException($"{symbol} is not in the catalogue");
}
