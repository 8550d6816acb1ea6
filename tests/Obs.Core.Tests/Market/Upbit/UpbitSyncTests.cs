using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market.Upbit;

[TestFixture]
internal sealed class UpbitSyncTests
{
    private const long Ms = 1_000_000;

    [Test]
    public void The_first_book_is_synced_at_once() =>
        Assert.That(Book().Full("b100:5 a101:5", 5 * Ms).Quality, Is.EqualTo(BookQuality.Synced));

    [Test]
    public void A_book_stamped_before_the_last_is_dropped_and_counted_and_a_tie_is_not()
    {
        BookScript<DepthBook> book = Book().Full("b100:5 a101:5", 5 * Ms).Full("b99:5 a101:5", 4 * Ms).Full("b100:6 a101:5", 5 * Ms);
        Assert.That(book.Calls, Has.Count.EqualTo(2));
        Assert.That(book.Market.Counters.Dropped(DropReason.OlderVenueTime), Is.EqualTo(1));
        Assert.That(book.Market.Book.SizeAt(Side.Bid, new Price(100)), Is.EqualTo(new Size(6)));
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Synced), "an old frame says nothing against the book");
    }

    [Test]
    public void A_book_that_is_dropped_for_its_age_leaves_quality_and_view_alone()
    {
        BookScript<DepthBook> book = Book().Full("b100:5 a101:5", 2 * Ms).Full("b1:1 a2:1", Ms);
        Assert.That((book.Quality, book.Market.Counters.Dropped(DropReason.OlderVenueTime)), Is.EqualTo((BookQuality.Synced, 1L)));
        Assert.That((book.Market.TryVisibleWorst(Side.Bid, out Price worst), worst), Is.EqualTo((true, new Price(100))));
    }

    [Test]
    public void A_book_without_a_stamp_is_taken_and_does_not_turn_the_clock_back()
    {
        BookScript<DepthBook> book = Book().Full("b100:5 a101:5", 2 * Ms).Full("b100:6 a101:5", venueNs: 0).Full("b100:7 a101:5", Ms);
        Assert.That(book.Market.Book.SizeAt(Side.Bid, new Price(100)), Is.EqualTo(new Size(6)));
        Assert.That(book.Market.Counters.Dropped(DropReason.OlderVenueTime), Is.EqualTo(1));
    }

    [Test]
    public void Only_changes_are_shown_bids_then_asks_best_first()
    {
        BookScript<DepthBook> book = new BookScript<DepthBook>(new UpbitSync(), wantsLevels: true).Full("b100:5 b99:4 b98:3 a101:5 a102:6", Ms);
        book.Calls.Clear();
        book.Full("b101:1 b100:5 b99:9 a102:6 a103:2", 2 * Ms);
        Assert.That(book.Log, Is.EqualTo("before 0, b101 0>1, b99 4>9, b98 3>0, a101 5>0, a103 0>2, frame 0 @2"));
    }

    [Test]
    public void The_worst_shown_price_tells_what_left_the_view()
    {
        BookScript<DepthBook> book = Book();
        Assert.That(book.Market.TryVisibleWorst(Side.Bid, out _), Is.False);
        book.Full("b101:1 b100:5 b99:9 a102:6", Ms);
        Assert.That(book.Market.TryVisibleWorst(Side.Bid, out Price worst), Is.True);
        Assert.That(worst, Is.EqualTo(new Price(99)), "98 would have slid out of view; a vanished 100 would have been removed");
        Assert.That(book.Market.TryVisibleWorst(Side.Ask, out worst), Is.True);
        Assert.That(worst, Is.EqualTo(new Price(102)));
        book.Full("b101:1", 2 * Ms);
        Assert.That(book.Market.TryVisibleWorst(Side.Ask, out _), Is.False);
    }

    [TestCase("b101:5 a101:5"), TestCase("b102:5 a101:5"), TestCase("b101:5"), TestCase("a101:5"), TestCase("")]
    public void A_crossed_or_one_sided_book_is_suspect_until_the_next_clean_frame(string levels)
    {
        BookScript<DepthBook> book = Book().Full(levels, Ms);
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Suspect));
        Assert.That(book.Calls, Has.Count.EqualTo(1), "it is a row all the same");
        Assert.That(book.Full("b100:5 a101:5", 2 * Ms).Quality, Is.EqualTo(BookQuality.Synced));
    }

    [Test]
    public void Diffs_and_snapshots_are_not_of_this_venue()
    {
        BookScript<DepthBook> book = Book().Diff(1, 2, 0).Snapshot(5);
        Assert.That(book.Market.Counters.Dropped(DropReason.NotOfThisVenue), Is.EqualTo(2));
        Assert.That(book.Quality, Is.EqualTo(BookQuality.Empty));
    }

    [Test]
    public void A_trade_counts_once_whatever_the_order_of_its_ids()
    {
        MarketBook<DepthBook> market = Book().Market;
        long[] ids = [17, 5, 17, 900, 5, 6];
        int accepted = 0;
        foreach (long id in ids)
            accepted += market.TryAcceptTrade(new MarketEvent { Kind = MarketEventKind.Trade, LastUpdateId = id }) ? 1 : 0;
        Assert.That(accepted, Is.EqualTo(4));
        Assert.That(market.Counters.Trades, Is.EqualTo(4));
        Assert.That(market.Counters.Dropped(DropReason.DuplicateTrade), Is.EqualTo(2));
    }

    private static BookScript<DepthBook> Book() => new(new UpbitSync());
}
