using System;
using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Market;

/// <summary>The book of one market with everything that decides what enters it: synchronisation, content rule of unsequenced feeds, quality, tape filter, ticker check.</summary>
/// <remarks>Engine thread only; a pure function of the frames and times given. No allocation per frame once its buffers have grown.</remarks>
/// <typeparam name="TBook">The book's struct.</typeparam>
internal sealed class MarketBook<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly TBook _book;
    private readonly IVenueSync _sync;
    private readonly UnsequencedSync _unsequenced = new();
    private readonly KeptDiffs _kept = new();
    private readonly BookQualityTracker _quality;
    private readonly BookTickerCheck _tickers = new();
    private readonly TradeTape _tape = new();
    private BookLevel[] _changes = new BookLevel[128];
    private BookLevel[] _scratch = new BookLevel[64];
    private BookCounters _counters;
    private Price _worstBid;
    private Price _worstAsk;
    private bool _hasWorstBid;
    private bool _hasWorstAsk;

    /// <summary>An empty book.</summary>
    /// <param name="instrument">The market.</param>
    /// <param name="sync">The venue's procedure, owned by this book from now on.</param>
    /// <param name="staleFloorNs">Least stale limit, ns.</param>
    public MarketBook(Instrument instrument, IVenueSync sync, long staleFloorNs = BookQualityTracker.DefaultStaleFloorNs)
    {
        _book = TBook.Create(instrument);
        _sync = sync;
        _quality = new BookQualityTracker(staleFloorNs);
    }

    /// <summary>The book. Set its cross policy before the first frame; change nothing else.</summary>
    public TBook Book => _book;

    /// <summary>Quality now.</summary>
    public BookQuality Quality => _quality.Quality;

    /// <summary>Engine time at which <see cref="OnTimer"/> must be called; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDueNs => _quality.NextDueNs;

    /// <summary>Counters so far.</summary>
    public ref readonly BookCounters Counters => ref _counters;

    /// <summary>Comparison with the venue's own top.</summary>
    public BookTickerCheck Tickers => _tickers;

    /// <summary>Update id the book stands at; 0 without one.</summary>
    public long LastUpdateId => _sync.LastUpdateId;

    /// <summary>Digest of levels, synchronisation, quality, kept diffs (their number) and tape (its count of trades). O(1). What only decides when the
    /// book is stale, and which repeats are old, shows as soon as it decides something.</summary>
    public ulong StateHash => BookHash.Mix(unchecked(
        _book.StateHash + BookHash.Mix(_sync.StateHash + ((ulong)Quality << 56)) + BookHash.Mix(_unsequenced.StateHash + (ulong)_kept.Frames.Length + ((ulong)_counters.Trades << 20))));

    /// <summary>The worst price a complete book shows of a side: a level worse than it that vanishes has left the view, it was not removed.
    /// False on diff feeds and while the side is empty: then everything is in view.</summary>
    /// <remarks>Already that of the new frame while its levels are visited.</remarks>
    public bool TryVisibleWorst(Side side, out Price worst)
    {
        worst = side == Side.Bid ? _worstBid : _worstAsk;
        return side == Side.Bid ? _hasWorstBid : _hasWorstAsk;
    }

    /// <summary>Takes the memory of a long run beforehand, so that frames do not allocate; what the book does stays the same.</summary>
    public void Reserve()
    {
        _book.Reserve();
        _tape.Reserve();
        if (typeof(TBook) == typeof(LadderBook))
            _kept.Reserve();
    }

    /// <summary>Takes a depth frame, snapshot or ticker and calls the visitor for what follows from it. Other kinds are ignored.</summary>
    /// <param name="e">The frame, sequence and receive time filled in.</param>
    /// <param name="levels">Its levels: bids, then asks.</param>
    /// <param name="visitor">Sees each applied frame.</param>
    public void OnFrame<TVisitor>(in MarketEvent e, ReadOnlySpan<BookLevel> levels, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        Debug.Assert(levels.Length >= e.BidCount + e.AskCount, "the levels of the frame");
        bool isUnsequenced = (e.Flags & MarketEventFlags.Unsequenced) != 0;
        switch (e.Kind)
        {
            case MarketEventKind.Diff:
                OnDiff(isUnsequenced ? _unsequenced.OnDiff(e) : _sync.OnDiff(e), e, levels[..(e.BidCount + e.AskCount)], ref visitor);
                break;
            case MarketEventKind.FullBook:
                OnFullBook(isUnsequenced ? _unsequenced.OnFullBook(e, levels) : _sync.OnFullBook(e), e, levels, ref visitor);
                break;
            case MarketEventKind.Snapshot:
                OnSnapshot(_sync.OnSnapshot(e, _kept.Frames), e, levels, ref visitor);
                break;
            case MarketEventKind.BookTicker:
                _tickers.OnTicker(e, levels, _book, _sync.LastUpdateId);
                break;
        }
    }

    /// <summary>True when a trade counts: its id is new and its stream is the market's tape. Counts it either way.</summary>
    public bool TryAcceptTrade(in MarketEvent trade)
    {
        DropReason reason = _tape.Judge(trade);
        if (reason == DropReason.None)
            _counters.Trades++;
        else
            _counters.AddDropped(reason);
        return reason == DropReason.None;
    }

    /// <summary>Engine time passed: the book may have become stale.</summary>
    public void OnTimer(long engineNs) => _quality.OnTimer(engineNs);

    /// <summary>Sets another floor of the stale limit, ns (<see cref="BookQualityTracker.SetStaleFloor"/>).</summary>
    public void SetStaleFloor(long staleFloorNs) => _quality.SetStaleFloor(staleFloorNs);

    /// <summary>Reads what the next frame or trade will read or write beside the levels: nothing changes, and it lies in the caches.</summary>
    public ulong Touch() => unchecked(StateHash + _tape.Touch() + _quality.Touch() + _tickers.Touch() + (ulong)(_counters.Applied + _worstBid.Mantissa + _worstAsk.Mantissa + _changes.Length + _scratch.Length));

    /// <summary>Writes the whole state.</summary>
    public void Save(SnapshotWriter writer)
    {
        MarketBookState.Save(writer, _book, [_worstBid, _worstAsk], [_hasWorstBid, _hasWorstAsk], Parts);
        writer.WriteValues(new ReadOnlySpan<BookCounters>(in _counters));
    }

    /// <summary>Reads what <see cref="Save"/> wrote into a new book with the same cross policy.</summary>
    public void Restore(SnapshotReader reader)
    {
        Span<Price> worst = [default, default];
        Span<bool> hasWorst = [false, false];
        MarketBookState.Restore(reader, _book, worst, hasWorst, Parts);
        (_worstBid, _worstAsk, _hasWorstBid, _hasWorstAsk) = (worst[0], worst[1], hasWorst[0], hasWorst[1]);
        _counters = reader.ReadValues<BookCounters>()[0];
    }

    private MarketBookParts Parts => new(_sync, _unsequenced, _kept, _quality, _tape);

    private void OnDiff<TVisitor>(SyncStep step, in MarketEvent diff, ReadOnlySpan<BookLevel> levels, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        switch (step.Outcome)
        {
            case SyncOutcome.Apply:
                ApplyDiff(diff, levels, ref visitor);
                break;
            case SyncOutcome.SnapshotApplied:
                OnSnapshot(step, diff, levels, ref visitor);
                break;
            case SyncOutcome.Buffered:
                Keep(diff, levels);
                break;
            case SyncOutcome.Gap:
                ThrowAway(step, diff, ref visitor);
                Keep(diff, levels);
                break;
            default:
                _counters.AddDropped(step.Reason);
                break;
        }
    }

    private void ApplyDiff<TVisitor>(in MarketEvent diff, ReadOnlySpan<BookLevel> levels, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        ReadOnlySpan<BookLevel> bids = levels[..diff.BidCount], asks = levels.Slice(diff.BidCount, diff.AskCount);
        // after a pause each place is a trip to memory: asked for together, they come together
        _book.Prefetch(Side.Bid, bids);
        _book.Prefetch(Side.Ask, asks);
        visitor.BeforeFrame(diff);
        SetLevels(Side.Bid, bids, visitor.WantsLevels, ref visitor);
        SetLevels(Side.Ask, asks, visitor.WantsLevels, ref visitor);
        _tickers.OnApplied(_book, diff.LastUpdateId);
        FinishFrame(diff, levels, ref visitor);
    }

    private void OnFullBook<TVisitor>(SyncStep step, in MarketEvent book, ReadOnlySpan<BookLevel> levels, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        if (step.Outcome == SyncOutcome.Dropped)
        {
            _counters.AddDropped(step.Reason);
            if (step.Reason == DropReason.StaleRepeat)
                _quality.OnRepeatDropped();
            return;
        }
        ReadOnlySpan<BookLevel> bids = levels[..book.BidCount];
        ReadOnlySpan<BookLevel> asks = levels.Slice(book.BidCount, book.AskCount);
        visitor.BeforeFrame(book);
        (_hasWorstBid, _worstBid) = bids.IsEmpty ? (false, default) : (true, bids[^1].Price);
        (_hasWorstAsk, _worstAsk) = asks.IsEmpty ? (false, default) : (true, asks[^1].Price);
        ReplaceSide(Side.Bid, bids, ref visitor);
        ReplaceSide(Side.Ask, asks, ref visitor);
        FinishFrame(book, [], ref visitor);
    }

    private void ReplaceSide<TVisitor>(Side side, ReadOnlySpan<BookLevel> now, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        bool isWatched = visitor.WantsLevels;
        if (!isWatched && _book.TryReplace(side, now))
            return;
        int before = _book.Count(side);
        if (before > _scratch.Length)
            Array.Resize(ref _scratch, before * 2);
        if (before + now.Length > _changes.Length)
            Array.Resize(ref _changes, (before + now.Length) * 2);
        int count = FullBookChanges.Collect(side, _book.ViewAll(side, _scratch), now, _changes);
        SetLevels(side, _changes.AsSpan(0, count), isWatched, ref visitor);
        Debug.Assert(_book.Count(side) == now.Length, "the book is the frame");
    }

    private void OnSnapshot<TVisitor>(SyncStep step, in MarketEvent snapshot, ReadOnlySpan<BookLevel> levels, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        if (step.Outcome == SyncOutcome.Dropped)
        {
            _counters.AddDropped(step.Reason);
            return;
        }
        ThrowAway(step, snapshot, ref visitor);
        _book.Apply(Side.Bid, levels[..snapshot.BidCount]);
        _book.Apply(Side.Ask, levels.Slice(snapshot.BidCount, snapshot.AskCount));
        _counters.Snapshots++;
        _tickers.OnApplied(_book, _sync.LastUpdateId);
        visitor.OnSnapshot(snapshot);
        GoThroughKept(ref visitor);
    }

    private void GoThroughKept<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        ReadOnlySpan<MarketEvent> frames = _kept.Frames;
        ReadOnlySpan<BookLevel> levels = _kept.Levels;
        int done = 0;
        for (; done < frames.Length; done++)
        {
            ref readonly MarketEvent diff = ref frames[done];
            int count = diff.BidCount + diff.AskCount;
            SyncStep step = _sync.OnDiff(diff);
            if (step.Outcome == SyncOutcome.Gap)
            {
                ThrowAway(step, diff, ref visitor); // this frame and those behind it wait for the next snapshot
                break;
            }
            Debug.Assert(step.Outcome is SyncOutcome.Apply or SyncOutcome.Dropped, "a snapshot stands, so nothing is kept again");
            if (step.Outcome == SyncOutcome.Apply)
                ApplyDiff(diff, levels[..count], ref visitor);
            else
                _counters.AddDropped(step.Reason);
            levels = levels[count..];
        }
        _kept.RemoveFirst(done);
    }

    private void ThrowAway<TVisitor>(SyncStep step, in MarketEvent cause, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        _book.Clear();
        (_hasWorstBid, _hasWorstAsk) = (false, false);
        _quality.OnWaiting();
        if (step.Reason != DropReason.None)
            _counters.AddDropped(step.Reason);
        if (!step.IsResync)
            return;
        _counters.Resyncs++;
        visitor.OnResync(cause);
    }

    private void Keep(in MarketEvent diff, ReadOnlySpan<BookLevel> levels)
    {
        int gone = _kept.Add(diff, levels);
        if (gone > 0)
            _counters.AddDropped(DropReason.BufferFull, gone);
        _quality.OnWaiting();
    }

    private void SetLevels<TVisitor>(Side side, ReadOnlySpan<BookLevel> levels, bool isWatched, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        if (!isWatched)
        {
            _book.Apply(side, levels);
            return;
        }
        foreach (ref readonly BookLevel level in levels)
        {
            Size previous = _book.Set(side, level.Price, level.Size);
            visitor.OnLevel(side, level.Price, previous, level.Size);
        }
    }

    private void FinishFrame<TVisitor>(in MarketEvent frame, ReadOnlySpan<BookLevel> levels, ref TVisitor visitor)
        where TVisitor : struct, IBookVisitor, allows ref struct
    {
        bool isClean = _book.Has(Side.Bid) && _book.Has(Side.Ask) && _book.Best(Side.Bid) < _book.Best(Side.Ask);
        _quality.OnApplied(frame.ReceiveNs, isClean);
        _counters.Applied++;
        visitor.AfterFrame(frame, levels);
    }
}
