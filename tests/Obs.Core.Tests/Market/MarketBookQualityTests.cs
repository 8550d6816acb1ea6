using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

/// <summary>Quality as the rows of tops.csv show it.</summary>
[TestFixture]
internal sealed class MarketBookQualityTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Stale_ends_with_the_next_frame_whose_row_is_synced()
    {
        BookScript<DepthBook> book = new BookScript<DepthBook>(new UpbitSync()).Full("b100:5 a101:5", 1, atNs: Second);
        book.Market.OnTimer((3 * Second) - 1);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        book.Market.OnTimer(3 * Second);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Stale));
        book.Full("b100:5 a101:5", 2, atNs: 10 * Second);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(book.Calls, Has.Count.EqualTo(2), "an unchanged book is a row too");
    }

    [Test]
    public void A_gap_while_stale_is_syncing_not_synced()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceSpotSync()).Snapshot(100).Diff(101, 101, 0);
        book.Market.OnTimer(9 * Second);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Stale));
        book.Diff(150, 151, 0);
        Assert.That((book.Quality, book.Market.NextDueNs), Is.EqualTo((BookQuality.Syncing, long.MaxValue)));
    }

    [Test]
    public void A_diff_that_crosses_inside_a_frame_but_not_after_it_is_clean()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceSpotSync()).Snapshot(100, "b100:5 a101:5 a103:1");
        book.Diff(101, 101, 0, "b102:1 a101:0"); // bids come first: for a moment 102 stands above 101
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        book.Diff(102, 102, 0, "b103:1");
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Suspect));
        book.Diff(103, 103, 0, "a103:0 a104:9");
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
    }

    [Test]
    public void A_venue_clock_that_runs_ahead_or_back_is_no_fault_of_a_diff_feed()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceUsdmSync()).Snapshot(100).Diff(95, 101, 90).Diff(102, 103, 101);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(book.Market.Counters.Dropped(DropReason.OlderVenueTime), Is.Zero);
    }

    [Test]
    public void A_partial_depth_stream_is_ordered_by_its_update_id()
    {
        BookScript<LadderBook> book = new(new BinanceSpotSync());
        foreach ((long id, int rows) in new[] { (10L, 1), (12L, 2), (11L, 2), (12L, 3) })
        {
            RecordingVisitor visitor = new(book.Calls);
            MarketEvent e = new() { Kind = MarketEventKind.FullBook, LastUpdateId = id, BidCount = 1, AskCount = 1, ReceiveNs = id };
            book.Market.OnFrame(e, [MarketFixture.Level(100, id), MarketFixture.Level(101, 1)], ref visitor);
            Assert.That(book.Calls, Has.Count.EqualTo(rows), $"id {id}");
        }
        Assert.That(book.Market.Book.SizeAt(Side.Bid, new Price(100)), Is.EqualTo(new Size(12)));
    }

    [Test]
    public void A_snapshot_after_complete_books_puts_every_level_in_view_again()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceSpotSync()).Full("b100:5 b99:1 a101:6");
        Assert.That(book.Market.TryVisibleWorst(Side.Bid, out _), Is.True);
        book.Snapshot(100);
        Assert.That((book.Market.TryVisibleWorst(Side.Bid, out _), book.Market.TryVisibleWorst(Side.Ask, out _)), Is.EqualTo((false, false)));
    }

    [Test]
    public void Kinds_that_are_no_book_change_nothing()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceSpotSync()).Snapshot(100).Diff(101, 101, 0);
        ulong hash = book.Market.StateHash;
        RecordingVisitor visitor = new(book.Calls);
        foreach (MarketEventKind kind in new[] { MarketEventKind.Other, MarketEventKind.Ticker, MarketEventKind.Trade })
            book.Market.OnFrame(new MarketEvent { Kind = kind }, [], ref visitor);
        Assert.That(book.Market.StateHash, Is.EqualTo(hash));
        Assert.That(book.Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_state_hash_tells_states_apart_that_hold_the_same_levels()
    {
        BookScript<LadderBook> syncing = new BookScript<LadderBook>(new BinanceSpotSync()).Snapshot(100);
        BookScript<LadderBook> synced = new BookScript<LadderBook>(new BinanceSpotSync()).Snapshot(99).Diff(100, 100, 0);
        Assert.That(syncing.Market.Book.StateHash, Is.EqualTo(synced.Market.Book.StateHash));
        Assert.That(syncing.Market.StateHash, Is.Not.EqualTo(synced.Market.StateHash));
    }
}
