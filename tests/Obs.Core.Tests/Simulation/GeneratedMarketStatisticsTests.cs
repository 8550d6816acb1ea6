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
    public void The_rate_is_the_one_asked_for_and_minutes_differ()
    {
        double[] minutes = Default.Value.FramesPerMinute();
        Assert.That(minutes.Average() / 60, Is.EqualTo(new MarketGeneratorOptions().FramesPerSecond).Within(30).Percent);
        Assert.That(minutes.Max() / minutes.Min(), Is.GreaterThan(2), "quiet and busy minutes");
    }

    [Test]
    public void The_spread_is_mostly_a_tick_and_the_price_moves()
    {
        long[] spreads = [.. Default.Value.Books.Select(static b => b.SpreadTicks)];
        Assert.That(spreads.Count(static s => s == 1) / (double)spreads.Length, Is.InRange(0.5, 0.98));
        Assert.That(Default.Value.Books.Select(static b => b.Mid).Distinct().Count(), Is.GreaterThan(20));
        Assert.That(Default.Value.Books.Max(static b => b.Mid) / Default.Value.Books.Min(static b => b.Mid), Is.LessThan(1.2));
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
            UpbitDecoder decoder = new(new InstrumentRegistry(new InstrumentCatalog([Krw(options.Market)])));
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

        private static Instrument Krw(string market) => new()
        {
            Venue = VenueId.Upbit,
            Symbol = market,
            QuoteCurrency = "KRW",
            PriceDecimals = 8,
            SizeDecimals = 8,
            Ticks = UpbitMarkets.KrwTicks,
            Lot = new Size(1),
            MaxPrice = new Price(long.MaxValue),
            MinOrderValue = 5_000,
            MakerFee = 0.0005m,
            TakerFee = 0.0005m,
            ShortAllowed = false,
        };
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
