using System;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Bench.Suites.Book;

/// <summary>The measured loops.</summary>
internal sealed class BookRuns(RecordedBooks diffs, RecordedBooks full)
{
    private readonly LadderBook _ladder = LadderBook.Create(diffs.Instruments[0]);
    private readonly SortedDictionaryBook _sorted = new();
    private readonly MarketBook<DepthBook>[] _markets = Markets(full);
    private readonly SortedDictionaryBook[] _sortedMarkets = Array.ConvertAll(new int[full.Instruments.Count], static _ => new SortedDictionaryBook());

    /// <summary>Something the optimiser cannot foresee.</summary>
    public long Seen { get; private set; }

    /// <summary>Every recorded level, one call a level.</summary>
    public void SetAll()
    {
        _ladder.Clear();
        ForEachFrame(diffs, static (run, in e, levels) =>
        {
            LadderBook book = run._ladder;
            foreach (ref readonly BookLevel level in levels[..e.BidCount])
                _ = book.Set(Side.Bid, level.Price, level.Size);
            foreach (ref readonly BookLevel level in levels[e.BidCount..])
                _ = book.Set(Side.Ask, level.Price, level.Size);
            run.Seen += book.Best(Side.Bid).Mantissa;
        });
    }

    /// <summary>Every recorded frame through synchronisation, book, quality.</summary>
    public void SyncAll()
    {
        MarketBook<LadderBook> market = new(diffs.Instruments[0], new BinanceUsdmSync());
        int at = 0;
        NobodyWatches nobody = default;
        foreach (ref readonly MarketEvent e in diffs.Frames.AsSpan())
        {
            int count = e.BidCount + e.AskCount;
            market.OnFrame(e, diffs.Levels.AsSpan(at, count), ref nobody);
            at += count;
        }
        Seen += (long)market.Quality;
    }

    /// <summary>Every recorded level into sorted dictionaries; no hash, no synchronisation.</summary>
    public void SetAllSorted()
    {
        _sorted.Clear();
        ForEachFrame(diffs, static (run, in e, levels) =>
        {
            foreach (BookLevel level in levels[..e.BidCount])
                run._sorted.Set(Side.Bid, level);
            foreach (BookLevel level in levels[e.BidCount..])
                run._sorted.Set(Side.Ask, level);
            run.Seen += run._sorted.Best(Side.Bid);
        });
    }

    /// <summary>A level at the top, set and taken away again, on a full book.</summary>
    public void SetNearBest(long operations)
    {
        LadderBook book = _ladder;
        long best = book.Best(Side.Ask).Mantissa;
        for (long operation = 0; operation < operations; operation++)
            _ = book.Set(Side.Ask, new Price(best + ((operation * 7) & 15)), new Size(1 + (operation & 3)));
        Seen += best;
    }

    /// <summary>The best 15 levels of both sides.</summary>
    public void CopyBest(long operations)
    {
        Span<BookLevel> levels = stackalloc BookLevel[15];
        for (long operation = 0; operation < operations; operation++)
            Seen += _ladder.CopyBest((Side)(operation & 1), levels);
    }

    /// <summary>The best 15 levels of both sides of the plain book.</summary>
    public void CopyBestSorted(long operations)
    {
        Span<BookLevel> levels = stackalloc BookLevel[15];
        for (long operation = 0; operation < operations; operation++)
            Seen += _sorted.CopyBest((Side)(operation & 1), levels);
    }

    /// <summary>Recorded complete books of all markets, as they came.</summary>
    public void FullBooks(int passes)
    {
        NobodyWatches nobody = default;
        for (int pass = 0; pass < passes; pass++)
        {
            int at = 0;
            foreach (ref MarketEvent e in full.Frames.AsSpan())
            {
                int count = e.BidCount + e.AskCount;
                e.VenueNs += 1_000_000_000_000; // the next pass comes later than this one
                _markets[e.Instrument].OnFrame(e, full.Levels.AsSpan(at, count), ref nobody);
                at += count;
            }
        }
    }

    /// <summary>The same into sorted dictionaries.</summary>
    public void FullBooksSorted(int passes)
    {
        for (int pass = 0; pass < passes; pass++)
        {
            ForEachFrame(full, static (run, in e, levels) =>
            {
                SortedDictionaryBook book = run._sortedMarkets[e.Instrument];
                book.Replace(Side.Bid, levels[..e.BidCount]);
                book.Replace(Side.Ask, levels[e.BidCount..]);
                run.Seen += book.Best(Side.Bid);
            });
        }
    }

    private delegate void FrameAction(BookRuns run, in MarketEvent e, ReadOnlySpan<BookLevel> levels);

    private void ForEachFrame(RecordedBooks books, FrameAction action)
    {
        int at = 0;
        foreach (ref readonly MarketEvent e in books.Frames.AsSpan())
        {
            int count = e.BidCount + e.AskCount;
            action(this, e, books.Levels.AsSpan(at, count));
            at += count;
        }
    }

    private static MarketBook<DepthBook>[] Markets(RecordedBooks books)
    {
        MarketBook<DepthBook>[] markets = new MarketBook<DepthBook>[books.Instruments.Count];
        for (int index = 0; index < markets.Length; index++)
            markets[index] = new MarketBook<DepthBook>(books.Instruments[index], new UpbitSync());
        return markets;
    }

    private struct NobodyWatches : IBookVisitor
    {
        public readonly bool WantsLevels => false;

        public readonly void BeforeFrame(in MarketEvent frame)
        {
        }

        public readonly void OnLevel(Side side, Price price, Size previous, Size now)
        {
        }

        public readonly void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
        {
        }

        public readonly void OnSnapshot(in MarketEvent snapshot)
        {
        }

        public readonly void OnResync(in MarketEvent cause)
        {
        }
    }
}
