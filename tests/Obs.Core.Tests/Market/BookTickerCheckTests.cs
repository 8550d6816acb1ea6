using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Binance;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class BookTickerCheckTests
{
    [Test]
    public void A_ticker_is_compared_whichever_comes_first()
    {
        BookScript<LadderBook> book = Synced().Ticker(105, "b100:5 a101:6").Ticker(110, "b99:1 a101:6").Diff(106, 110, 105, "b100:0 b99:1");
        Assert.That((book.Market.Tickers.Matches, book.Market.Tickers.Mismatches), Is.EqualTo((2L, 0L)));
    }

    [TestCase("b100:4 a101:6"), TestCase("b99:5 a101:6"), TestCase("b100:5 a102:6"), TestCase("b100:5 a101:7")]
    public void A_wrong_price_or_size_is_a_mismatch(string top) =>
        Assert.That(Synced().Ticker(105, top).Market.Tickers.Mismatches, Is.EqualTo(1));

    [Test]
    public void Ids_inside_a_diff_are_not_compared()
    {
        BookScript<LadderBook> book = Synced().Ticker(104, "b1:1 a2:1").Ticker(107, "b1:1 a2:1").Diff(106, 110, 105).Ticker(109, "b1:1 a2:1");
        Assert.That((book.Market.Tickers.Matches, book.Market.Tickers.Mismatches), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void A_ticker_without_an_id_is_compared_with_nothing()
    {
        BookScript<LadderBook> book = new BookScript<LadderBook>(new BinanceSpotSync()).Ticker(0, "b100:5 a101:6").Snapshot(100).Diff(101, 101, 0);
        Assert.That((book.Market.Tickers.Matches, book.Market.Tickers.Mismatches), Is.EqualTo((0L, 0L)), "id 0 is that of a book that is not there");
    }

    [Test]
    public void A_ticker_at_the_snapshots_own_id_is_compared_with_the_snapshot() =>
        Assert.That(new BookScript<LadderBook>(new BinanceSpotSync()).Ticker(100, "b100:5 a101:6").Snapshot(100).Market.Tickers.Matches, Is.EqualTo(1));

    [TestCase("b0:0 a101:6", 1, 0), TestCase("b100:1 a101:6", 0, 1)]
    public void An_empty_side_is_a_ticker_side_without_a_size(string top, int matches, int mismatches)
    {
        BookScript<LadderBook> book = Synced().Diff(106, 110, 105, "b100:0").Ticker(110, top);
        Assert.That((book.Market.Tickers.Matches, book.Market.Tickers.Mismatches), Is.EqualTo(((long)matches, (long)mismatches)));
    }

    [Test]
    public void Waiting_tickers_are_bounded_and_the_newest_win()
    {
        BookScript<LadderBook> book = Synced();
        for (int id = 106; id <= 3_000; id++)
            book.Ticker(id, "b100:5 a101:6");
        book.Diff(106, 3_000, 105);
        Assert.That(book.Market.Tickers.Matches, Is.EqualTo(1));
    }

    private static BookScript<LadderBook> Synced() => new BookScript<LadderBook>(new BinanceUsdmSync()).Snapshot(100).Diff(99, 105, 98);
}
