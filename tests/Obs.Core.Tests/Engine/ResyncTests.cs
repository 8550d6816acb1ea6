using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Market;
using Obs.Core.Signals;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>What a lost frame does to everything behind the book: windows, predictions, orders in the queue, the top that people see.</summary>
[TestFixture]
internal sealed class ResyncTests
{
    private const int Window = 6;

    [Test]
    public void A_model_needs_a_whole_window_of_rows_again_after_a_resync()
    {
        EngineFixture fixture = new(Options());
        SpotFeed feed = Begun(fixture);
        feed.Diffs(Window - 1);
        Assert.That(fixture.Engine.Counters.Predictions, Is.Zero, "control: one row is missing");
        feed.Diffs(3);
        Assert.That(fixture.Engine.Counters.Predictions, Is.EqualTo(3));
        feed.Gap().Snapshot().Diffs(Window - 1);
        Assert.That((fixture.Engine.Counters.Resyncs, fixture.Engine.Counters.Predictions), Is.EqualTo((1L, 3L)));
        feed.Diffs(1);
        Assert.That(fixture.Engine.Counters.Predictions, Is.EqualTo(4));
    }

    [Test]
    public void Rows_with_an_empty_feature_enter_no_window()
    {
        EngineFixture fixture = new(Options());
        SpotFeed feed = new SpotFeed(fixture).Snapshot().Trade(100).Diffs(Window);
        Assert.That(fixture.Engine.Counters.Predictions, Is.Zero, "one trade makes no window of two");
        feed.Trade(101).Diffs(Window - 1);
        Assert.That(fixture.Engine.Counters.Predictions, Is.Zero, "the rows before count for nothing");
        feed.Diffs(1);
        Assert.That(fixture.Engine.Counters.Predictions, Is.EqualTo(1));
    }

    [Test]
    public void Windows_over_books_begin_anew_and_windows_over_trades_go_on()
    {
        RowOutput output = new();
        EngineFixture fixture = new(Options() with { Model = null, Strategy = null, AllFeatures = true }, output);
        SpotFeed feed = Begun(fixture).Diffs(25);
        Assert.That(output.Last[FeatureId.Return1S], Is.Not.NaN, "25 rows of 50 ms reach back a second");
        feed.Gap().Snapshot().Diffs(1);
        Assert.That(output.Last[FeatureId.Return1S], Is.NaN, "a second ago there was another book");
        Assert.That(output.Last[FeatureId.BuySellRatio], Is.Not.NaN, "trades got lost to nobody");
    }

    [Test]
    public void Nothing_is_shown_of_a_book_that_was_thrown_away()
    {
        EngineFixture fixture = new(Options());
        SpotFeed feed = Begun(fixture).Diffs(1);
        Assert.That(feed.Market.Top.HasBothSides, Is.True);
        long mid = feed.Market.LastSyncedBidPlusAsk;
        feed.Gap();
        Assert.That((feed.Market.Quality, feed.Market.Top.HasBothSides), Is.EqualTo((BookQuality.Syncing, false)));
        Assert.That(feed.Market.LastSyncedBidPlusAsk, Is.EqualTo(mid), "profit is still valued at the last book that was trusted");
        feed.Snapshot();
        Assert.That((feed.Market.Quality, feed.Market.Top.HasBothSides), Is.EqualTo((BookQuality.Syncing, true)), "a snapshot alone is not Synced");
    }

    [Test]
    public void A_crossed_book_does_not_value_a_position()
    {
        EngineFixture fixture = new(Options());
        SpotFeed feed = Begun(fixture).Diffs(1);
        long mid = feed.Market.LastSyncedBidPlusAsk;
        feed.Cross();
        Assert.That((feed.Market.Quality, feed.Market.LastSyncedBidPlusAsk), Is.EqualTo((BookQuality.Suspect, mid)));
        Assert.That(feed.Market.Top.BidPlusAsk, Is.Not.EqualTo(mid), "control: the book itself moved");
    }

    [Test]
    public void The_queue_ahead_of_an_order_is_at_most_what_the_new_book_shows()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(Options() with { Model = null, Strategy = null, Risk = new RiskOptions { PriceCollarBps = 10_000 } }, output);
        SpotFeed feed = new SpotFeed(fixture).Snapshot().Diffs(1);
        feed.Bid(9_900, 100_000_000).Diffs(2).Gap().Snapshot(at99: 1).Diffs(1).Trade(99, size: 2);
        feed.Diffs(1);
        Assert.That((output.Reports[^1].Cause, output.Reports[^1].Size.Mantissa), Is.EqualTo((FillCause.Queue, 100_000_000L)));
    }

    private static EngineOptions Options() => EngineModel.Options() with { Model = EngineModel.Of(window: Window), TradeWindow = 2 };

    // a book and enough trades for the trade features
    private static SpotFeed Begun(EngineFixture fixture) => new SpotFeed(fixture).Snapshot().Trade(100).Trade(101);

    private sealed class RowOutput : EngineOutput
    {
        public FeatureRow Last { get; private set; }

        public override void OnFeatures(in MarketEvent book, Instrument instrument, in FeatureRow features) => Last = features;
    }
}
