using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Simulation;

/// <summary>Generated frames are the venue's frames, and a function of the options alone.</summary>
internal sealed class MarketGeneratorTests
{
    private static readonly MarketGeneratorOptions[] Kinds =
    [
        new(),
        new() { Format = UpbitFrameFormat.Simple, Levels = 15, Seed = 2 },
        new() { Format = UpbitFrameFormat.Simple, Market = "KRW-SHIB", StartPrice = 1, Levels = 30, Seed = 3 },
        new() { Market = "KRW-ETH", StartPrice = 1_000_000, Levels = 5, Seed = 4 },
        new() { Market = "KRW-XRP", StartPrice = 100, Levels = 1, Seed = 5, FramesPerSecond = 500 },
    ];

    [Test]
    public void Equal_options_give_equal_bytes_and_another_seed_others()
    {
        ulong first = HashOf(new());
        ulong again = HashOf(new());
        Assert.That(again, Is.EqualTo(first));
        Assert.That(HashOf(new() { Seed = 2 }), Is.Not.EqualTo(first));
        Assert.That(HashOf(new() { StartPrice = 1_000 }), Is.Not.EqualTo(first));
    }

    // the hash was taken once; another machine or a changed order of operations must not change it unnoticed
    [Test]
    public void The_bytes_of_the_default_market_are_frozen() => Assert.That(HashOf(new()), Is.EqualTo(17823935409120397663UL));

    [Test]
    public void Every_frame_is_valid_json_and_takes_the_decoders_fast_path([Range(0, 4)] int kind)
    {
        MarketGenerator market = new(Kinds[kind]);
        UpbitDecoder decoder = MadeMarkets.Decoder(Kinds[kind].Market);
        BookLevel[] levels = new BookLevel[128];
        Dictionary<MarketEventKind, int> seen = [];
        int slow = 0;
        for (int frame = 0; frame < 3_000; frame++)
        {
            Assert.That(market.Next(out _, out ReadOnlySpan<byte> bytes), Is.True);
            MarketEvent e = default;
            Assert.That(decoder.Decode(bytes, levels, ref e), Is.EqualTo(DecodeStatus.Ok), Encoding.UTF8.GetString(bytes));
            seen[e.Kind] = seen.GetValueOrDefault(e.Kind) + 1;
            slow += e.Kind is MarketEventKind.FullBook or MarketEventKind.Trade && !decoder.TryFast(bytes, levels, ref e) ? 1 : 0;
            using JsonDocument json = JsonDocument.Parse(bytes.ToArray());
            if (e.Kind == MarketEventKind.FullBook)
                AssertBook(json.RootElement, in e, levels, Kinds[kind]);
        }
        Assert.That(slow, Is.Zero, "the venue's own shape needs no general path");
        Assert.That(seen[MarketEventKind.FullBook], Is.GreaterThan(1_500));
        Assert.That(seen[MarketEventKind.Trade], Is.GreaterThan(300));
        Assert.That(seen.GetValueOrDefault(MarketEventKind.Ticker), Is.Positive);
    }

