using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Simulation;

/// <summary>A generated hour looks like a market: something can be learned, trades come in bursts, the spread is mostly a tick.</summary>
internal sealed class GeneratedMarketStatisticsTests
{
    private const long MeanTravelNs = 7_000_000;

    private static readonly Lazy<Hour> Default = new(() => new Hour(new MarketGeneratorOptions { Levels = 15 }));

    [Test]
    public void Imbalance_at_the_best_leads_the_price_by_seconds()
    {
        (double[] imbalance, double[] later) = Default.Value.ImbalanceAndLaterMove(seconds: 3);
        double correlation = Correlation(imbalance, later);
        TestContext.Out.WriteLine($"correlation of imbalance with the move of the next 3 s: {correlation:F3}, n = {imbalance.Length}");
        Assert.That(correlation, Is.InRange(0.1, 0.5), "something to learn, nothing certain");
        new Random(5).Shuffle(imbalance);
        Assert.That(Correlation(imbalance, later), Is.EqualTo(0).Within(0.03), "control: shuffled, it leads nothing");
    }

    [Test]
    public void Trades_come_in_bursts()
    {
        double[] counts = Default.Value.TradesPerSecond();
        double mean = counts.Average();
        double dispersion = counts.Average(c => (c - mean) * (c - mean)) / mean;
        Assert.That(dispersion, Is.GreaterThan(1.5), "variance over mean of a Poisson process is 1");
        Random random = new(6);
        double[] even = new double[counts.Length];
        for (int trade = 0; trade < counts.Sum(); trade++)
            even[random.Next(even.Length)]++;
        Assert.That(even.Average(c => (c - mean) * (c - mean)) / mean, Is.EqualTo(1).Within(0.15), "control: the same trades spread evenly");
    }

    [Test]
    public void Quiet_and_busy_minutes_follow_one_another()
    {
        double[] minutes = Default.Value.FramesPerMinute();
        Assert.That(minutes.Max() / minutes.Min(), Is.GreaterThan(2));
    }

    // many short markets instead of a long one: how busy it is changes slowly, so an hour of one market tells little about the mean
    [TestCase(0.1, 400, 2_000), TestCase(1, 400, 200), TestCase(12, 400, 20), TestCase(50, 400, 5), TestCase(10_000, 200, 0.25)]
    public void Frames_and_trades_come_as_often_as_asked(double framesPerSecond, int markets, double seconds)
    {
        (double frames, double trades, _) = Means(new MarketGeneratorOptions { FramesPerSecond = framesPerSecond }, markets, seconds);
        TestContext.Out.WriteLine($"{frames / framesPerSecond:F3} of the frames asked for, {trades / frames:F3} of them trades");
        Assert.Multiple(() =>
        {
            Assert.That(frames / framesPerSecond, Is.EqualTo(1).Within(0.1), "frames a second");
            Assert.That(trades / frames, Is.EqualTo(0.25).Within(0.015), "share of trades");
        });
    }

    // several moves between two books partly undo one another before anybody sees them: these are few
    [TestCase(12, 0.8), TestCase(12, 2), TestCase(50, 4)]
    public void Quotes_give_way_as_often_as_asked(double framesPerSecond, double movesPerSecond)
    {
        MarketGeneratorOptions still = new() { FramesPerSecond = framesPerSecond, MovesPerSecond = 0 };
        (_, _, double byTrades) = Means(still, markets: 400, seconds: 600 / framesPerSecond);
        (_, _, double all) = Means(still with { MovesPerSecond = movesPerSecond }, markets: 400, seconds: 600 / framesPerSecond);
        TestContext.Out.WriteLine($"{byTrades:F3} ticks a second by trades, {all - byTrades:F3} more for {movesPerSecond} moves");
        Assert.That((all - byTrades) / movesPerSecond, Is.EqualTo(1).Within(0.15), "ticks that a best price gave way, a second");
    }

    [Test]
    public void The_spread_is_mostly_a_tick_and_the_price_moves()
    {
        long[] spreads = [.. Default.Value.Books.Select(static b => b.SpreadTicks)];
        Assert.That(spreads.Count(static s => s == 1) / (double)spreads.Length, Is.InRange(0.5, 0.98));
        Assert.That(Default.Value.Books.Select(static b => b.Mid).Distinct().Count(), Is.GreaterThan(20));
        Assert.That(Default.Value.Books.Max(static b => b.Mid) / Default.Value.Books.Min(static b => b.Mid), Is.LessThan(1.2));
    }

