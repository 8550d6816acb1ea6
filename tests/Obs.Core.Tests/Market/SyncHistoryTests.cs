using System;
using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Market.Binance;

namespace Obs.Core.Tests.Market;

/// <summary>Random histories of a lossy feed: whenever the book says Synced it is the true book of its update id.</summary>
[TestFixture]
internal sealed class SyncHistoryTests
{
    [Test]
    public void A_synced_book_is_the_true_book([Range(1, 12)] int seed, [Values] bool isFutures)
    {
        Outcome outcome = Run(seed, isFutures, isFutures ? new BinanceUsdmSync() : new BinanceSpotSync(), steps: 2_000);
        Assert.That(outcome.Fault, Is.Null, $"seed {seed}");
        Assert.That(outcome.Resyncs, Is.GreaterThan(5), $"seed {seed}: the feed loses frames, so books are thrown away");
        Assert.That(outcome.SyncedRows, Is.GreaterThan(1_000), $"seed {seed}: most of the time the book is in use");
    }

    [Test, Category("Soak")]
    public void A_synced_book_is_the_true_book_for_long([Range(100, 140)] int seed, [Values] bool isFutures) =>
        Assert.That(Run(seed, isFutures, isFutures ? new BinanceUsdmSync() : new BinanceSpotSync(), steps: 20_000).Fault, Is.Null, $"seed {seed}");

    [Test]
    public void A_procedure_that_overlooks_gaps_is_caught([Values] bool isFutures) =>
        Assert.That(Run(seed: 1, isFutures, new CarelessSync(), steps: 2_000).Fault, Does.Contain("not the true book"), "a checker that finds nothing proves nothing");

    [Test]
    public void Without_losses_there_is_one_snapshot_and_no_resync([Values] bool isFutures)
    {
        SimulatedFeed feed = new(seed: 5, isFutures) { LostPercent = 0, RepeatedPercent = 0 };
        Outcome outcome = Run(feed, isFutures ? new BinanceUsdmSync() : new BinanceSpotSync(), 1_000, "no losses");
        Assert.That((outcome.Fault, outcome.Resyncs, outcome.Snapshots), Is.EqualTo(((string?)null, 0, 1)));
        Assert.That(outcome.SyncedRows, Is.GreaterThan(980));
    }

    private static Outcome Run(int seed, bool isFutures, IVenueSync sync, int steps) => Run(new SimulatedFeed(seed, isFutures), sync, steps, $"seed {seed}");

    private static Outcome Run(SimulatedFeed feed, IVenueSync sync, int steps, string where)
    {
        MarketBook<LadderBook> market = new(MarketFixture.Instrument(), sync);
        ShadowVisitor visitor = new(market, SortedBook.Create(MarketFixture.Instrument()));
        int syncedRows = 0;
        string? fault = null;
        for (int step = 0; step < steps && fault is null; step++)
        {
            bool needsSnapshot = market.Quality is BookQuality.Empty or BookQuality.Syncing;
            foreach ((MarketEvent e, BookLevel[] levels) in feed.Next(needsSnapshot))
            {
                int rows = visitor.Rows;
                market.OnFrame(e, levels, ref visitor);
                if (visitor.Rows == rows || market.Quality is not (BookQuality.Synced or BookQuality.Suspect))
                    continue;
                syncedRows++;
                if (unchecked(market.Book.StateHash + 1) != feed.HashAt(market.LastUpdateId))
                    fault ??= $"{where}, step {step}: at {market.LastUpdateId} the book is not the true book";
            }
        }
        return new Outcome(fault ?? visitor.Fault, visitor.Resyncs, visitor.Snapshots, syncedRows);
    }

    private sealed record Outcome(string? Fault, int Resyncs, int Snapshots, int SyncedRows);

    /// <summary>Takes every diff after a snapshot as if it followed.</summary>
    private sealed class CarelessSync : IVenueSync
    {
        private bool _hasSnapshot;

        public long LastUpdateId { get; private set; }

        public ulong StateHash => 0;

        public SyncStep OnDiff(in MarketEvent diff)
        {
            if (!_hasSnapshot)
                return SyncStep.Buffered;
            LastUpdateId = Math.Max(LastUpdateId, diff.LastUpdateId);
            return SyncStep.Apply;
        }

        public SyncStep OnSnapshot(in MarketEvent snapshot, ReadOnlySpan<MarketEvent> kept)
        {
            (_hasSnapshot, LastUpdateId) = (true, snapshot.LastUpdateId);
            return new SyncStep(SyncOutcome.SnapshotApplied);
        }

        public SyncStep OnFullBook(in MarketEvent book) => SyncStep.Apply;

        public void Save(SnapshotWriter writer)
        {
        }

        public void Restore(SnapshotReader reader)
        {
        }
    }
}
