using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models.Sequence;
using Obs.Core.Recordings;
using Obs.Core.Tests.Journal;

namespace Obs.Core.Tests.Engine;

/// <summary>Real recordings through the whole engine: the same however they are run.</summary>
[TestFixture]
internal sealed class RecordedStreamsTests
{
    private static readonly object[] Streams =
    [
        new object[] { VenueId.BinanceUsdm, "BTCUSDT", new[] { "data/binance/usdm_btcusdt_20240718.gz", "data/binance/usdm_btcusdt_20240719.gz" }, 9_017L, 10_701L },
        new object[] { VenueId.BinanceUsdm, "BTCUSDT", new[] { "data/binance/usdm_btcusdt_20240808.gz" }, 6_547L, 21_313L },
        new object[] { VenueId.BinanceSpot, "BTCUSDT", new[] { "data/binance/spot_btcusdt_20240808.gz", "data/binance/spot_btcusdt_20240809.gz" }, 6_493L, 19_904L },
        new object[] { VenueId.BinanceSpot, "NEXOUSDT", new[] { "data/binance/spot_nexousdt_20240723.dat.gz", "data/binance/spot_nexousdt_20240724.dat.gz" }, 68_182L, 12_458L },
        new object[] { VenueId.Upbit, "", new[] { "data/upbit/upbit_10markets_20210405.frames.gz" }, 1_061L, 672L },
    ];

    [TestCaseSource(nameof(Streams))]
    public void Counts_are_the_venues_own_and_no_ticker_differs(VenueId venue, string symbol, string[] files, long books, long trades)
    {
        EngineFixture fixture = Run(Records(venue, symbol, files), venue, symbol, split: false, cut: -1);
        Assert.Multiple(() =>
        {
            Assert.That(fixture.Engine.Counters.Books, Is.EqualTo(books));
            Assert.That(fixture.Engine.Counters.Trades, Is.EqualTo(trades));
            Assert.That(fixture.Engine.Counters.Rejected, Is.Zero);
            Assert.That(fixture.Engine.Counters.Resyncs, Is.Zero);
            Assert.That(fixture.Engine.Markets.Sum(static market => market.TickerMismatches), Is.Zero);
            if (venue != VenueId.Upbit)
                Assert.That(fixture.Engine.Markets.Sum(static market => market.TickerMatches), Is.GreaterThan(500), "0 mismatches of 0 would prove nothing");
        });
    }

    [TestCaseSource(nameof(Streams))]
    public void Fused_split_and_from_a_snapshot_are_the_same(VenueId venue, string symbol, string[] files, long books, long trades)
    {
        List<CollectedFrame> records = Records(venue, symbol, files);
        ulong fused = Run(records, venue, symbol, split: false, cut: -1).Engine.StateHash;
        Assert.That(Run(records, venue, symbol, split: true, cut: -1).Engine.StateHash, Is.EqualTo(fused), "split");
        Random random = new((int)books);
        for (int cut = 0; cut < 3; cut++)
        {
            int at = random.Next(1, records.Count - 1);
            Assert.That(Run(records, venue, symbol, split: false, at).Engine.StateHash, Is.EqualTo(fused), $"snapshot after record {at} of {records.Count}; {trades} trades");
        }
        records.RemoveAt(records.FindLastIndex(static record => record.Bytes.AsSpan().IndexOf("depthUpdate"u8) > 0 || record.Bytes.AsSpan().IndexOf("orderbook"u8) > 0));
        Assert.That(Run(records, venue, symbol, split: false, cut: -1).Engine.StateHash, Is.Not.EqualTo(fused), "control: without the last book, another hash");
    }

    [TestCaseSource(nameof(Streams))]
    public void Four_threads_with_a_model_write_the_same_outputs_as_one(VenueId venue, string symbol, string[] files, long books, long trades)
    {
        List<CollectedFrame> records = Records(venue, symbol, files);
        (ulong Hash, byte[] Outputs) fused = RunWithModel(records, venue, symbol, split: false);
        (ulong Hash, byte[] Outputs) split = RunWithModel(records, venue, symbol, split: true);
        Assert.That(split.Hash, Is.EqualTo(fused.Hash));
        Assert.That(split.Outputs.AsSpan().SequenceEqual(fused.Outputs), Is.True, "the output logs differ");
        Assert.That(fused.Outputs, Has.Length.GreaterThan(100 * (books + trades)), "every book and trade is in it");
        records.RemoveAt(records.FindLastIndex(static record => record.Bytes.AsSpan().IndexOf("trade"u8) > 0));
        Assert.That(RunWithModel(records, venue, symbol, split: true).Outputs.AsSpan().SequenceEqual(fused.Outputs), Is.False, "control: without the last trade, other outputs");
    }

