using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class MarketBookStateTests
{
    [TestCase(0), TestCase(1), TestCase(2), TestCase(3), TestCase(4), TestCase(5), TestCase(6)]
    public void A_restored_binance_book_goes_on_as_the_saved_one(int cut)
    {
        BookScript<LadderBook> whole = new(new BinanceSpotSync());
        BookScript<LadderBook> tail = new(new BinanceSpotSync());
        for (int step = 0; step < 8; step++)
        {
            Step(whole, step);
            if (step < cut)
                continue;
            if (step > cut)
                Step(tail, step);
            else
                Copy(whole.Market, tail.Market);
            tail.NowNs = whole.NowNs;
            Assert.That(tail.Market.StateHash, Is.EqualTo(whole.Market.StateHash), $"cut {cut}, step {step}");
            Assert.That((tail.Quality, tail.Market.NextDueNs), Is.EqualTo((whole.Quality, whole.Market.NextDueNs)));
        }
    }

    [Test]
    public void A_restored_upbit_book_remembers_time_repeats_trades_and_view()
    {
        BookScript<DepthBook> whole = new BookScript<DepthBook>(new UpbitSync()).Full("b100:5 b99:1 a101:5", 50)
            .Full("b98:5 a101:5", 0, MarketEventFlags.Unsequenced, 60).Full("b97:5 a101:5", 0, MarketEventFlags.Unsequenced, 61);
        MarketEvent trade = new() { Kind = MarketEventKind.Trade, LastUpdateId = 17 };
        whole.Market.TryAcceptTrade(trade);
        BookScript<DepthBook> tail = new(new UpbitSync());
        Copy(whole.Market, tail.Market);
        Assert.That(tail.Market.TryAcceptTrade(trade), Is.False);
        Assert.That(tail.Market.TryVisibleWorst(Side.Bid, out Price worst) && worst == new Price(97), Is.True);
        tail.Full("b1:1 a2:1", venueNs: 49).Full("b98:5 a101:5", 0, MarketEventFlags.Unsequenced, 62);
        Assert.That(tail.Market.Counters.Dropped(DropReason.OlderVenueTime), Is.EqualTo(1));
        Assert.That(tail.Market.Counters.Dropped(DropReason.StaleRepeat), Is.EqualTo(1));
    }

    [Test]
    public void A_damaged_state_is_refused()
    {
        BookScript<DepthBook> book = new BookScript<DepthBook>(new UpbitSync()).Full("b100:5 a101:5", 1);
        byte[] state = Saved(book.Market);
        state[14] ^= 1; // a size of the first level
        MarketBook<DepthBook> empty = new BookScript<DepthBook>(new UpbitSync()).Market;
        Assert.That(() => empty.Restore(new SnapshotReader("test", 1, state)), Throws.InvalidOperationException.With.Message.Contains("hashes to"));
    }

    [Test]
    public void An_overrun_book_takes_no_snapshot()
    {
        BookScript<DepthBook> book = new(new UpbitSync());
        book.Market.Book.SetCrossPolicy(CrossPolicy.MoveOpposite);
        book.Market.Book.Set(Side.Ask, new Price(100), new Size(1));
        book.Market.Book.Set(Side.Bid, new Price(105), new Size(1));
        Assert.That(() => Saved(book.Market), Throws.InvalidOperationException.With.Message.Contains("overrun"));
    }

    private static void Step(BookScript<LadderBook> book, int step)
    {
        switch (step)
        {
            case 0: book.Diff(95, 101, 0, "b99:3"); break;
            case 1: book.Diff(102, 104, 0, "a105:3"); break;
            case 2: book.Snapshot(100); break;
            case 3: book.Diff(105, 106, 0, "b100:0"); break;
            case 4: book.Diff(110, 111, 0, "b98:1"); break;
            case 5: book.Diff(112, 112, 0, "b97:1"); break;
            case 6: book.Snapshot(110, "b50:1 a60:1"); break;
            default: book.Diff(113, 120, 0, "b51:1"); break;
        }
    }

    private static void Copy<TBook>(MarketBook<TBook> from, MarketBook<TBook> to)
        where TBook : struct, IOrderBook<TBook>
    {
        SnapshotReader reader = new("test", 1, Saved(from));
        to.Restore(reader);
        reader.ExpectEnd();
    }

    private static byte[] Saved<TBook>(MarketBook<TBook> book)
        where TBook : struct, IOrderBook<TBook> => SavedSection.Of(book.Save);
}
