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
        EngineFixture fixture = Run(Records(venue, symbol, files), venue, symbol, split: false);
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
    public void Fused_and_split_are_the_same(VenueId venue, string symbol, string[] files, long books, long trades)
    {
        List<CollectedFrame> records = Records(venue, symbol, files);
        ulong fused = Run(records, venue, symbol, split: false).Engine.StateHash;
        Assert.That(Run(records, venue, symbol, split: true).Engine.StateHash, Is.EqualTo(fused), "split");
        records.RemoveAt(records.FindLastIndex(static record => record.Bytes.AsSpan().IndexOf("depthUpdate"u8) > 0 || record.Bytes.AsSpan().IndexOf("orderbook"u8) > 0));
        Assert.That(Run(records, venue, symbol, split: false).Engine.StateHash, Is.Not.EqualTo(fused), $"control: without the last of {books} books, another hash; {trades} trades");
    }

    [TestCaseSource(nameof(Streams))]
    public void From_a_snapshot_at_twenty_random_cuts_it_is_the_same(VenueId venue, string symbol, string[] files, long books, long trades) =>
        CompareTails(Records(venue, symbol, files), venue, symbol, seed: (int)(books + trades), cuts: 20);

    [TestCaseSource(nameof(Streams)), Category("Soak")]
    public void From_a_snapshot_at_a_hundred_random_cuts_it_is_the_same(VenueId venue, string symbol, string[] files, long books, long trades) =>
        CompareTails(Records(venue, symbol, files), venue, symbol, seed: (int)(books - trades), cuts: 100);

    // one pass takes all snapshots on its way; then each tail runs to the end
    private static void CompareTails(List<CollectedFrame> records, VenueId venue, string symbol, int seed, int cuts)
    {
        Random random = new(seed);
        int[] at = [.. Enumerable.Range(0, cuts).Select(_ => random.Next(1, records.Count - 1)).Order()];
        List<byte[]> snapshots = [];
        EngineFixture whole = Fixture(venue, symbol);
        for (int index = 0; index < records.Count; index++)
        {
            while (snapshots.Count < cuts && at[snapshots.Count] == index)
                snapshots.Add(Saved(whole));
            Feed(whole, venue, records[index]);
        }
        byte[] end = Saved(whole);
        Assert.That(snapshots, Has.Count.EqualTo(cuts));
        for (int cut = 0; cut < cuts; cut++)
        {
            EngineFixture tail = Restored(snapshots[cut], venue, symbol);
            foreach (CollectedFrame record in records.Skip(at[cut]))
                Feed(tail, venue, record);
            string context = $"seed {seed}, snapshot before record {at[cut]} of {records.Count}";
            Assert.That(tail.Engine.StateHash, Is.EqualTo(whole.Engine.StateHash), context);
            Assert.That(tail.Engine.Counters, Is.EqualTo(whole.Engine.Counters), context);
            Assert.That(Saved(tail).AsSpan().SequenceEqual(end), Is.True, $"{context}: every byte of the state");
        }
        EngineFixture shorter = Restored(snapshots[0], venue, symbol);
        foreach (CollectedFrame record in records.Skip(at[0] + 1))
            Feed(shorter, venue, record);
        Assert.That(shorter.Engine.StateHash, Is.Not.EqualTo(whole.Engine.StateHash), "control: a tail that lacks a record is seen");
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

    private static EngineFixture Run(List<CollectedFrame> records, VenueId venue, string symbol, bool split)
    {
        EngineFixture fixture = Fixture(venue, symbol);
        if (split)
        {
            Feed(fixture, records, venue, split);
            return fixture;
        }
        foreach (CollectedFrame record in records)
            Feed(fixture, venue, record);
        return fixture;
    }

    private static void Feed(EngineFixture fixture, List<CollectedFrame> records, VenueId venue, bool split)
    {
        using SplitLine? line = split ? new SplitLine(fixture.Engine, fixture.Loop, fixture.Decoder, new SplitLineOptions()).Start() : null;
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

    private static void Feed(EngineFixture fixture, VenueId venue, CollectedFrame record) =>
        fixture.Loop.OnRecord(record.Kind, venue, record.ReceiveNs, record.Bytes);

    private static byte[] Saved(EngineFixture fixture)
    {
        SnapshotWriter writer = new();
        EngineSnapshot.Save(fixture.Engine, fixture.Registry, writer);
        return writer.Complete(fixture.Engine.Sequence, fixture.Engine.EngineNs, EngineSnapshot.Schema).ToArray();
    }

    private static EngineFixture Restored(byte[] file, VenueId venue, string symbol)
    {
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
