using System.Collections.Generic;
using System.IO.Compression;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>hftbacktest event arrays, written by the test.</summary>
internal sealed class NpyReaderTests
{
    private const MarketEventFlags First = MarketEventFlags.Unsequenced | MarketEventFlags.ClearFirst;
    private Recorded _recorded = null!;

    [SetUp]
    public void SetUp() => _recorded = new Recorded();

    [TearDown]
    public void TearDown() => _recorded.Dispose();

    [Test]
    public void Depth_rows_of_one_message_are_one_diff_and_trades_keep_their_place([Values] Packing packing, [Values(1, 2)] int version)
    {
        byte[] npy = new HftRows()
            .Add(HftRows.BidDepth, 0, 5, 50000.1, 0.5).Add(HftRows.AskDepth, 0, 5, 50000.2, 1)
            .Add(HftRows.SellTrade, 9, 14, 50000.1, 0.125)
            .Add(HftRows.BidDepth, 10, 15, 50000.1, 0)
            .Add(HftRows.BuyTrade, 11, 16, 50000.2, 0.002)
            .ToNpy(version: version);
        byte[] file = packing switch
        {
            Packing.Npy => npy,
            Packing.Stored => Recorded.Zip(CompressionLevel.NoCompression, ("data.npy", npy)),
            _ => Recorded.Zip(CompressionLevel.Optimal, ("data.npy", npy)),
        };
        (ImportResult result, CollectingSink sink) = Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), _recorded.Bytes("day.npz", file));
        Assert.That((result.Lines, result.Records, result.BadLines), Is.EqualTo((5L, 4L, 0L)));
        Assert.That(sink.Events.Select(static e => (e.Head.Kind, e.Head.BidCount, e.Head.AskCount, e.Head.Flags)), Is.EqualTo(new[]
        {
            (MarketEventKind.Diff, 1, 1, First),
            (MarketEventKind.Trade, 0, 0, MarketEventFlags.None),
            (MarketEventKind.Diff, 1, 0, MarketEventFlags.Unsequenced),
            (MarketEventKind.Trade, 0, 0, MarketEventFlags.None),
        }));
        Assert.That((sink.Events[0].Bids[0], sink.Events[0].Asks[0], sink.Events[2].Bids[0]), Is.EqualTo(((5_000_010L, 500L), (5_000_020L, 1_000L), (5_000_010L, 0L))));
        Assert.That((sink.Events[1].Head.Aggressor, sink.Events[3].Head.Aggressor, sink.Events[1].Head.Size.Mantissa), Is.EqualTo((Side.Ask, Side.Bid, 125L)));
        Assert.That((sink.Events[0].ReceiveNs, sink.Events[0].Head.VenueNs), Is.EqualTo((1760000000005000000, 1760000000000000000)));
    }

    [Test]
    public void Rows_of_the_venue_side_and_unknown_kinds_are_passed_over()
    {
        (ImportResult result, CollectingSink sink) = Import(new HftRows()
            .Add(0xA000_0001, 0, 5, 50000.1, 0.5)    // venue only
            .Add(0x6000_0001, 0, 5, 50000.1, 0.5)    // local only
            .Add(0xE000_0005, 0, 6, 50000.1, 0.5)    // best level only
            .Add(0xE000_0064, 0, 7, 0.0001, 0));     // a converter's own
        Assert.That((result.Lines, result.Skipped, sink.Records.Count), Is.EqualTo((4L, 3L, 1)));
    }

    [Test]
    public void A_kind_is_a_number_and_no_mask()
    {
        // 3 = 1 | 2 clears the bids; read as a mask it would be depth or a trade
        (_, CollectingSink sink) = Import(new HftRows().Add(HftRows.BidDepth, 0, 5, 100, 1).Add(0xE000_0003, 1, 6, 100, 0));
        Assert.That(sink.Events[1].Bids, Is.EqualTo(new[] { (10_000L, 0L) }));
    }

    [TestCase(0xE000_0003, 99.0, "100,99", TestName = "Clear: bids from the best through the price, deeper ones stay")]
    [TestCase(0xE000_0003, double.NaN, "100,99,98", TestName = "Clear: no price means the whole side")]
    [TestCase(0xE000_0003, double.PositiveInfinity, "100,99,98", TestName = "Clear: infinity means the whole side")]
    [TestCase(0xE000_0003, 100.5, "", TestName = "Clear: a price better than the best clears nothing")]
    [TestCase(0xD000_0003, 102.0, "101,102", TestName = "Clear: asks from the best through the price")]
    [TestCase(0xC000_0003, double.NaN, "100,99,98,101,102,103", TestName = "Clear: no side means both")]
    public void Clears_become_removals_of_what_is_there(object ev, double price, string removed)
    {
        HftRows rows = new();
        foreach (int level in new[] { 98, 99, 100 })
            rows.Add(HftRows.BidDepth, 0, 5, level, 1);
        foreach (int level in new[] { 101, 102, 103 })
            rows.Add(HftRows.AskDepth, 0, 5, level, 1);
        rows.Add(System.Convert.ToUInt64(ev, System.Globalization.CultureInfo.InvariantCulture), 1, 6, price, 0).Add(0xE000_0004, 1, 6, 97, 2);
        (_, CollectingSink sink) = Import(rows);
        CollectedEvent change = sink.Events[1];
        Assert.That(change.Bids[^1], Is.EqualTo((9_700L, 2_000L)), "the snapshot that follows belongs to the same message");
        IEnumerable<(long Price, long Size)> cleared = change.Bids.SkipLast(1).Concat(change.Asks);
        Assert.That(cleared.Select(static l => l.Size), Is.All.Zero);
        Assert.That(cleared.Select(static l => l.Price / 100), Is.EquivalentTo(removed.Split(',', System.StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)));
    }

    [TestCase(HftRows.BidDepth, 50000.123, 1.0, BadLineReason.OffScale)]
    [TestCase(HftRows.BidDepth, -1.0, 1.0, BadLineReason.BadPrice)]
    [TestCase(HftRows.BidDepth, double.NaN, 1.0, BadLineReason.Malformed)]
    [TestCase(HftRows.BidDepth, 1.0, -1.0, BadLineReason.BadSize)]
    [TestCase(HftRows.BidDepth, 1.0, 1e300, BadLineReason.Overflow)]
    [TestCase(HftRows.SellTrade, 1.0, 0.0, BadLineReason.BadSize)]
    [TestCase(0xC000_0002UL, 1.0, 1.0, BadLineReason.UnknownSide)]
    [TestCase(0xC000_0001UL, 1.0, 1.0, BadLineReason.UnknownSide)]
    public void Bad_row(ulong ev, double price, double quantity, BadLineReason expected)
    {
        (ImportResult result, CollectingSink sink) = Import(new HftRows().Add(ev, 0, 5, price, quantity).Add(HftRows.BuyTrade, 0, 6, 1, 1));
        Assert.That((result.Reasons.Single().Key, sink.Records.Count), Is.EqualTo((expected, 1)));
    }

    [Test]
    public void A_local_clock_that_goes_back_is_counted()
    {
        (ImportResult result, _) = Import(new HftRows().Add(HftRows.BuyTrade, 0, 6, 1, 1).Add(HftRows.BuyTrade, 0, 5, 1, 1));
        Assert.That(result.ClockSteps, Is.EqualTo(1));
    }

    [TestCase("'<f8'", "version 1")]
    [TestCase("[('req_ts', '<i8'), ('exch_ts', '<i8'), ('resp_ts', '<i8'), ('_padding', '<i8')]", "order-latency")]
    [TestCase("[('ev', '<i8')]", "expected 'descr'")]
    public void Arrays_of_another_kind_are_refused_by_their_dtype(string descr, string expected)
    {
        ImportException failure = Assert.Throws<ImportException>(() => Run(new HftRows().Add(HftRows.BuyTrade, 0, 6, 1, 1).ToNpy(descr)))!;
        Assert.That((failure.Problem, failure.Message), Is.EqualTo((ImportProblem.NotSupported, failure.Message)));
        Assert.That(failure.Message, Does.Contain(expected));
    }

    [Test]
    public void Market_by_order_is_refused_with_its_row() =>
        Assert.That(Assert.Throws<ImportException>(() => Run(new HftRows().Add(HftRows.BuyTrade, 0, 6, 1, 1).Add(0xE000_000A, 0, 7, 1, 1).ToNpy()))!.Line, Is.EqualTo(2));

    [Test]
    public void An_array_shorter_than_its_header_promises_is_damaged_behind_its_last_row()
    {
        CollectingSink sink = new();
        string path = _recorded.Bytes("day.npy", new HftRows().Add(HftRows.BidDepth, 0, 6, 1, 1).Add(HftRows.BuyTrade, 0, 7, 1, 1).ToNpy(promised: 3)[..^8]);
        Importer importer = new(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), sink);
        ImportException failure = Assert.Throws<ImportException>(() => importer.Run([path]))!;
        Assert.That((failure.Problem, failure.Line, sink.Records.Count), Is.EqualTo((ImportProblem.Damaged, 1L, 1)));
        Assert.That(failure.Message, Does.Contain("promises 3 rows"));
    }

    [Test]
    public void A_header_cut_at_any_byte_is_refused()
    {
        byte[] npy = new HftRows().Add(HftRows.BuyTrade, 0, 6, 1, 1).ToNpy();
        for (int length = 6; length < npy.Length - 64; length++)
            Assert.Throws<ImportException>(() => Run(npy[..length]), $"cut at {length}");
    }

    private (ImportResult Result, CollectingSink Sink) Import(HftRows rows) => Run(rows.ToNpy());

    private (ImportResult Result, CollectingSink Sink) Run(byte[] npy) =>
        Recorded.Import(Recorded.Options(VenueId.BinanceUsdm, "BTCUSDT"), _recorded.Bytes("day.npy", npy));

    /// <summary>How the array lies on disk.</summary>
    internal enum Packing
    {
        Npy,
        Stored,
        Deflated,
    }
}
