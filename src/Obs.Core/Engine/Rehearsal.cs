using System;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Keeps the way from frame to order warm while nothing arrives: runs frames seen before through an engine of its own, whose results nobody reads.</summary>
/// <remarks>
/// Engine thread, between records only. A core that waits some milliseconds for a frame loses instructions, branch history and translations to whatever
/// else runs on the machine; the frame then takes ten times as long as in a burst. The rehearsal pays that price before the frame comes.
/// It touches no state of the real engine and is no part of the function: with and without it every result is the same, bit for bit.
/// One step is one frame, so a frame that arrives meanwhile waits no longer than it would have behind another frame.
/// </remarks>
internal sealed class Rehearsal
{
    private const int Slots = 4;
    private const int BookSlots = 2;
    private const int SlotBytes = 32 * 1024;
    private const int KeepEvery = 32;
    private const long StepNs = 1_000_000;

    private const int TouchedLevels = 32;

    private readonly EngineCore _engine;
    private readonly EngineCore _shadow;
    private readonly BookLevel[] _scratch = new BookLevel[TouchedLevels];
    private readonly RecordDecoder _decoder;
    private readonly byte[] _frames = GC.AllocateArray<byte>(Slots * SlotBytes, pinned: true);
    private readonly int[] _lengths = new int[Slots];
    private readonly VenueId[] _venues = new VenueId[Slots];
    private readonly int[] _untilKept = new int[Slots];
    private readonly long _intervalTicks;
    private int _market = -1;
    private int _turn;
    private ulong _touched;
    private long _nextTicks;
    private long _nowNs = StepNs;
    private long _updateId = 1;

    /// <summary>A rehearsal beside an engine; the frames it plays are those given to <see cref="Keep"/>.</summary>
    /// <param name="engine">The engine; only read.</param>
    /// <param name="decoder">The run's decoders: frames played have been through them before, so that playing them changes nothing.</param>
    /// <param name="intervalNs">Time between two frames, ns.</param>
    public Rehearsal(EngineCore engine, RecordDecoder decoder, long intervalNs)
    {
        Debug.Assert(intervalNs > 0, "a rehearsal without a pause would leave no time to look at the intake");
        _engine = engine;
        _shadow = new EngineCore(engine.Options with { TimingInterval = int.MaxValue }, decoder.Registry, output: null);
        _decoder = decoder;
        _intervalTicks = StopwatchTicks.FromNs(intervalNs);
    }

    /// <summary>Frames played so far.</summary>
    public long Played { get; private set; }

    /// <summary>Copies a frame now and then, to be played later. Called after the real engine has finished with it.</summary>
    /// <param name="venue">Whose frame it is.</param>
    /// <param name="payload">Its bytes.</param>
    /// <param name="e">What they were decoded to.</param>
    public void Keep(VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e)
    {
        int slot = SlotOf(e.Kind);
        if (slot < 0 || --_untilKept[slot] > 0 || payload.Length > SlotBytes)
            return;
        // one market stands for all: they share the code, and a shadow of each would cost memory
        if (_market < 0 && slot < BookSlots && _engine.IsRunning(e.Instrument))
            Begin(e);
        if (e.Instrument != _market)
            return;
        _untilKept[slot] = KeepEvery;
        payload.CopyTo(_frames.AsSpan(slot * SlotBytes, SlotBytes));
        _lengths[slot] = payload.Length;
        _venues[slot] = venue;
    }

    /// <summary>Goes over to other settings with the engine.</summary>
    public void Adopt(EngineSettings settings) => _shadow.Adopt(settings);

    /// <summary>Does a step when one is due.</summary>
    /// <param name="nowTicks">Now, in Stopwatch ticks.</param>
    /// <returns>True when something was done.</returns>
    public bool Run(long nowTicks)
    {
        if (_shadow.RunBackgroundSlice())
            return true;
        if (nowTicks < _nextTicks)
            return false;
        _nextTicks = nowTicks + _intervalTicks;
        Play(_turn & (Slots - 1));
        _touched = unchecked(_touched + _engine.Touch(_turn, _scratch));
        _turn = (_turn + 1) & int.MaxValue;
        return true;
    }

    // two complete books or diffs, so that something differs between them; a trade; a ticker
    private int SlotOf(MarketEventKind kind) => kind switch
    {
        MarketEventKind.Diff or MarketEventKind.FullBook => _lengths[0] == 0 || _untilKept[0] < _untilKept[1] ? 0 : 1,
        MarketEventKind.Trade => 2,
        MarketEventKind.BookTicker => 3,
        _ => -1,
    };

    private void Play(int slot)
    {
        if (_lengths[slot] == 0)
            return;
        MarketEvent e = default;
        DecodeStatus status = _decoder.Decode(_venues[slot], _frames.AsSpan(slot * SlotBytes, _lengths[slot]), ref e, out ReadOnlySpan<BookLevel> levels);
        Debug.Assert(status == DecodeStatus.Ok, "only decoded frames are kept");
        // a frame of the past becomes the next one of the shadow's own stream
        _nowNs += StepNs;
        e.VenueNs = _nowNs;
        e.MatchNs = _nowNs;
        e.PreviousUpdateId = _updateId;
        e.FirstUpdateId = ++_updateId;
        e.LastUpdateId = _updateId;
        _shadow.OnFrame(ref e, levels, status, _nowNs);
        Played++;
    }

    private void Begin(in MarketEvent first)
    {
        _market = first.Instrument;
        if (first.Kind != MarketEventKind.Diff)
            return;
        MarketEvent snapshot = new() { Kind = MarketEventKind.Snapshot, Instrument = first.Instrument, LastUpdateId = _updateId, TotalBidSize = double.NaN, TotalAskSize = double.NaN };
        _shadow.OnFrame(ref snapshot, default, DecodeStatus.Ok, _nowNs);
    }
}
