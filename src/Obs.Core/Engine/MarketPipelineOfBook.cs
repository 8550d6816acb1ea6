using System;
using System.Buffers;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>The stages of one market over one kind of book: book, own paper orders, features, prediction, decision, risk, route.</summary>
/// <remarks>Engine thread only; no allocation per frame. Each stage is the only writer of its own state.</remarks>
/// <typeparam name="TBook">The book's struct; the JIT compiles one copy per book.</typeparam>
internal sealed class MarketPipeline<TBook> : MarketPipeline
    where TBook : struct, IOrderBook<TBook>
{
    private readonly PipelineContext _context;
    private readonly MarketBook<TBook> _book;
    private PaperVenue<TBook> _venue;
    private readonly RowStages _rows;
    private ReportBooking _booking;
    private TopOfBook _top;
    private BookQuality _toldQuality;
    private int _warmBids; // no state: where Touch goes on
    private int _warmAsks;

    /// <summary>Builds the stages of a market.</summary>
    public MarketPipeline(ushort index, Instrument instrument, PipelineContext context)
        : base(index, instrument)
    {
        _context = context;
        _book = new MarketBook<TBook>(instrument, PipelineFactory.SyncOf(instrument), context.Options.StaleAfterNs);
        if (context.Options.Compatible)
            _book.Book.SetCrossPolicy(CrossPolicy.MoveOpposite);
        _venue = new PaperVenue<TBook>(instrument, context.Options.Paper);
        _rows = new RowStages(index, instrument, context);
        _booking = new ReportBooking(instrument, _rows.Ledger, context);
    }

    /// <inheritdoc/>
    public override Ledger Ledger => _rows.Ledger;

    /// <inheritdoc/>
    public override long LastSyncedBidPlusAsk => _rows.LastSyncedBidPlusAsk;

    /// <inheritdoc/>
    public override TopOfBook Top => _top;

    /// <inheritdoc/>
    public override BookQuality Quality => _book.Quality;

    /// <inheritdoc/>
    public override FillTally Honesty => _venue.Honesty;

    /// <inheritdoc/>
    public override long TickerMatches => _book.Tickers.Matches;

    /// <inheritdoc/>
    public override long TickerMismatches => _book.Tickers.Mismatches;

    /// <inheritdoc/>
    public override long LateRows => _rows.LateRows;

    /// <inheritdoc/>
    public override double LastPredictedReturn => _rows.LastPredictedReturn;

    /// <inheritdoc/>
    public override long NextDueNs => Math.Min(_venue.NextDueNs, _book.NextDueNs);

    /// <inheritdoc/>
    public override ulong StateDigest => BookHash.Mix(_book.StateHash ^ BookHash.Mix(_venue.StateHash ^ BookHash.Mix(_rows.StateHash)));

    /// <inheritdoc/>
    public override void Reserve() => _book.Reserve();

    /// <inheritdoc/>
    public override void OnEvent(ref MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        if (e.Kind == MarketEventKind.Trade)
        {
            OnTrade(ref e);
            return;
        }
        FrameVisitor visitor = new(this, levels);
        _book.OnFrame(e, levels, ref visitor);
        if (_book.Quality != _toldQuality)
            TellQuality();
    }

    /// <inheritdoc/>
    public override void Prime(in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        SilentVisitor visitor = default;
        _book.OnFrame(e, levels, ref visitor);
        ReadTop();
        SetTradable();
    }

    /// <inheritdoc/>
    public override void OnTime(long engineNs)
    {
        if (!_context.Options.Compatible)
        {
            PaperSink sink = new(_booking);
            _book.OnTimer(engineNs);
            SetTradable();
            _venue.OnTimer(engineNs, _book.Book, ref sink);
        }
        DeliverReports();
        if (_book.Quality != _toldQuality)
            TellQuality();
    }

    /// <inheritdoc/>
    public override RejectReason Request(ref OrderRequest request)
    {
        RejectReason reason = request.Action == RequestAction.Submit ? _rows.Admit(ref request, View) : RejectReason.None;
        if (reason == RejectReason.None)
            _venue.Request(request);
        return reason;
    }

    /// <inheritdoc/>
    public override bool RunBackgroundSlice() => _rows.RunBackgroundSlice();

    /// <inheritdoc/>
    public override ulong Touch()
    {
        _warmBids = _book.Book.Prefetch(Side.Bid, _warmBids);
        _warmAsks = _book.Book.Prefetch(Side.Ask, _warmAsks);
        return unchecked(_book.Touch() + _venue.Touch() + _rows.Touch() + (ulong)NextDueNs);
    }

    /// <inheritdoc/>
    public override int CopyBest(Side side, Span<BookLevel> levels) => _book.Book.CopyBest(side, levels);

    /// <inheritdoc/>
    public override void Finish()
    {
        PaperSink sink = new(_booking);
        _venue.Finish(_book.Book, ref sink);
        while (_venue.TryDeliver(long.MaxValue, out OrderReport report))
            _booking.Deliver(report);
    }

    /// <inheritdoc/>
    public override void SetKilled(bool killed) => _rows.SetKilled(killed);

    /// <inheritdoc/>
    public override void Adopt(EngineOptions before)
    {
        byte[] venue = new byte[_venue.SaveSize];
        _venue.Save(venue);
        _venue = PaperVenue<TBook>.Load(Instrument, _context.Options.Paper, venue);
        _book.SetStaleFloor(_context.Options.StaleAfterNs);
        _rows.Adopt(before);
        _booking = new ReportBooking(Instrument, _rows.Ledger, _context);
    }

    /// <inheritdoc/>
    public override void Save(SnapshotWriter writer)
    {
        _book.Save(writer);
        byte[] venue = ArrayPool<byte>.Shared.Rent(_venue.SaveSize);
        Span<byte> state = venue.AsSpan(0, _venue.SaveSize);
        _venue.Save(state);
        writer.WriteBytes(state);
        ArrayPool<byte>.Shared.Return(venue);
        _rows.Save(writer);
    }

    /// <inheritdoc/>
    public override void Restore(SnapshotReader reader)
    {
        _book.Restore(reader);
        _venue = PaperVenue<TBook>.Load(Instrument, _context.Options.Paper, reader.ReadBytes());
        _rows.Restore(reader);
        ReadTop();
        _toldQuality = _book.Quality;
    }

    private RiskView View => new(_context.EngineNs, _book.Quality, _top.HasBothSides, _top.Bid.Price, _top.Ask.Price);

    private void OnTrade(ref MarketEvent trade)
    {
        if (!_book.TryAcceptTrade(trade))
            return;
        _context.Counters.Trades++;
        bool isBeforeBook = _book.Quality is BookQuality.Empty or BookQuality.Syncing;
        // after a gap the book is waited for again, but what rests rests at the venue: prints reach it
        if (!isBeforeBook || _venue.RestingCount > 0)
        {
            AdvanceVenue(trade.MatchNs);
            PaperSink sink = new(_booking);
            _venue.OnTrade(trade, ref sink);
            DeliverReports();
        }
        if (!isBeforeBook || !_context.Options.Compatible)
            _rows.OnTrade(trade);
        _context.Output?.OnTrade(trade, Instrument);
    }

    private void AdvanceVenue(long venueNs)
    {
        PaperSink sink = new(_booking);
        _venue.AdvanceTo(venueNs, _book.Book, ref sink);
    }

    private void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> changed, ReadOnlySpan<BookLevel> sent)
    {
        _context.Counters.Books++;
        _context.Timing.Stamp(EngineStage.Book);
        SetTradable();
        PaperSink sink = new(_booking);
        _venue.AfterFrame(_book.Book, ref sink);
        DeliverReports();
        ReadTop();
        if (_rows.OnRow(_book.Book, frame, changed, sent, _top, View, out OrderRequest order))
        {
            _venue.Request(order);
            _context.Timing.Stamp(EngineStage.Route);
        }
    }

    private void OnSnapshot(in MarketEvent snapshot)
    {
        if (snapshot.MatchNs > 0)
            AdvanceVenue(snapshot.MatchNs);
        _venue.OnResync(_book.Book);
        ReadTop();
        SetTradable();
    }

    private void OnResync()
    {
        _context.Counters.Resyncs++;
        _rows.OnResync();
        _top = default;
        SetTradable();
    }

    private bool HasLeftView(Side side, Price price) =>
        _book.TryVisibleWorst(side, out Price worst) && (side == Side.Bid ? price < worst : price > worst);

    private void ReadTop()
    {
        TBook book = _book.Book;
        BookLevel bid = book.Has(Side.Bid) ? new BookLevel(book.Best(Side.Bid), book.SizeAt(Side.Bid, book.Best(Side.Bid))) : default;
        BookLevel ask = book.Has(Side.Ask) ? new BookLevel(book.Best(Side.Ask), book.SizeAt(Side.Ask, book.Best(Side.Ask))) : default;
        _top = new TopOfBook(bid, ask);
    }

    private void SetTradable() => _venue.SetTradable(_context.Options.Compatible || _book.Quality == BookQuality.Synced);

    private void TellQuality()
    {
        _toldQuality = _book.Quality;
        _context.Output?.OnQuality(Index, Instrument, _toldQuality);
    }

    private void DeliverReports()
    {
        while (_venue.TryDeliver(_context.EngineNs, out OrderReport report))
            _booking.Deliver(report);
    }

    // builds the book before a run: nobody looks on
    private readonly struct SilentVisitor : IBookVisitor
    {
        public bool WantsLevels => false;

        public void BeforeFrame(in MarketEvent frame)
        {
        }

        public void OnLevel(Side side, Price price, Size previous, Size now)
        {
        }

        public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
        {
        }

        public void OnSnapshot(in MarketEvent snapshot)
        {
        }

        public void OnResync(in MarketEvent cause)
        {
        }
    }

    private readonly ref struct FrameVisitor : IBookVisitor
    {
        private readonly MarketPipeline<TBook> _pipeline;
        private readonly ReadOnlySpan<BookLevel> _sent;

        public FrameVisitor(MarketPipeline<TBook> pipeline, ReadOnlySpan<BookLevel> sent)
        {
            _pipeline = pipeline;
            _sent = sent;
        }

        public bool WantsLevels => _pipeline._venue.WantsLevels;

        public void BeforeFrame(in MarketEvent frame) => _pipeline.AdvanceVenue(frame.MatchNs);

        public void OnLevel(Side side, Price price, Size previous, Size now)
        {
            PaperSink sink = new(_pipeline._booking);
            if (now == Size.Zero && _pipeline.HasLeftView(side, price))
                _pipeline._venue.OnLevelLeftView(side, price);
            else
                _pipeline._venue.OnLevel(side, price, previous, now, _pipeline._book.Book, ref sink);
        }

        public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels) => _pipeline.AfterFrame(frame, levels, frame.Kind == MarketEventKind.FullBook ? _sent : levels);

        public void OnSnapshot(in MarketEvent snapshot) => _pipeline.OnSnapshot(snapshot);

        public void OnResync(in MarketEvent cause) => _pipeline.OnResync();
    }
}
