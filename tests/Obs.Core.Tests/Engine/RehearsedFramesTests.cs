using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>Which frames of the past are kept, and in which order they are played.</summary>
internal sealed class RehearsedFramesTests
{
    private static readonly MarketEvent Book = new() { Kind = MarketEventKind.FullBook };

    [Test]
    public void Nothing_is_played_before_anything_was_kept() =>
        Assert.That(Enumerable.Range(0, 8).Select(new EncodedFrames().SlotOf), Is.All.EqualTo(-1));

    [TestCase(MarketEventKind.Other), TestCase(MarketEventKind.Ticker), TestCase(MarketEventKind.Snapshot)]
    public void A_kind_without_effect_on_the_way_to_an_order_is_not_kept(MarketEventKind kind) =>
        Assert.That(new EncodedFrames().SlotFor(kind), Is.EqualTo(-1));

    [Test]
    public void Free_slots_are_filled_at_once_and_then_every_fifth_frame_replaces_the_oldest()
    {
        EncodedFrames frames = new();
        List<int> kept = [];
        for (int frame = 0; frame < 16 + 10; frame++)
        {
            int slot = frames.SlotFor(MarketEventKind.FullBook);
            if (slot < 0)
                continue;
            kept.Add(frame);
            Assert.That(slot, Is.EqualTo((kept.Count - 1) % 16));
            frames.Keep(slot, VenueId.Upbit, "{}"u8, Book, default);
        }
        Assert.That(kept, Is.EqualTo(Enumerable.Range(0, 16).Append(16 + 4).Append(16 + 9)));
    }

    [Test]
    public void A_frame_that_does_not_fit_leaves_its_slot_to_the_next()
    {
        EncodedFrames frames = new();
        int slot = frames.SlotFor(MarketEventKind.FullBook);
        Assert.That(frames.Keep(slot, VenueId.Upbit, new byte[40_000], Book, default), Is.False);
        Assert.That(frames.SlotOf(0), Is.EqualTo(-1), "nothing was kept");
        Assert.That(frames.SlotFor(MarketEventKind.FullBook), Is.EqualTo(slot));
    }

    [Test]
    public void Books_trades_and_tickers_take_turns_each_kind_in_its_order()
    {
        EncodedFrames frames = new();
        foreach (MarketEventKind kind in new[] { MarketEventKind.FullBook, MarketEventKind.Diff, MarketEventKind.Trade, MarketEventKind.BookTicker })
            frames.Keep(frames.SlotFor(kind), VenueId.Upbit, "{}"u8, new MarketEvent { Kind = kind }, default);
        Assert.That(Enumerable.Range(0, 8).Select(frames.SlotOf), Is.EqualTo(new[] { 0, 16, 1, 24, 0, 16, 1, 24 }));
    }

    [Test]
    public void A_frame_played_again_is_the_next_of_its_stream()
    {
        FrameSuccession succession = new();
        long firstNs = succession.NowNs, firstId = succession.UpdateId;
        MarketEvent e = new() { Kind = MarketEventKind.Diff, VenueNs = 77, MatchNs = 78, FirstUpdateId = 500, LastUpdateId = 600, BidCount = 3 };
        long receiveNs = succession.Advance();
        succession.Apply(ref e);
        Assert.Multiple(() =>
        {
            Assert.That(receiveNs, Is.GreaterThan(firstNs));
            Assert.That((e.VenueNs, e.MatchNs), Is.EqualTo((receiveNs, receiveNs)));
            Assert.That((e.PreviousUpdateId, e.FirstUpdateId, e.LastUpdateId), Is.EqualTo((firstId, firstId + 1, firstId + 1)));
            Assert.That(e.BidCount, Is.EqualTo(3), "what it says stays");
        });
    }

    [Test]
    public void Trades_and_tickers_between_two_diffs_are_no_gap()
    {
        FrameSuccession succession = new();
        MarketEvent first = new() { Kind = MarketEventKind.Diff }, trade = new() { Kind = MarketEventKind.Trade }, next = trade;
        MarketEvent ticker = new() { Kind = MarketEventKind.BookTicker }, second = first;
        succession.Apply(ref first);
        succession.Apply(ref trade);
        succession.Apply(ref ticker);
        succession.Apply(ref next);
        succession.Apply(ref second);
        Assert.That((second.PreviousUpdateId, second.FirstUpdateId), Is.EqualTo((first.LastUpdateId, first.LastUpdateId + 1)));
        Assert.That(next.LastUpdateId, Is.GreaterThan(trade.LastUpdateId), "each trade is a new one");
    }
}