    [Test]
    public void Times_and_ids_rise([Range(0, 4)] int kind)
    {
        MarketGenerator market = new(Kinds[kind]);
        UpbitDecoder decoder = MadeMarkets.Decoder(Kinds[kind].Market);
        BookLevel[] levels = new BookLevel[128];
        long lastReceiveNs = 0, lastBookNs = 0, lastId = 0;
        for (int frame = 0; frame < 5_000; frame++)
        {
            _ = market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes);
            MarketEvent e = default;
            _ = decoder.Decode(bytes, levels, ref e);
            Assert.That(receiveNs, Is.GreaterThan(lastReceiveNs));
            Assert.That(receiveNs, Is.GreaterThan(e.MatchNs));
            lastReceiveNs = receiveNs;
            if (e.Kind == MarketEventKind.FullBook)
                Assert.That(e.MatchNs, Is.GreaterThanOrEqualTo(lastBookNs));
            if (e.Kind == MarketEventKind.FullBook)
                lastBookNs = e.MatchNs;
            if (e.Kind == MarketEventKind.Trade)
                Assert.That(e.LastUpdateId, Is.GreaterThan(lastId));
            if (e.Kind == MarketEventKind.Trade)
                lastId = e.LastUpdateId;
        }
        Assert.That(lastReceiveNs, Is.GreaterThan(Kinds[kind].StartNs));
    }

    [Test]
    public void It_ends_where_it_is_told_to()
    {
        MarketGeneratorOptions options = new() { EndNs = new MarketGeneratorOptions().StartNs + 10_000_000_000 };
        MarketGenerator market = new(options);
        int frames = 0;
        for (; market.Next(out long receiveNs, out _); frames++)
            Assert.That(receiveNs, Is.LessThanOrEqualTo(options.EndNs));
        Assert.That(frames, Is.InRange(20, 500));
        Assert.That(market.Next(out _, out _), Is.False);
    }

    [Test]
    public void Next_allocates_nothing()
    {
        MarketGenerator market = new(new());
        Assert.That(AllocatedBy(() => Frames(market, 2_000)), Is.Zero);
        Assert.That(AllocatedBy(() => GC.KeepAlive(Kinds.ToList())), Is.Positive, "control: the counter counts");
    }

    [TestCase("", 1, 30, 12, "Market")]
    [TestCase("KRW-ABCDEFGHIJKLMNOP", 1, 30, 12, "Market")]
    [TestCase("KRW-BTC", 0, 30, 12, "StartPrice")]
    [TestCase("KRW-BTC", 1, 31, 12, "Levels")]
    [TestCase("KRW-BTC", 1, 30, 0, "FramesPerSecond")]
    public void Settings_out_of_range_are_named(string code, int price, int levels, double framesPerSecond, string name)
    {
        MarketGeneratorOptions options = new() { Market = code, StartPrice = price, Levels = levels, FramesPerSecond = framesPerSecond };
        Assert.That(() => new MarketGenerator(options), Throws.ArgumentException.With.Message.Contains(name));
        Assert.That(() => new MarketGenerator(new() { MovesPerSecond = -1 }), Throws.ArgumentException.With.Message.Contains("MovesPerSecond"));
        Assert.That(() => new MarketGenerator(new() { StartNs = 5 }), Throws.ArgumentException.With.Message.Contains("StartNs"));
    }

    private static void AssertBook(JsonElement json, in MarketEvent e, BookLevel[] levels, MarketGeneratorOptions options)
    {
        Assert.That((e.BidCount, e.AskCount), Is.EqualTo((options.Levels, options.Levels)));
        Span<BookLevel> bids = levels.AsSpan(0, e.BidCount);
        Span<BookLevel> asks = levels.AsSpan(e.BidCount, e.AskCount);
        Assert.That(bids[0].Price, Is.LessThan(asks[0].Price), "crossed");
        foreach (ref readonly BookLevel level in levels.AsSpan(0, e.BidCount + e.AskCount))
            Assert.That(UpbitMarkets.KrwTicks.IsOnTick(level.Price), Is.True, $"{level.Price} is off tick");
        bool simple = options.Format == UpbitFrameFormat.Simple;
        Assert.That(json.GetProperty(simple ? "tas" : "total_ask_size").GetRawText(), Is.EqualTo(Sum(asks)));
        Assert.That(json.GetProperty(simple ? "tbs" : "total_bid_size").GetRawText(), Is.EqualTo(Sum(bids)));
    }

    private static string Sum(Span<BookLevel> levels)
    {
        decimal sum = 0;
        foreach (ref readonly BookLevel level in levels)
            sum += level.Size.Mantissa / 100_000_000m;
        return sum.ToString("0.0#######", CultureInfo.InvariantCulture);
    }

    private static ulong HashOf(MarketGeneratorOptions options)
    {
        MarketGenerator market = new(options);
        ulong hash = 14695981039346656037;
        for (int frame = 0; frame < 5_000; frame++)
        {
            _ = market.Next(out long receiveNs, out ReadOnlySpan<byte> bytes);
            hash = unchecked((hash ^ (ulong)receiveNs) * 1099511628211);
            foreach (byte letter in bytes)
                hash = unchecked((hash ^ letter) * 1099511628211);
        }
        return hash;
    }

    private static void Frames(MarketGenerator market, int frames)
    {
        for (int frame = 0; frame < frames; frame++)
            _ = market.Next(out _, out _);
    }

    private static long AllocatedBy(Action run)
    {
        run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
