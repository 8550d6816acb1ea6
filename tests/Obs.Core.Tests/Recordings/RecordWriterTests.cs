using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;
using Obs.Core.Recordings.Export;

namespace Obs.Core.Tests.Recordings;

/// <summary>What is exported reads back to the same events.</summary>
internal sealed class RecordWriterTests
{
    private static readonly Instrument Market = Recorded.Market(VenueId.Upbit, "KRW-BTC", 4, 8);
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Json_lines_read_back_to_the_same_events([Range(1, 10)] int seed)
    {
        List<CollectedEvent> events = Events(seed, static _ => true);
        AssertRoundTrip(events, "records.json", static stream => new JsonRecordWriter(stream));
    }

    [Test]
    public void Csv_of_books_reads_back_to_the_same_events([Range(1, 5)] int seed) =>
        AssertRoundTrip(Events(seed, static e => e.Head.Kind == MarketEventKind.FullBook), "books.csv", static stream => CsvRecordWriter.Books(stream, 15));

    [Test]
    public void Csv_of_trades_reads_back_to_the_same_events([Range(1, 5)] int seed) =>
        AssertRoundTrip(Events(seed, static e => e.Head.Kind == MarketEventKind.Trade), "trades.csv", CsvRecordWriter.Trades);

    [Test]
    public void A_python_reader_of_the_original_finds_its_names()
    {
        MarketEvent trade = Trade(1);
        string line = Written(static stream => new JsonRecordWriter(stream), (trade, []));
        Assert.That(line, Is.EqualTo("{\"timestamp\":1730386800033,\"code\":\"KRW-BTC\",\"trade_price\":100.5,\"trade_volume\":0.00000001,\"ask_bid\":\"ASK\",\"sequential_id\":1}\n"));
    }

    [Test]
    public void What_no_record_can_hold_is_not_written()
    {
        MarketEvent diff = new() { Kind = MarketEventKind.Diff };
        MarketEvent deep = new() { Kind = MarketEventKind.FullBook, BidCount = 2 };
        BookLevel[] two = [new(new Price(2), new Size(1)), new(new Price(1), new Size(1))];
        using JsonRecordWriter json = new(new MemoryStream());
        using CsvRecordWriter books = CsvRecordWriter.Books(new MemoryStream(), 1);
        using CsvRecordWriter trades = CsvRecordWriter.Trades(new MemoryStream());
        Assert.That((json.TryWrite(in diff, [], Market), books.TryWrite(in deep, two, Market), trades.TryWrite(in deep, two, Market)), Is.EqualTo((false, false, false)));
        MarketEvent trade = Trade(1);
        Assert.That((json.TryWrite(in trade, [], Market), books.TryWrite(in trade, [], Market), trades.TryWrite(in trade, [], Market)), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void The_comparison_sees_a_difference()
    {
        MarketEvent one = Trade(1);
        MarketEvent two = Trade(2);
        Assert.That(Bytes(one), Is.Not.EqualTo(Bytes(two)), "the control of the round trips");
    }

    private void AssertRoundTrip(List<CollectedEvent> events, string name, Func<Stream, IRecordWriter> create)
    {
        string path = _recorded.PathOf(name);
        using (IRecordWriter writer = create(File.Create(path)))
        {
            foreach (CollectedEvent e in events)
            {
                MarketEvent head = e.Head;
                Assert.That(writer.TryWrite(in head, e.Levels, Market), Is.True);
            }
        }
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(symbol: null), path);
        Assert.That((result.Reasons.Count, sink.Records.Count), Is.EqualTo((0, events.Count)));
        foreach ((CollectedEvent expected, CollectedEvent found) in events.Zip(sink.Events))
        {
            Assert.That(Bytes(found.Head), Is.EqualTo(Bytes(expected.Head)));
            Assert.That(found.Levels, Is.EqualTo(expected.Levels));
        }
    }

    private static string Written(Func<Stream, IRecordWriter> create, params (MarketEvent Head, BookLevel[] Levels)[] events)
    {
        using MemoryStream target = new();
        using (IRecordWriter writer = create(target))
        {
            foreach ((MarketEvent head, BookLevel[] levels) in events)
                writer.TryWrite(in head, levels, Market);
        }
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private static MarketEvent Trade(long id) => new()
    {
        Kind = MarketEventKind.Trade,
        Aggressor = Side.Ask,
        Price = new Price(1_005_000),
        Size = new Size(1),
        LastUpdateId = id,
        VenueNs = Recorded.TimeNs,
        MatchNs = Recorded.TimeNs,
        ReceiveNs = Recorded.TimeNs,
        TotalAskSize = double.NaN,
        TotalBidSize = double.NaN,
    };

    private static List<CollectedEvent> Events(int seed, Predicate<CollectedEvent> wanted)
    {
        Random random = new(seed);
        List<CollectedEvent> events = [];
        for (int number = 0; number < 200; number++)
        {
            MarketEvent head = Trade(random.Next(2) == 0 ? 0 : random.NextInt64(1L << 60));
            head.VenueNs += random.Next(1000) * 1_000_000L;
            head.MatchNs = head.VenueNs - random.Next(2) * 1_000_000;
            head.ReceiveNs = head.VenueNs + random.Next(2) * random.Next(1_000_000);
            head.Price = new Price(random.NextInt64(1, 1_000_000_000_000));
            head.Size = new Size(random.NextInt64(1, 1_000_000_000_000));
            head.Aggressor = (Side)random.Next(2);
            if (random.Next(2) == 0)
                events.Add(new CollectedEvent(head, [], head.ReceiveNs));
            else
                events.Add(Book(head, random));
        }
        return events.FindAll(wanted);
    }

    private static CollectedEvent Book(MarketEvent head, Random random)
    {
        head = new MarketEvent
        {
            Kind = MarketEventKind.FullBook,
            VenueNs = head.VenueNs,
            MatchNs = head.MatchNs,
            ReceiveNs = head.ReceiveNs,
            TotalAskSize = random.Next(2) == 0 ? double.NaN : random.NextDouble() * 1e6,
            TotalBidSize = random.NextDouble(),
            BidCount = random.Next(1, 16),
            AskCount = random.Next(1, 16),
        };
        BookLevel[] bids = [.. Enumerable.Range(1, head.BidCount).Select(level => new BookLevel(new Price(500_000_000 - level * random.NextInt64(1, 3) - 3 * level), new Size(random.NextInt64(1, 1L << 40))))];
        BookLevel[] asks = [.. Enumerable.Range(1, head.AskCount).Select(level => new BookLevel(new Price(500_000_000 + level * 7), new Size(random.NextInt64(1, 1L << 40))))];
        Array.Sort(bids, static (left, right) => right.Price.CompareTo(left.Price));
        bids = [.. bids.DistinctBy(static level => level.Price)];
        head.BidCount = bids.Length;
        return new CollectedEvent(head, [.. bids, .. asks], head.ReceiveNs);
    }

    private static byte[] Bytes(MarketEvent head) => MemoryMarshal.AsBytes(new ReadOnlySpan<MarketEvent>(in head)).ToArray();
}
