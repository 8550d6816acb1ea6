using System;
using System.Linq;
using System.Numerics;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>The last w trades: exact at any length of history, exactly 0 where nothing moves, the same after a restore.</summary>
internal sealed class TradeWindowTests
{
    private const double Scale = 1000;

    [Test]
    public void The_widest_window_of_prices_that_lie_furthest_apart_is_right()
    {
        const int trades = 4_096;
        TradeWindow window = new(trades, priceScale: 1);
        for (int trade = 0; trade < trades; trade++)
            window.Add(trade % 2 == 0 ? 1 : 1L << 60, bought: true);
        Assert.That(window.Volatility, Is.EqualTo(Math.ScaleB(1, 59) * Math.Sqrt(trades / (trades - 1.0))).Within(1e-9).Percent);
        Assert.That(window.ChangeRate, Is.EqualTo(1.0).Within(1e-15));
    }

    [Test]
    public void Equal_prices_have_a_volatility_of_exactly_0()
    {
        TradeWindow window = new(30, Scale);
        foreach (long price in (long[])[1, 999_999_999_999, 7])
            window.Add(price, bought: true);
        for (int trade = 0; trade < 30; trade++)
            window.Add(123_457, bought: false);
        Assert.That((window.Volatility, window.ChangeRate, window.BuyShare), Is.EqualTo((0.0, 0.0, 0.0)));
    }

    [Test]
    public void Nothing_is_known_before_the_window_is_full()
    {
        TradeWindow window = new(3, Scale);
        window.Add(1, bought: true);
        window.Add(2, bought: true);
        Assert.That(window.IsFull, Is.False);
        window.Add(3, bought: false);
        Assert.That(window.IsFull, Is.True);
        Assert.That(window.Volatility, Is.EqualTo(1 / Scale), "the sample deviation of 1, 2, 3");
        Assert.That(window.BuyShare, Is.EqualTo(2.0 / 3));
        Assert.That(window.ChangeRate, Is.EqualTo(2.0 / 3));
    }

    [TestCase(100_000)]
    [TestCase(10_000_000, Category = "Soak")]
    public void Nothing_drifts(int trades)
    {
        Random random = new(11);
        TradeWindow window = new(30, Scale);
        long[] last = new long[30];
        long price = 95_000_000_000;
        for (int trade = 0; trade < trades; trade++)
        {
            price = Math.Max(1, price + random.NextInt64(-1_000_000, 1_000_001) * (random.Next(1000) == 0 ? 20_000 : 1));
            last[trade % 30] = price;
            window.Add(price, random.Next(2) == 0);
        }
        Assert.That(window.Volatility, Is.EqualTo(Deviation(last)).Within(1e-9).Percent, "1e-11 relative to a fresh exact computation");
        Assert.That(window.ChangeRate, Is.EqualTo((last.Max() - last.Min()) / (double)last.Max()));
    }

    [Test]
    public void A_floating_sum_would_have_drifted()
    {
        Random random = new(11);
        double sum = 0, squares = 0;
        double[] last = new double[30];
        for (int trade = 0; trade < 100_000; trade++)
        {
            double price = 95_000_000 + random.NextDouble();
            sum += price - last[trade % 30];
            squares += (price * price) - (last[trade % 30] * last[trade % 30]);
            last[trade % 30] = price;
        }
        double naive = Math.Sqrt(Math.Max(0, (squares - (sum * sum / 30)) / 29));
        double mean = last.Average();
        double right = Math.Sqrt(last.Sum((double p) => (p - mean) * (p - mean)) / 29);
        Assert.That(Math.Abs(naive - right) / right, Is.GreaterThan(1e-9), "the control: sums in double fail the test above");
    }

    [TestCase(1L)]
    [TestCase(1L << 20)]
    [TestCase(1L << 40)]
    [TestCase(1L << 55)]
    [TestCase(1L << 61)]
    public void Any_range_of_prices_is_computed_rightly(long range)
    {
        Random random = new(3);
        TradeWindow window = new(30, Scale);
        long[] last = new long[30];
        for (int trade = 0; trade < 95; trade++)
        {
            last[trade % 30] = 1 + random.NextInt64(range + 1);
            window.Add(last[trade % 30], bought: true);
        }
        double wanted = Deviation(last);
        Assert.That(window.Volatility, Is.EqualTo(wanted).Within(Math.Max(1e-300, wanted * 1e-12)));
    }

    [Test]
    public void A_restored_window_goes_on_as_the_saved_one([Values(0, 1, 29, 30, 31, 1000)] int trades)
    {
        Random random = new(trades);
        TradeWindow window = new(30, Scale);
        for (int trade = 0; trade < trades; trade++)
            window.Add(random.NextInt64(1, 1L << 52), random.Next(2) == 0);
        byte[] bytes = new byte[window.MaxSnapshotBytes];
        StateWriter writer = new(bytes);
        window.Save(ref writer);
        StateReader reader = new(bytes.AsSpan(0, writer.Written));
        TradeWindow restored = new(30, Scale);
        restored.Add(5, bought: true);
        restored.Load(ref reader);
        for (int trade = 0; trade < 100; trade++)
        {
            Assert.That(restored.StateHash(1), Is.EqualTo(window.StateHash(1)), $"trade {trade}");
            Assert.That(restored.IsFull, Is.EqualTo(window.IsFull));
            if (window.IsFull)
                Assert.That((restored.Volatility, restored.ChangeRate, restored.BuyShare), Is.EqualTo((window.Volatility, window.ChangeRate, window.BuyShare)));
            long price = random.NextInt64(1, 1L << 52);
            window.Add(price, trade % 3 == 0);
            restored.Add(price, trade % 3 == 0);
        }
    }

    private static double Deviation(long[] prices)
    {
        BigInteger sum = 0, squares = 0;
        foreach (long price in prices)
        {
            sum += price;
            squares += (BigInteger)price * price;
        }
        BigInteger numerator = (squares * prices.Length) - (sum * sum);
        return Math.Sqrt((double)numerator / (prices.Length * (prices.Length - 1.0))) / Scale;
    }
}
