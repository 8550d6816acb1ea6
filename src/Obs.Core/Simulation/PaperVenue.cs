using System;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Matches our orders against one market as recorded: a pure function of the records, the same live, in replay and after a restart.</summary>
/// <remarks>
/// Engine thread only. No allocation while the capacities of <see cref="PaperVenueOptions"/> suffice. Rules: facts/simulation.md §10 (after
/// hftbacktest's, with its known faults named there). Order of calls for each market record:
/// <see cref="AdvanceTo"/> → for a book: level by level apply, then <see cref="OnLevel"/>; the quality's <see cref="SetTradable"/>; <see cref="AfterFrame"/>
/// → for a trade: <see cref="OnTrade"/> → <see cref="TryDeliver"/> until false → the strategy → <see cref="Request"/>.
/// No request is processed inside a frame. OnLevel and AfterFrame may be left out while <see cref="WantsLevels"/> is false.
/// </remarks>
/// <typeparam name="TBook">The book, which must already hold the change when it is passed in.</typeparam>
internal sealed class PaperVenue<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly PaperVenueOptions _options;
    private readonly ArrivalChecks _checks;
    private readonly QueueRules _rules;
    private readonly FifoRing<HeldRequest> _held;
    private readonly ExecutionDesk _desk;
    private readonly RestingOrders<TBook> _resting;
    private readonly TakenLiquidity _taken = new();
    private readonly ArrivalMatching<TBook> _arrivals;
    private readonly PassiveMatching<TBook> _passive;
    private long _clockNs = long.MinValue;
    private long _lastArrivalNs = long.MinValue;
    private long _reopenedNs = long.MinValue;
    private bool _tradable = true;

    /// <summary>A venue for one instrument, without orders, tradable.</summary>
    /// <exception cref="ArgumentException">The options have problems; the message lists all of them.</exception>
    public PaperVenue(Instrument instrument, PaperVenueOptions options)
    {
        string problems = string.Join(' ', options.Problems());
        if (problems.Length > 0)
            throw new ArgumentException(problems, nameof(options));
        _options = options;
        _checks = new ArrivalChecks(instrument);
        _rules = new QueueRules(instrument, options.Queue, options.QueuePower);
        _held = new FifoRing<HeldRequest>(options.QueueCapacity);
        _desk = new ExecutionDesk(options);
        _resting = new RestingOrders<TBook>(options.MaxRestingPerSide);
        _arrivals = new ArrivalMatching<TBook>(instrument, options, _rules, _desk, _resting, _taken);
        _passive = new PassiveMatching<TBook>(options, _rules, _desk, _resting);
    }

    /// <summary>The settings.</summary>
    public PaperVenueOptions Options => _options;

    /// <summary>Venue clock: the running maximum of the times of frames and timers, ns; <see cref="long.MinValue"/> before the first.</summary>
    public long ClockNs => _clockNs;

    /// <summary>True when changed levels matter: something rests, or something was taken from the shown levels.</summary>
    public bool WantsLevels => _resting.Count > 0 || _taken.Count > 0;

    /// <summary>Orders resting.</summary>
    public int RestingCount => _resting.Count;

    /// <summary>Requests on their way.</summary>
    public int HeldCount => _held.Count;

    /// <summary>What the executions so far rest on.</summary>
    public FillTally Honesty => _desk.Tally;

    /// <summary>Recorder's clock, ns: when a timer would find something to do. A held request is processed once the venue clock has passed its
    /// arrival, hence one ns later. <see cref="long.MaxValue"/> when nothing waits.</summary>
    public long NextDueNs
    {
        get
        {
            long arrival = _held.Count == 0 || !_tradable ? long.MaxValue : _held[0].ArrivalNs - _options.ClockOffsetNs + 1;
            return Math.Min(arrival, _desk.Reports.NextDueNs);
        }
    }

    /// <summary>Takes a request; it travels and waits for the venue clock to pass its arrival.</summary>
    public void Request(in OrderRequest request)
    {
        long localNs = request.RequestNs + _options.ClockOffsetNs;
        long entryNs = _options.Latency.EntryNs(localNs);
        if (entryNs < 0)
        {
            _desk.RefuseOnTheWay(in request, request.RequestNs - entryNs, localNs - entryNs);
            return;
        }
        _lastArrivalNs = Math.Max(_lastArrivalNs, localNs + entryNs);
        Debug.Assert(_held.Count == 0 || _held[_held.Count - 1].ArrivalNs <= _lastArrivalNs, "a later request never overtakes");
        _held.Push(new HeldRequest(request, _lastArrivalNs));
    }

    /// <summary>Moves the venue clock before a frame is applied: requests that arrived strictly before are processed against the book as it stands.</summary>
    /// <param name="venueClockNs">The frame's venue time; a time below the clock leaves the clock.</param>
    /// <param name="book">The book before the frame.</param>
    /// <param name="sink">Takes executions.</param>
    public void AdvanceTo<TSink>(long venueClockNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (venueClockNs > _clockNs)
            _clockNs = venueClockNs;
        if (_held.Count > 0 && _tradable)
            ProcessHeld(_clockNs, in book, ref sink);
    }

    /// <summary>A timer record: in a quiet market it moves the clock, so that no order waits for ever. Does nothing in compatible mode.</summary>
    public void OnTimer<TSink>(long engineTimeNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (!_options.Compatible)
            AdvanceTo(engineTimeNs + _options.ClockOffsetNs, in book, ref sink);
    }

    /// <summary>A level was set to <paramref name="now"/>, also if that is what it was; the book holds it already. Bids first, then asks, as in the frame.</summary>
    public void OnLevel<TSink>(Side side, Price price, Size previous, Size now, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (_taken.Count > 0)
            _taken.Forget(side, price);
        _passive.OnDepth(side, price, previous, now);
        if (_options.Compatible && now > Size.Zero)
            _passive.Cross(side, _clockNs, in book, ref sink);
    }

    /// <summary>A level slid out of the visible depth: that is no change of the level, the queue stays. (Back in view it is an ordinary
    /// <see cref="OnLevel"/> from 0.)</summary>
    public void OnLevelLeftView(Side side, Price price)
    {
        if (_taken.Count > 0)
            _taken.Forget(side, price);
    }

    /// <summary>The frame is complete: product mode tests whether a best that improved has reached own orders.</summary>
    public void AfterFrame<TSink>(in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (_resting.Count == 0 || !_tradable || _options.Compatible)
            return;
        long bidKey = RestingOrders<TBook>.BestKey(Side.Bid, in book);
        long askKey = RestingOrders<TBook>.BestKey(Side.Ask, in book);
        if (bidKey < _resting.SeenBidKey)
            _passive.Cross(Side.Bid, _clockNs, in book, ref sink);
        if (askKey < _resting.SeenAskKey)
            _passive.Cross(Side.Ask, _clockNs, in book, ref sink);
        _resting.SeenBidKey = bidKey;
        _resting.SeenAskKey = askKey;
    }

    /// <summary>A public print.</summary>
    public void OnTrade<TSink>(in MarketEvent trade, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Debug.Assert(trade.Size > Size.Zero && trade.Price.Mantissa > 0, "a trade has a price and a size");
        if (_resting.Count > 0)
            _passive.OnPrint(in trade, _clockNs, ref sink);
    }

    /// <summary>The end of a recording: requests still on their way are processed (library-compatible runs).</summary>
    public void Finish<TSink>(in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink => ProcessHeld(long.MaxValue, in book, ref sink);

    /// <summary>Takes the next report due at an engine time. Call it after matching: a report never precedes the record that caused it.</summary>
    public bool TryDeliver(long engineTimeNs, out OrderReport report) => _desk.Reports.TryDeliver(engineTimeNs, out report);

    /// <summary>The quality gate. While false, requests wait and depth fills nothing; what waited is stamped no earlier than the reopening.</summary>
    public void SetTradable(bool tradable)
    {
        if (tradable && !_tradable)
            _reopenedNs = _clockNs;
        _tradable = tradable;
    }

    /// <summary>The book was rebuilt: of every queue only "at most what is shown now" is certain.</summary>
    public void OnResync(in TBook book)
    {
        _taken.Clear();
        foreach (ref PaperOrder order in _resting.Bids.All)
            _rules.OnResync(ref order.Queue, book.SizeAt(Side.Bid, order.Price));
        foreach (ref PaperOrder order in _resting.Asks.All)
            _rules.OnResync(ref order.Queue, book.SizeAt(Side.Ask, order.Price));
    }

    private void ProcessHeld<TSink>(long beforeNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        while (_held.Count > 0 && _held[0].ArrivalNs < beforeNs)
        {
            HeldRequest held = _held.Pop();
            long nowNs = Math.Max(held.ArrivalNs, _reopenedNs);
            switch (held.Request.Action)
            {
                case RequestAction.Submit: Submit(in held, nowNs, in book, ref sink); break;
                case RequestAction.Cancel: Cancel(in held, nowNs); break;
                default: Modify(in held, nowNs, in book, ref sink); break;
            }
        }
    }

    private void Submit<TSink>(in HeldRequest held, long nowNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        OrderRequest request = held.Request;
        PaperOrder order = PaperOrder.From(in request, nowNs);
        bool duplicate = _resting.Find(request.OrderId, out _) is not null;
        if (duplicate || (!_options.Compatible && !_checks.Accepts(in order, BestOpposite(order.Side, in book))))
            _desk.Tell(in order, ReportKind.Rejected, nowNs);
        else
            _arrivals.Enter(ref order, ReportKind.New, in book, ref sink);
    }

    private void Cancel(in HeldRequest held, long nowNs)
    {
        OrderRequest request = held.Request;
        if (!TryFind(in request, out OwnOrders? side, out int index))
        {
            _desk.Refuse(in request, nowNs);
            return;
        }
        PaperOrder order = side.All[index];
        side.RemoveAt(index);
        _desk.Tell(in order, ReportKind.Canceled, nowNs);
    }

    private void Modify<TSink>(in HeldRequest held, long nowNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        OrderRequest request = held.Request;
        if (!TryFind(in request, out OwnOrders? side, out int index))
        {
            _desk.Refuse(in request, nowNs);
            return;
        }
        ref PaperOrder resting = ref side.All[index];
        PaperOrder changed = resting;
        changed.Price = request.Price;
        // the library sets the rest to the new size; a venue's new size is the total, executed part kept
        changed.Total = _options.Compatible ? resting.Executed + request.Size : request.Size;
        if (changed.Left <= Size.Zero)
        {
            side.RemoveAt(index);
            changed.Total = changed.Executed;
            _desk.Tell(in changed, ReportKind.Canceled, nowNs);
        }
        else if (!_options.Compatible && !_checks.Accepts(in changed, opposite: null))
        {
            _desk.Refuse(in request, nowNs);
        }
        else if (changed.Price == resting.Price && changed.Left <= resting.Left)
        {
            resting.Total = changed.Total;
            _desk.Tell(in resting, ReportKind.Replaced, nowNs);
        }
        else
        {
            side.RemoveAt(index);
            changed.ArrivalNs = nowNs;
            _arrivals.Enter(ref changed, ReportKind.Replaced, in book, ref sink);
        }
    }

    private bool TryFind(in OrderRequest request, [NotNullWhen(true)] out OwnOrders? side, out int index)
    {
        side = _resting.Find(request.OrderId, out index);
        if (side is not null && side.All[index].Key != request.Key)
            side = null;
        return side is not null;
    }

    private static Price? BestOpposite(Side side, in TBook book)
    {
        Side opposite = side == Side.Bid ? Side.Ask : Side.Bid;
        return book.Has(opposite) ? book.Best(opposite) : null;
    }
}
