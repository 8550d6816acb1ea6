using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Tests.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>The venue's small parts, each alone at its edges.</summary>
internal sealed class SmallPartsTests
{
    [TestCase(QueueModel.RiskAdverse, 0)]
    [TestCase(QueueModel.PowerProb1, 1)]
    [TestCase(QueueModel.PowerProb2, 2)]
    [TestCase(QueueModel.PowerProb3, 3)]
    [TestCase(QueueModel.LogProb1, 4)]
    [TestCase(QueueModel.LogProb2, 5)]
    public void Numbers_of_queue_models_are_frozen(QueueModel model, int number) => Assert.That((int)model, Is.EqualTo(number));

    [TestCase(ExchangeModel.Partial, 0)]
    [TestCase(ExchangeModel.NoPartial, 1)]
    public void Numbers_of_exchange_models_are_frozen(ExchangeModel model, int number) => Assert.That((int)model, Is.EqualTo(number));

    [Test]
    public void A_ring_keeps_its_order_while_it_grows_and_wraps([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        FifoRing<long> ring = new(2);
        Queue<long> plain = [];
        for (long step = 0; step < 5_000; step++)
        {
            if (random.Next(100) < (step < 1_000 ? 60 : 48))
            {
                ring.Push(in step);
                plain.Enqueue(step);
            }
            else if (plain.Count > 0)
            {
                Assert.That(ring.Pop(), Is.EqualTo(plain.Dequeue()), $"seed {seed}, step {step}");
            }
            Assert.That(ring.Count, Is.EqualTo(plain.Count));
            if (plain.Count > 0)
                Assert.That(ring[0], Is.EqualTo(plain.Peek()));
        }
    }

    [Test]
    public void What_was_taken_is_kept_by_account_side_and_price()
    {
        TakenLiquidity taken = new();
        taken.Add(1, Side.Ask, new Price(5), new Size(2));
        taken.Add(1, Side.Ask, new Price(5), new Size(3));
        taken.Add(2, Side.Ask, new Price(5), new Size(1));
        taken.Add(1, Side.Bid, new Price(5), new Size(7));
        Assert.That((taken.At(1, Side.Ask, new Price(5)), taken.At(2, Side.Ask, new Price(5)), taken.At(3, Side.Ask, new Price(5))), Is.EqualTo((new Size(5), new Size(1), Size.Zero)));
        taken.Forget(Side.Ask, new Price(5));
        Assert.That((taken.Count, taken.At(1, Side.Bid, new Price(5))), Is.EqualTo((1, new Size(7))));
        for (int price = 0; price < 500; price++)
            taken.Add(9, Side.Ask, new Price(price), new Size(price + 1));
        Assert.That(taken.At(9, Side.Ask, new Price(499)), Is.EqualTo(new Size(500)), "it grows");
        taken.Clear();
        Assert.That(taken.Count, Is.Zero);
    }

    [Test]
    public void A_print_is_shared_within_an_account_and_never_falls_below_nothing()
    {
        EvidenceBudget budget = new(3);
        budget.Start(new Size(10));
        budget.Of(1).Spend(new Size(4));
        budget.Of(1).Spend(new Size(9));
        Assert.That((budget.Of(1).Left, budget.Of(2).Left), Is.EqualTo((Size.Zero, new Size(10))));
        budget.Of(2).Blocked = true;
        budget.Start(new Size(3));
        Assert.That((budget.Of(2).Left, budget.Of(2).Blocked), Is.EqualTo((new Size(3), false)), "a new print, a new share");
    }

    [Test]
    public void A_price_index_finds_the_first_order_of_each_price_and_no_other([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        PriceIndex index = new(300);
        for (int round = 0; round < 60; round++)
        {
            long[] keys = new long[random.Next(0, 301)];
            long step = random.Next(2) == 0 ? 1 : 100_000_000_000;
            for (int place = 0; place < keys.Length; place++)
                keys[place] = (random.Next(400) - 200) * step;
            Array.Sort(keys);
            index.Rebuild(keys);
            for (long key = -205; key < 205; key++)
            {
                int expected = Array.FindIndex(keys, k => k == key * step);
                Assert.That(index.Find(key * step, keys), Is.EqualTo(expected), $"seed {seed}, round {round}, key {key}");
            }
        }
    }

    [Test]
    public void The_tally_tells_what_was_shown_from_what_was_not()
    {
        FillTally tally = default;
        Assert.That(tally.OptimisticShare, Is.Zero);
        tally.Count(FillCause.Take, new Size(5), new Size(9));
        tally.Count(FillCause.TradedThrough, new Size(5), new Size(1));
        tally.Count(FillCause.Queue, new Size(6), new Size(6));
        tally.Count(FillCause.BestCrossed, new Size(4), new Size(-1));
        Assert.That(((long)tally.Size, (long)tally.BeyondEvidence, tally.OptimisticShare), Is.EqualTo((20L, 8L, 0.4)));
        Assert.That((tally.Take.Executions, tally.TradedThrough.Executions, tally.Queue.Executions, tally.BestCrossed.Executions), Is.EqualTo((1L, 1L, 1L, 1L)));
    }

    [TestCase(5_000, 1, true)]
    [TestCase(4_999, 1, false)]
    [TestCase(1, 5_000, true)]
    [TestCase(1, 4_999, false)]
    public void The_minimum_value_is_met_exactly_or_not(long price, long size, bool accepted)
    {
        ArrivalChecks checks = new(MarketFixture.Instrument(priceDecimals: 0, sizeDecimals: 0) with { MinOrderValue = 5_000 });
        PaperOrder limit = new() { Price = new Price(price), Total = new Size(size) };
        PaperOrder market = new() { Type = OrderType.Market, Total = new Size(size) };
        Assert.That(checks.Accepts(in limit, opposite: null), Is.EqualTo(accepted));
        Assert.That(checks.Accepts(in market, new Price(price)), Is.EqualTo(accepted), "a market order is valued at the best");
        Assert.That(checks.Accepts(in market, opposite: null), Is.True, "nothing to value it by");
    }

    [Test]
    public void A_size_off_the_lot_is_refused()
    {
        ArrivalChecks checks = new(MarketFixture.Instrument() with { Lot = new Size(10), MinOrderValue = 0 });
        PaperOrder order = new() { Price = new Price(1), Total = new Size(25) };
        Assert.That(checks.Accepts(in order, null), Is.False);
        order.Total = new Size(20);
        Assert.That(checks.Accepts(in order, null), Is.True);
    }

    [TestCase(0, "0.0")]
    [TestCase(1, "0.00000001")]
    [TestCase(12_000, "0.00012")]
    [TestCase(100_000_000, "1.0")]
    [TestCase(6_394_300_000_000_000, "63943000.0")]
    [TestCase(long.MaxValue, "92233720368.54775807")]
    [TestCase(-150_000_000, "-1.5")]
    public void Decimals_are_written_without_trailing_zeros_but_one(long mantissa, string text)
    {
        FrameText frame = new();
        Assert.That(Encoding.UTF8.GetString(frame.AddDecimal(mantissa).Written), Is.EqualTo(text));
    }

    [Test]
    public void Random_decimals_read_back_exactly()
    {
        Random random = new(8);
        FrameText frame = new();
        for (int round = 0; round < 20_000; round++)
        {
            long mantissa = random.NextInt64(long.MaxValue) >> random.Next(63);
            frame.Clear();
            string text = Encoding.UTF8.GetString(frame.AddDecimal(mantissa).Written);
            Assert.That(decimal.Parse(text, CultureInfo.InvariantCulture) * 100_000_000m, Is.EqualTo((decimal)mantissa), text);
        }
    }

    [TestCase(7, 3, "007")]
    [TestCase(1_234, 2, "1234")]
    [TestCase(0, 1, "0")]
    [TestCase(long.MaxValue, 1, "9223372036854775807")]
    public void Whole_numbers_have_at_least_the_digits_asked_for(long number, int digits, string text)
    {
        FrameText frame = new();
        Assert.That(Encoding.UTF8.GetString(frame.AddWhole(number, digits).Written), Is.EqualTo(text));
    }

    // docs.upbit.com/kr/docs/krw-market-info, since 2025-07-31
    [TestCase("2000000", "1000")]
    [TestCase("1000000", "1000")]
    [TestCase("999999", "500")]
    [TestCase("500000", "500")]
    [TestCase("100000", "100")]
    [TestCase("50000", "50")]
    [TestCase("10000", "10")]
    [TestCase("5000", "5")]
    [TestCase("4999", "1")]
    [TestCase("1000", "1")]
    [TestCase("100", "1")]
    [TestCase("99", "0.1")]
    [TestCase("10", "0.1")]
    [TestCase("9", "0.01")]
    [TestCase("1", "0.01")]
    [TestCase("0.1", "0.001")]
    [TestCase("0.01", "0.0001")]
    [TestCase("0.001", "0.00001")]
    [TestCase("0.0001", "0.000001")]
    [TestCase("0.00001", "0.0000001")]
    [TestCase("0.000001", "0.00000001")]
    public void The_KRW_steps_are_the_venues(string price, string step)
    {
        Price at = new((long)(decimal.Parse(price, CultureInfo.InvariantCulture) * 100_000_000m));
        Assert.That(UpbitMarkets.KrwTicks.StepAt(at).Mantissa, Is.EqualTo((long)(decimal.Parse(step, CultureInfo.InvariantCulture) * 100_000_000m)));
    }

    [Test]
    public void A_generated_side_crosses_a_price_band_tick_by_tick()
    {
        Price boundary = new(100_000_000_000_000);
        GeneratedSide asks = new(Side.Ask, UpbitMarkets.KrwTicks, 4, new Price(boundary.Mantissa - 100_000_000_000));
        Assert.That(Array.ConvertAll(asks.Levels.ToArray(), static l => l.Price.Mantissa / 100_000_000), Is.EqualTo(new[] { 999_000L, 999_500, 1_000_000, 1_001_000 }));
        GeneratedSide bids = new(Side.Bid, UpbitMarkets.KrwTicks, 4, new Price(boundary.Mantissa + 100_000_000_000));
        Assert.That(Array.ConvertAll(bids.Levels.ToArray(), static l => l.Price.Mantissa / 100_000_000), Is.EqualTo(new[] { 1_001_000L, 1_000_000, 999_500, 999_000 }));
        bids.Improve(new Size(5));
        Assert.That((bids.Best.Price.Mantissa / 100_000_000, bids.Best.Size.Mantissa), Is.EqualTo((1_002_000L, 5L)));
        bids.RemoveBest(new Size(6), gap: true);
        Assert.That((bids.Levels[^1].Price.Mantissa / 100_000_000, bids.Levels[^1].Size.Mantissa), Is.EqualTo((998_500L, 6L)), "one tick is left out: 999000");
    }
}
