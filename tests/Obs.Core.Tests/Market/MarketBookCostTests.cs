using System;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class MarketBookCostTests
{
    [TestCase(false), TestCase(true)]
    public void Frames_allocate_nothing_once_the_buffers_have_grown(bool wantsLevels)
    {
        MarketBook<LadderBook> diffs = new(MarketFixture.Instrument(), new BinanceSpotSync());
        MarketBook<DepthBook> full = new(MarketFixture.Instrument(), new UpbitSync());
        BookLevel[] levels = new BookLevel[40];
        CountingVisitor visitor = new(wantsLevels);
        diffs.OnFrame(new MarketEvent { Kind = MarketEventKind.Snapshot }, [], ref visitor);
        long id = Run(diffs, full, levels, 0, ref visitor);
        Assert.That(visitor.Frames, Is.EqualTo(20_000));
        Assert.That(MarketFixture.BytesAllocatedBy(() => id = Run(diffs, full, levels, id, ref visitor)), Is.Zero);
        Assert.That(visitor.LevelsSeen > 0, Is.EqualTo(wantsLevels));
    }

    [Test]
    public void The_counter_of_bytes_sees_an_allocation()
    {
        Assert.That(MarketFixture.BytesAllocatedBy(static () => GC.KeepAlive(new BookLevel[10])), Is.Positive, "the control case must be caught");
    }

    private static long Run(MarketBook<LadderBook> diffs, MarketBook<DepthBook> full, BookLevel[] levels, long id, ref CountingVisitor visitor)
    {
        for (int step = 0; step < 10_000; step++)
        {
            for (int index = 0; index < 20; index++)
            {
                levels[index] = MarketFixture.Level(5_000 - (index * 2) - (step % 7), 1 + ((step + index) % 3));
                levels[20 + index] = MarketFixture.Level(5_001 + (index * 2) + (step % 5), 1 + ((step + index) % 4));
            }
            id++;
            MarketEvent e = new() { Kind = MarketEventKind.Diff, FirstUpdateId = id, LastUpdateId = id, BidCount = 20, AskCount = 20, ReceiveNs = id };
            diffs.OnFrame(e, levels, ref visitor);
            diffs.TryAcceptTrade(e);
            e.Kind = MarketEventKind.FullBook;
            full.OnFrame(e, levels, ref visitor);
            diffs.OnFrame(new MarketEvent { Kind = MarketEventKind.BookTicker, LastUpdateId = id + 1, BidCount = 1, AskCount = 1 }, levels.AsSpan(0, 2), ref visitor);
        }
        return id;
    }

    private struct CountingVisitor(bool wantsLevels) : IBookVisitor
    {
        public int Frames { get; private set; }

        public long LevelsSeen { get; private set; }

        public readonly bool WantsLevels => wantsLevels;

        public readonly void BeforeFrame(in MarketEvent frame)
        {
        }

        public void OnLevel(Side side, Price price, Size previous, Size now) => LevelsSeen++;

        public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels) => Frames++;

        public readonly void OnSnapshot(in MarketEvent snapshot)
        {
        }

        public readonly void OnResync(in MarketEvent cause)
        {
        }
    }
}
