using System;
using System.Diagnostics;
using System.IO;
using System.Runtime.CompilerServices;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>Matches our orders against one market as recorded: a pure function of the records, the same live, in replay and after a restart.</summary>
/// <remarks>
/// Engine thread only. No allocation while the capacities of <see cref="PaperVenueOptions"/> suffice. Rules: docs/concepts/paper-venue.md
/// (hftbacktest's, without the faults that it names). Order of calls for each market record:
/// <see cref="AdvanceTo"/> → for a book: level by level apply, then <see cref="OnLevel"/>; the quality's <see cref="SetTradable"/>; <see cref="AfterFrame"/>
/// → for a trade: <see cref="OnTrade"/> → <see cref="TryDeliver"/> until false → the strategy → <see cref="Request"/>.
/// No request is processed inside a frame. OnLevel and AfterFrame may be left out while <see cref="WantsLevels"/> is false.
/// </remarks>
/// <typeparam name="TBook">The book, which must already hold the change when it is passed in.</typeparam>
internal sealed class PaperVenue<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private const long StateVersion = 2;

    private readonly PaperVenueOptions _options;
    private readonly bool _compatible;
    private readonly QueueRules _rules;
    private readonly RequestLine<TBook> _requests;
    private readonly ExecutionDesk _desk;
    private readonly RestingOrders<TBook> _resting;
    private readonly TakenLiquidity _taken = new();
    private readonly PassiveMatching<TBook> _passive;
    private long _clockNs = long.MinValue;
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
        _compatible = options.Compatible;
        _rules = new QueueRules(instrument, options.Queue, options.QueuePower);
        _desk = new ExecutionDesk(options);
        _resting = new RestingOrders<TBook>(options.MaxRestingPerSide);
        ArrivalMatching<TBook> arrivals = new(instrument, options, _rules, _desk, _resting, _taken);
        _requests = new RequestLine<TBook>(instrument, options, _desk, _resting, arrivals);
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
    public int HeldCount => _requests.Held.Count;

    /// <summary>What the executions so far rest on.</summary>
    public FillTally Honesty => _desk.Tally;

    /// <summary>Recorder's clock, ns: when a timer would find something to do. A held request is processed once the venue clock has passed its
    /// arrival, hence one ns later. <see cref="long.MaxValue"/> when nothing waits.</summary>
    public long NextDueNs
    {
        get
        {
            long arrival = _requests.Held.Count == 0 || !_tradable ? long.MaxValue : _requests.Held[0].ArrivalNs - _options.ClockOffsetNs + 1;
            return Math.Min(arrival, _desk.Reports.NextDueNs);
        }
    }

    /// <summary>Reads what the next frame reads, and asks for the place of the next request.</summary>
    public ulong Touch()
    {
        _requests.Held.Prefetch();
        return unchecked(StateHash + (ulong)NextDueNs);
    }

    /// <summary>Takes a request; it travels and waits for the venue clock to pass its arrival.</summary>
    public void Request(in OrderRequest request) => _requests.Send(in request);

    /// <summary>Moves the venue clock before a frame is applied: requests that arrived strictly before are processed against the book as it stands.</summary>
    /// <param name="venueClockNs">The frame's venue time; a time below the clock leaves the clock.</param>
    /// <param name="book">The book before the frame.</param>
    /// <param name="sink">Takes executions.</param>
    public void AdvanceTo<TSink>(long venueClockNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (venueClockNs > _clockNs)
            _clockNs = venueClockNs;
        if (_requests.Held.Count > 0 && _tradable)
            _requests.Process(_clockNs, _reopenedNs, in book, ref sink);
    }

    /// <summary>A timer record: in a quiet market it moves the clock, so that no order waits for ever. Does nothing in compatible mode.</summary>
    public void OnTimer<TSink>(long engineTimeNs, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (!_compatible)
            AdvanceTo(engineTimeNs + _options.ClockOffsetNs, in book, ref sink);
    }

    /// <summary>A level was set to <paramref name="now"/>, also if that is what it was; the book holds it already. Bids first, then asks, as in the frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnLevel<TSink>(Side side, Price price, Size previous, Size now, in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        if (_taken.Count > 0)
            _taken.Forget(side, price);
        _passive.OnDepth(side, price, previous, now);
        if (_compatible && now > Size.Zero)
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
        if (_resting.Count == 0 || !_tradable || _compatible)
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

    /// <summary>A public print. It reaches what rests whatever the quality of our book: it is the venue's own word that trading took place there, while
    /// depth is only our picture of it. To spare a resting order the prints of a gap would spare it exactly
    /// the fills that hurt.</summary>
    public void OnTrade<TSink>(in MarketEvent trade, ref TSink sink)
        where TSink : struct, IPaperSink
    {
        Debug.Assert(trade.Size > Size.Zero && trade.Price.Mantissa > 0, "a trade has a price and a size");
        if (_resting.Count == 0)
            return;
        long before = _desk.Tally.Executions;
        _passive.OnPrint(in trade, _clockNs, ref sink);
        if (!_tradable)
            _desk.Tally.ExecutionsInGaps += _desk.Tally.Executions - before;
    }

    /// <summary>The end of a recording: requests still on their way are processed (library-compatible runs).</summary>
    public void Finish<TSink>(in TBook book, ref TSink sink)
        where TSink : struct, IPaperSink => _requests.Process(long.MaxValue, _reopenedNs, in book, ref sink);

    /// <summary>Takes the next report due at an engine time. Call it after matching: a report never precedes the record that caused it.</summary>
    public bool TryDeliver(long engineTimeNs, out OrderReport report) => _desk.Reports.TryDeliver(engineTimeNs, out report);

    /// <summary>The quality gate. While false, requests wait and depth fills nothing; what waited is stamped no earlier than the reopening. Prints still fill.</summary>
    public void SetTradable(bool tradable)
    {
        if (!tradable && _tradable && (_resting.Count > 0 || _requests.Held.Count > 0))
            _desk.Tally.Gaps++;
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

    /// <summary>Order-dependent hash of the venue's whole state: orders with their queues, requests and reports on their way, clock, counters.</summary>
    /// <remarks>About ten words an order are hashed: at checkpoints, not for every frame.</remarks>
    public ulong StateHash
    {
        get
        {
            WordHash words = default;
            Walk(ref words);
            return words.Hash;
        }
    }

    /// <summary>Bytes that <see cref="Save"/> writes now.</summary>
    public int SaveSize
    {
        get
        {
            WordCount words = default;
            Walk(ref words);
            return words.Words * sizeof(long);
        }
    }

    /// <summary>Writes the whole state, little endian.</summary>
    public void Save(Span<byte> bytes)
    {
        WordWriter words = new(bytes);
        Walk(ref words);
    }

    /// <summary>A venue that goes on where the saved one stood: exactly there under the same options. Under others they hold from here on, and each resting
    /// order keeps what stood ahead of it (<see cref="QueueRules.Adopt"/>). The instrument must be the same.</summary>
    /// <exception cref="InvalidDataException">The bytes end early, hold impossible counts, or go on after the end.</exception>
    public static PaperVenue<TBook> Load(Instrument instrument, PaperVenueOptions options, ReadOnlySpan<byte> bytes)
    {
        PaperVenue<TBook> venue = new(instrument, options);
        WordReader words = new(bytes);
        long version = words.Next();
        if (version != StateVersion)
            WordReader.Impossible(version, StateVersion);
        venue.Restore(ref words);
        if (!words.AtEnd)
            WordReader.Impossible(bytes.Length, venue.SaveSize);
        Debug.Assert(venue.SaveSize == bytes.Length, "what was read is what would be written");
        return venue;
    }

    private void Walk<TWords>(ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        words.Add(StateVersion);
        words.Add(_clockNs);
        words.Add(_reopenedNs);
        words.Add(_tradable ? 1 : 0);
        words.Add(_requests.LastArrivalNs);
        words.Add(_desk.Reports.LastReportNs);
        words.Add(_resting.SeenBidKey);
        words.Add(_resting.SeenAskKey);
        VenueWords.Write(in _desk.Tally.Take, ref words);
        VenueWords.Write(in _desk.Tally.BestCrossed, ref words);
        VenueWords.Write(in _desk.Tally.TradedThrough, ref words);
        VenueWords.Write(in _desk.Tally.Queue, ref words);
        words.Add(_desk.Tally.Gaps);
        words.Add(_desk.Tally.ExecutionsInGaps);
        words.Add(_requests.Held.Count);
        for (int index = 0; index < _requests.Held.Count; index++)
            VenueWords.Write(in _requests.Held[index], ref words);
        words.Add(_desk.Reports.Waiting.Count);
        for (int index = 0; index < _desk.Reports.Waiting.Count; index++)
            VenueWords.Write(in _desk.Reports.Waiting[index], ref words);
        Walk(_resting.Bids, ref words);
        Walk(_resting.Asks, ref words);
        words.Add(_taken.Count);
        foreach (ref readonly TakenLiquidity.Entry entry in _taken.All)
        {
            words.Add((long)entry.Side << 32 | unchecked((uint)entry.Account));
            words.Add(entry.Price.Mantissa);
            words.Add(entry.Size.Mantissa);
        }
    }

    private static void Walk<TWords>(OwnOrders side, ref TWords words)
        where TWords : struct, IWordSink, allows ref struct
    {
        words.Add(side.Count);
        foreach (ref readonly PaperOrder order in side.All)
            VenueWords.Write(in order, ref words);
    }

    private void Restore(ref WordReader words)
    {
        _clockNs = words.Next();
        _reopenedNs = words.Next();
        _tradable = words.NextCount(1) == 1;
        _requests.LastArrivalNs = words.Next();
        _desk.Reports.LastReportNs = words.Next();
        _resting.SeenBidKey = words.Next();
        _resting.SeenAskKey = words.Next();
        _desk.Tally.Take = VenueWords.ReadTally(ref words);
        _desk.Tally.BestCrossed = VenueWords.ReadTally(ref words);
        _desk.Tally.TradedThrough = VenueWords.ReadTally(ref words);
        _desk.Tally.Queue = VenueWords.ReadTally(ref words);
        _desk.Tally.Gaps = words.Next();
        _desk.Tally.ExecutionsInGaps = words.Next();
        for (int left = words.NextCount(int.MaxValue); left > 0; left--)
            _requests.Held.Push(VenueWords.ReadHeld(ref words));
        for (int left = words.NextCount(int.MaxValue); left > 0; left--)
            _desk.Reports.Waiting.Push(VenueWords.ReadReport(ref words));
        Restore(_resting.Bids, ref words);
        Restore(_resting.Asks, ref words);
        for (int left = words.NextCount(int.MaxValue); left > 0; left--)
        {
            long who = words.Next();
            Price price = new(words.Next());
            _taken.Add(unchecked((int)who), (Side)(who >> 32), price, new Size(words.Next()));
        }
    }
    private void Restore(OwnOrders side, ref WordReader words)
    {
        for (int left = words.NextCount(_options.MaxRestingPerSide); left > 0; left--)
        {
            PaperOrder order = VenueWords.ReadOrder(ref words);
            _rules.Adopt(ref order.Queue);
            side.Add(in order);
        }
    }
}