    /// <summary>Frames a second, trades a second, and ticks a second by which best prices gave way, over many markets.</summary>
    private static (double Frames, double Trades, double GivenWay) Means(MarketGeneratorOptions options, int markets, double seconds)
    {
        UpbitDecoder decoder = MadeMarkets.Decoder(options.Market);
        BookLevel[] levels = new BookLevel[128];
        long frames = 0, trades = 0;
        double givenWay = 0;
        for (int seed = 1; seed <= markets; seed++)
        {
            MarketGenerator market = new(options with { Seed = (ulong)seed, Levels = 2, EndNs = options.StartNs + MeanTravelNs + (long)(seconds * 1e9) });
            (Price bid, Price ask) = (default, new Price(long.MaxValue));
            while (market.Next(out _, out ReadOnlySpan<byte> frame))
            {
                MarketEvent e = default;
                Assert.That(decoder.Decode(frame, levels, ref e), Is.EqualTo(DecodeStatus.Ok));
                frames++;
                trades += e.Kind == MarketEventKind.Trade ? 1 : 0;
                if (e.Kind != MarketEventKind.FullBook)
                    continue;
                (Price newBid, Price newAsk) = (levels[0].Price, levels[e.BidCount].Price);
                givenWay += (Math.Max(0, bid.Mantissa - newBid.Mantissa) + Math.Max(0, newAsk.Mantissa - ask.Mantissa)) / (double)UpbitMarkets.KrwTicks.StepAt(newBid).Mantissa;
                (bid, ask) = (newBid, newAsk);
            }
        }
        return (frames / (markets * seconds), trades / (markets * seconds), givenWay / (markets * seconds));
    }

    private static double Correlation(double[] left, double[] right)
    {
        double leftMean = left.Average(), rightMean = right.Average();
        double cross = left.Zip(right, (l, r) => (l - leftMean) * (r - rightMean)).Sum();
        return cross / Math.Sqrt(left.Sum(l => (l - leftMean) * (l - leftMean)) * right.Sum(r => (r - rightMean) * (r - rightMean)));
    }

    /// <summary>One generated hour, decoded.</summary>
    private sealed class Hour
    {
        private readonly List<double> _tradeSeconds = [];
        private readonly List<double> _frameSeconds = [];

        public Hour(MarketGeneratorOptions options)
        {
            MarketGenerator market = new(options with { EndNs = options.StartNs + 3_600_000_000_000 });
            UpbitDecoder decoder = MadeMarkets.Decoder(options.Market);
            BookLevel[] levels = new BookLevel[128];
            while (market.Next(out long receiveNs, out ReadOnlySpan<byte> frame))
            {
                MarketEvent e = default;
                Assert.That(decoder.Decode(frame, levels, ref e), Is.EqualTo(DecodeStatus.Ok), Encoding.UTF8.GetString(frame));
                double seconds = (receiveNs - options.StartNs) / 1e9;
                _frameSeconds.Add(seconds);
                if (e.Kind == MarketEventKind.Trade)
                    _tradeSeconds.Add(seconds);
                else if (e.Kind == MarketEventKind.FullBook)
                    Books.Add(new Top(seconds, in levels[0], in levels[e.BidCount]));
            }
        }

        public List<Top> Books { get; } = [];

        public double[] TradesPerSecond() => Histogram(_tradeSeconds, 3_600, 1);

        public double[] FramesPerMinute() => Histogram(_frameSeconds, 60, 60);

        public (double[] Imbalance, double[] Later) ImbalanceAndLaterMove(double seconds)
        {
            List<double> imbalance = [], later = [];
            int ahead = 0;
            foreach (Top top in Books)
            {
                while (ahead < Books.Count && Books[ahead].Seconds < top.Seconds + seconds)
                    ahead++;
                if (ahead == Books.Count)
                    break;
                imbalance.Add(top.Imbalance);
                later.Add(Books[ahead].Mid - top.Mid);
            }
            return ([.. imbalance], [.. later]);
        }

        private static double[] Histogram(List<double> seconds, int bins, double width)
        {
            double[] counts = new double[bins];
            foreach (double second in seconds)
                counts[Math.Min(bins - 1, (int)(second / width))]++;
            return counts;
        }
    }

    /// <summary>The best levels of one book.</summary>
    private readonly record struct Top(double Seconds, double Mid, double Imbalance, long SpreadTicks)
    {
        public Top(double seconds, in BookLevel bid, in BookLevel ask)
            : this(
                seconds,
                (bid.Price.Mantissa + ask.Price.Mantissa) / 2e8,
                (bid.Size.Mantissa - ask.Size.Mantissa) / (double)(bid.Size.Mantissa + ask.Size.Mantissa),
                (ask.Price.Mantissa - bid.Price.Mantissa) / UpbitMarkets.KrwTicks.StepAt(bid.Price).Mantissa)
        {
        }
    }
}