    private static (ulong Hash, byte[] Outputs) RunWithModel(List<CollectedFrame> records, VenueId venue, string symbol, bool split)
    {
        using JournalFolder folder = new();
        using BackgroundThread? background = split ? new BackgroundThread() : null;
        using OutputLogWriter log = OutputLogWriter.Open(OutputLogWriter.OptionsFor(folder.Path) with { Durability = DurabilityPolicy.OnDemand, SparesAhead = 1 });
        EngineOptions options = EngineModel.Options();
        using OutputLogSink sink = new(log, folder.Path);
        using OutputLine line = new([sink], hasThread: split);
        EngineFixture fixture = Fixture(venue, symbol, new EngineFixture(options, line, background: background));
        Feed(fixture, records, venue, split);
        line.Finish();
        return (fixture.Engine.StateHash, OutputsOf(folder.Path));
    }

    private static byte[] OutputsOf(string folder)
    {
        using System.IO.MemoryStream all = new();
        using OutputLogReader reader = new(folder);
        while (reader.TryRead(out OutputRecord record))
        {
            all.WriteByte((byte)record.Kind);
            all.Write(BitConverter.GetBytes(record.JournalSequence));
            all.Write(record.Payload);
        }
        return all.ToArray();
    }

    internal static List<CollectedFrame> Records(VenueId venue, string symbol, string[] files)
    {
        FrameSink sink = new();
        new Importer(new ImportOptions { Venue = venue, Instruments = DefaultInstruments.Catalog, Symbol = symbol.Length == 0 ? null : symbol }, sink)
            .Run([.. files.Select(SharedData.Path)]);
        return sink.Frames;
    }

    private static EngineFixture Run(List<CollectedFrame> records, VenueId venue, string symbol, bool split, int cut)
    {
        EngineFixture fixture = Fixture(venue, symbol);
        if (split)
        {
            Feed(fixture, records, venue, split);
            return fixture;
        }
        for (int index = 0; index < records.Count; index++)
        {
            if (index == cut)
                fixture = Restored(fixture, venue, symbol);
            fixture.Loop.OnRecord(records[index].Kind, venue, records[index].ReceiveNs, records[index].Bytes);
        }
        return fixture;
    }

    private static void Feed(EngineFixture fixture, List<CollectedFrame> records, VenueId venue, bool split)
    {
        using SplitLine? line = split ? new SplitLine(fixture.Engine, fixture.Loop, fixture.Decoder, long.MaxValue, null) : null;
        foreach (CollectedFrame record in records)
        {
            if (line is not null)
                line.Offer(record.Kind, venue, record.ReceiveNs, record.Bytes, 0);
            else
                fixture.Loop.OnRecord(record.Kind, venue, record.ReceiveNs, record.Bytes);
        }
        line?.Finish();
    }

    internal static EngineFixture Fixture(VenueId venue, string symbol) => Fixture(venue, symbol, new EngineFixture(EngineFixture.Options(threshold: 0.6)));

    private static EngineFixture Fixture(VenueId venue, string symbol, EngineFixture fixture)
    {
        if (symbol.Length > 0 && fixture.Registry.TryFind(venue, System.Text.Encoding.UTF8.GetBytes(symbol), out ushort index))
            fixture.Decoder.SetDefaultMarket(venue, index);
        return fixture;
    }

    private static EngineFixture Restored(EngineFixture before, VenueId venue, string symbol)
    {
        SnapshotWriter writer = new();
        EngineSnapshot.Save(before.Engine, before.Registry, writer);
        byte[] file = writer.Complete(before.Engine.Sequence, before.Engine.EngineNs, EngineSnapshot.Schema).ToArray();
        Assert.That(Snapshot.TryParse("memory", file, out Snapshot? snapshot, out string problem), Is.True, problem);
        EngineFixture after = new(EngineFixture.Options(threshold: 0.6));
        EngineSnapshot.Restore(after.Engine, after.Registry, snapshot!, settings: null);
        if (symbol.Length > 0 && after.Registry.TryFind(venue, System.Text.Encoding.UTF8.GetBytes(symbol), out ushort index))
            after.Decoder.SetDefaultMarket(venue, index);
        after.Reloop();
        return after;
    }

    internal sealed record CollectedFrame(RecordKind Kind, long ReceiveNs, byte[] Bytes);

    private sealed class FrameSink : IRecordSink
    {
        public List<CollectedFrame> Frames { get; } = [];

        public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
        {
            if (kind != RecordKind.ConfigurationChange)
                Frames.Add(new CollectedFrame(kind, receiveNs, payload.ToArray()));
        }
    }
}
