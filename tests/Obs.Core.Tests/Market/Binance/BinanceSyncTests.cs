using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Binance;

namespace Obs.Core.Tests.Market.Binance;

[TestFixture]
internal sealed class BinanceSyncTests
{
    [Test]
    public void Diffs_before_the_snapshot_follow_it_in_order_with_their_own_times()
    {
        BookScript<LadderBook> book = Spot().Diff(90, 95, 0).Diff(96, 103, 0, "b99:1").Diff(104, 105, 0, "b98:2");
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        Assert.That(book.Calls, Is.Empty);
        book.Snapshot(100);
        Assert.That(book.Log, Is.EqualTo("snapshot 100, frame 103 @2, frame 105 @3"));
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(book.Market.Counters.Dropped(DropReason.InSnapshot), Is.EqualTo(1));
        Assert.That(book.Market.Book.Count(Side.Bid), Is.EqualTo(3));
        Assert.That(book.Market.LastUpdateId, Is.EqualTo(105));
    }

    [Test]
    public void A_snapshot_alone_is_syncing_and_the_first_accepted_diff_makes_it_synced()
    {
        BookScript<LadderBook> book = Spot();
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Empty));
        book.Snapshot(100);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        book.Diff(90, 100, 0); // u ≤ lastUpdateId: in the snapshot
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        book.Diff(101, 101, 0);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(book.Log, Is.EqualTo("snapshot 100, frame 101 @3"));
    }

    [TestCase(101, 101, true), TestCase(95, 101, true), TestCase(101, 150, true)]
    [TestCase(102, 150, false), TestCase(150, 160, false)]
    public void Spot_first_diff_must_hold_the_id_after_the_snapshot(long first, long last, bool isAccepted)
    {
        BookScript<LadderBook> book = Spot().Snapshot(100).Diff(first, last, 0);
        Assert.That(book.Quality, Is.EqualTo(isAccepted ? BookQuality.Synced : BookQuality.Syncing));
        Assert.That(book.Market.Counters.Resyncs, Is.Zero, "the initial synchronisation is no resync");
    }

    [TestCase(100, 100, 7, true), TestCase(90, 100, 7, true), TestCase(100, 150, 7, true)]
    [TestCase(101, 150, 100, true)] // the chain itself proves it
    [TestCase(101, 150, 99, false), TestCase(101, 101, 101, false)]
    public void Futures_first_diff_must_hold_the_snapshot_id(long first, long last, long previous, bool isAccepted)
    {
        BookScript<LadderBook> book = Usdm().Snapshot(100).Diff(first, last, previous);
        Assert.That(book.Quality, Is.EqualTo(isAccepted ? BookQuality.Synced : BookQuality.Syncing));
    }

    [TestCase(true, 99, DropReason.InSnapshot), TestCase(true, 100, DropReason.InSnapshot), TestCase(false, 99, DropReason.InSnapshot), TestCase(false, 100, DropReason.None)]
    public void A_diff_the_snapshot_contains_is_dropped(bool isSpot, long last, DropReason reason)
    {
        BookScript<LadderBook> book = (isSpot ? Spot() : Usdm()).Diff(90, last, 89).Snapshot(100);
        Assert.That(book.Market.Counters.Dropped(DropReason.InSnapshot), Is.EqualTo(reason == DropReason.None ? 0 : 1));
        Assert.That(book.Market.Counters.Applied, Is.EqualTo(reason == DropReason.None ? 1 : 0));
    }

    [TestCase(true), TestCase(false)]
    public void A_snapshot_older_than_the_kept_diffs_is_refused_and_a_newer_one_taken(bool isSpot)
    {
        BookScript<LadderBook> book = (isSpot ? Spot() : Usdm()).Diff(110, 115, 109).Snapshot(100);
        Assert.That(book.Calls, Is.Empty);
        Assert.That(book.Market.Counters.Dropped(DropReason.SnapshotTooOld), Is.EqualTo(1));
        book.Diff(116, 120, 115).Snapshot(112);
        Assert.That(book.Log, Is.EqualTo("snapshot 112, frame 115 @1, frame 120 @3"));
        Assert.That(book.Market.Counters.Resyncs, Is.Zero);
    }

    [Test]
    public void A_snapshot_one_before_the_first_kept_diff_is_contiguous() =>
        Assert.That(Spot().Diff(101, 105, 0).Snapshot(100).Log, Is.EqualTo("snapshot 100, frame 105 @1"));

    [Test]
    public void Spot_gap_throws_the_book_away_and_keeps_diffs_for_the_next_snapshot()
    {
        BookScript<LadderBook> book = Spot().Snapshot(100).Diff(101, 102, 0).Diff(104, 105, 0);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        Assert.That(book.Market.Book.Has(Side.Bid), Is.False);
        Assert.That(book.Market.Counters.Resyncs, Is.EqualTo(1));
        book.Diff(106, 107, 0).Snapshot(105, "b200:1 a201:1").Diff(108, 108, 0);
        Assert.That(book.Log, Is.EqualTo("snapshot 100, frame 102 @2, resync 105, snapshot 105, frame 107 @4, frame 108 @6"));
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(book.Market.Counters.Dropped(DropReason.InSnapshot), Is.EqualTo(1));
    }

    [Test]
    public void Futures_gap_is_seen_by_pu_and_not_by_u()
    {
        BookScript<LadderBook> book = Usdm().Snapshot(100).Diff(95, 120, 90).Diff(150, 170, 120);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced), "U 150 after u 120 is normal here");
        book.Diff(171, 180, 169);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        Assert.That(book.Market.Counters.Resyncs, Is.EqualTo(1));
    }

    [Test]
    public void A_gap_among_the_kept_diffs_waits_for_another_snapshot()
    {
        BookScript<LadderBook> book = Spot().Diff(101, 102, 0).Diff(110, 111, 0).Diff(112, 113, 0).Snapshot(100);
        Assert.That(book.Log, Is.EqualTo("snapshot 100, frame 102 @1, resync 111"));
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Syncing));
        book.Snapshot(109);
        Assert.That(book.Log, Does.EndWith("snapshot 109, frame 111 @2, frame 113 @3"));
    }

    [Test]
    public void An_older_diff_is_ignored_and_an_older_snapshot_too()
    {
        BookScript<LadderBook> book = Spot().Snapshot(100).Diff(101, 110, 0).Diff(101, 105, 0).Snapshot(104).Diff(111, 112, 0);
        Assert.That(book.Log, Is.EqualTo("snapshot 100, frame 110 @2, frame 112 @5"));
        Assert.That(book.Market.Counters.Dropped(DropReason.OlderThanBook), Is.EqualTo(1));
        Assert.That(book.Market.Counters.Dropped(DropReason.SnapshotPassed), Is.EqualTo(1));
        BookScript<LadderBook> futures = Usdm().Snapshot(100).Diff(95, 120, 90).Diff(95, 120, 90).Diff(121, 130, 120);
        Assert.That(futures.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(futures.Market.Counters.Dropped(DropReason.OlderThanBook), Is.EqualTo(1));
    }

    [TestCase(119, 119, 120, 1, Description = "it follows the book and ends before it: no venue sends that, and the book must not go back")]
    [TestCase(120, 120, 119, 1, Description = "the last one again")]
    [TestCase(120, 120, 120, 0, Description = "nothing new, but the chain goes on")]
    public void A_futures_diff_never_takes_the_book_back(long first, long last, long previous, int older)
    {
        BookScript<LadderBook> book = Usdm().Snapshot(100).Diff(95, 120, 90).Diff(first, last, previous).Diff(121, 130, 120);
        Assert.That((book.Market.LastUpdateId, book.Quality), Is.EqualTo((130L, BookQuality.Synced)));
        Assert.That(book.Market.Counters.Dropped(DropReason.OlderThanBook), Is.EqualTo(older));
    }

    [TestCase(109, 1, "snapshot 100, frame 110 @2"), TestCase(110, 0, "snapshot 100, frame 110 @2, frame 110 @3")]
    public void A_spot_diff_that_ends_before_the_book_is_ignored_and_one_that_ends_with_it_is_not(long last, int older, string log)
    {
        BookScript<LadderBook> book = Spot().Snapshot(100).Diff(101, 110, 0).Diff(105, last, 0, "b99:1");
        Assert.That((book.Log, book.Market.LastUpdateId), Is.EqualTo((log, 110L)), "sizes are absolute: what is told again changes nothing");
        Assert.That(book.Market.Counters.Dropped(DropReason.OlderThanBook), Is.EqualTo(older));
    }

    [TestCase(true), TestCase(false)]
    public void A_second_snapshot_of_the_same_id_changes_nothing(bool isSpot)
    {
        BookScript<LadderBook> book = (isSpot ? Spot() : Usdm()).Snapshot(100).Snapshot(100, "b1:1 a2:1");
        Assert.That(book.Log, Is.EqualTo("snapshot 100"));
        Assert.That(book.Market.Book.Best(Side.Bid), Is.EqualTo(new Price(100)));
        Assert.That(book.Market.Counters.Dropped(DropReason.SnapshotPassed), Is.EqualTo(1));
    }

    [Test]
    public void A_newer_snapshot_replaces_the_book()
    {
        BookScript<LadderBook> book = Spot().Snapshot(100).Diff(101, 110, 0).Snapshot(200, "b300:1 a301:1").Diff(195, 210, 0);
        Assert.That(book.Log, Is.EqualTo("snapshot 100, frame 110 @2, resync 200, snapshot 200, frame 210 @4"));
        Assert.That(book.Market.Book.Best(Side.Bid), Is.EqualTo(new Price(300)));
        Assert.That(book.Market.Book.Count(Side.Bid), Is.EqualTo(1));
    }

    [Test]
    public void A_market_that_never_gets_its_snapshot_does_not_eat_the_memory()
    {
        BookScript<LadderBook> book = Spot();
        for (int id = 1; id <= KeptDiffs.FramesMax + 1; id++)
            book.Diff(id, id, 0, "b99:1");
        Assert.That(book.Market.Counters.Dropped(DropReason.BufferFull), Is.EqualTo(KeptDiffs.FramesMax / 2));
        book.Snapshot(KeptDiffs.FramesMax - 1);
        Assert.That(book.Log, Is.EqualTo($"snapshot 8191, frame 8192 @8192, frame 8193 @8193"));
    }

    [Test]
    public void Levels_are_shown_one_by_one_when_somebody_wants_them()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceSpotSync(), wantsLevels: true).Snapshot(100).Diff(101, 101, 0, "b100:0 b99:7 a101:6");
        Assert.That(book.Log, Is.EqualTo("snapshot 100, before 101, b100 5>0, b99 0>7, a101 6>6, frame 101 @2"));
    }

    private static BookScript<LadderBook> Spot() => new(new BinanceSpotSync());

    private static BookScript<LadderBook> Usdm() => new(new BinanceUsdmSync());
}
