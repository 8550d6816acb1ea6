using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Records put in the order of their times.</summary>
internal sealed class TimeOrderedSinkTests
{
    [Test]
    public void It_sorts_by_time_and_keeps_the_order_of_equals([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        CollectingSink sink = new();
        TimeOrderedSink ordered = new(sink);
        List<(long Ns, byte[] Payload)> given = [];
        for (int number = 0; number < 500; number++)
        {
            byte[] payload = new byte[random.Next(100) == 0 ? 3_000_000 : random.Next(100)];
            random.NextBytes(payload);
            given.Add((Recorded.TimeNs + random.Next(50), payload));
            ordered.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, given[^1].Ns, payload);
        }
        ordered.Flush();
        (long Ns, byte[] Payload)[] expected = [.. given.OrderBy(static record => record.Ns)];
        Assert.That(sink.Records.Select(static record => record.ReceiveNs), Is.EqualTo(expected.Select(static record => record.Ns)), $"seed {seed}");
        Assert.That(sink.Records.Zip(expected).All(static pair => pair.First.Payload.AsSpan().SequenceEqual(pair.Second.Payload)), Is.True, $"seed {seed}");
    }

    [Test]
    public void Only_the_last_configuration_is_given_on_and_it_comes_first()
    {
        CollectingSink sink = new();
        TimeOrderedSink ordered = new(sink);
        ordered.OnRecord(RecordKind.ConfigurationChange, VenueId.None, 1, Configuration("old"));
        ordered.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, 2, [1]);
        ordered.OnRecord(RecordKind.ConfigurationChange, VenueId.None, 3, Configuration("new"));
        ordered.OnRecord(RecordKind.RestAnswer, VenueId.BinanceSpot, 1, [2]);
        ordered.Flush();
        Assert.That(sink.Configurations.Select(static c => (c.Configuration.Symbol, c.Before)), Is.EqualTo(new[] { ("new", 0) }));
        Assert.That(sink.Records.Select(static r => (r.Kind, r.Venue, r.Payload[0])), Is.EqualTo(new[] { (RecordKind.RestAnswer, VenueId.BinanceSpot, (byte)2), (RecordKind.VenueFrame, VenueId.Upbit, (byte)1) }));
    }

    [Test]
    public void Nothing_comes_out_of_nothing()
    {
        CollectingSink sink = new();
        TimeOrderedSink ordered = new(sink);
        ordered.OnRecord(RecordKind.ConfigurationChange, VenueId.None, 1, Configuration("lonely"));
        ordered.Flush();
        Assert.That((sink.Records.Count, sink.Configurations.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Books_and_trades_of_the_original_project_come_together()
    {
        using Recorded recorded = new();
        string books = recorded.Text("orderbook.txt",
            "{'timestamp': 1730386800100, 'orderbook_units': [{'ask_price': 2, 'bid_price': 1, 'ask_size': 1, 'bid_size': 1}]}",
            "{'timestamp': 1730386800300, 'orderbook_units': [{'ask_price': 3, 'bid_price': 1, 'ask_size': 1, 'bid_size': 1}]}");
        string trades = recorded.Text("trade.csv", "timestamp,trade_price,trade_volume,ask_bid", "1730386800050,2,1,BID", "1730386800200,2,1,BID", "1730386800300,2,1,BID");
        CollectingSink sink = new();
        TimeOrderedSink ordered = new(sink);
        ImportResult result = new Importer(Recorded.Options(), ordered).Run([books, trades]);
        ordered.Flush();
        Assert.That(result.ClockSteps, Is.EqualTo(1), "the clock goes back between the files, and the result says so");
        Assert.That(string.Concat(sink.Events.Select(static e => e.Head.Kind == MarketEventKind.Trade ? 't' : 'b')), Is.EqualTo("tbtbt"));
        Assert.That(sink.Events.Select(static e => e.ReceiveNs), Is.Ordered);
    }

    private static byte[] Configuration(string symbol) => new RecordingConfiguration { IsRecording = true, Venue = VenueId.Upbit, Symbol = symbol }.ToPayload();
}
