using System;
using System.Diagnostics;
using Obs.Core.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Trading;

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
    /// <summary>Time between two rehearsed frames, ns: a step of one or two µs leaves nine tenths of the core's time free.</summary>
    public const long IntervalNs = 20_000;

    // a prime, so that a feed that repeats its kinds in a round still shows every one
    private const int LookEvery = 7;

    private readonly EngineCore _engine;
    private readonly EngineCore _shadow;
    private readonly RecordLoop _loop;
    private readonly FrameSuccession _succession = new();
    private readonly RehearsedTops _tops = new();
    private readonly RehearsedFrames _frames;
    private readonly long _intervalTicks;
    private int _market = -1;
    private int _turn;
    private int _untilLooked;
    private bool _isPlaying;
    private bool _isOfDiffs;
    private ulong _touched;
    private long _nextTicks;

    /// <summary>A rehearsal beside an engine; the frames it plays are those given to <see cref="Keep"/>.</summary>
    /// <param name="engine">The engine; only read.</param>
    /// <param name="decoder">The run's decoders: frames played have been through them before, so that playing them changes nothing.</param>
    /// <param name="frames">Keeps the frames: as bytes where this thread decodes, decoded where another one does.</param>
    /// <param name="intervalNs">Time between two frames, ns.</param>
    public Rehearsal(EngineCore engine, RecordDecoder decoder, RehearsedFrames frames, long intervalNs)
    {
        Debug.Assert(intervalNs > 0, "a rehearsal without a pause would leave no time to look at the intake");
        _engine = engine;
        _shadow = engine.Shadow(Lasting(engine.Options));
        _loop = new RecordLoop(_shadow, decoder, this, _succession);
        _frames = frames;
        _intervalTicks = StopwatchTicks.FromNs(intervalNs);
    }

    /// <summary>What the shadow has done so far.</summary>
    public EngineCounters Counters => _shadow.Counters;

    /// <summary>Copies a frame now and then, to be played later. Called after the real engine has finished with it.</summary>
    /// <param name="venue">Whose frame it is.</param>
    /// <param name="payload">Its bytes, where this thread decodes.</param>
    /// <param name="e">What they were decoded to.</param>
    /// <param name="levels">Its levels, where another thread decodes.</param>
    public void Keep(VenueId venue, ReadOnlySpan<byte> payload, in MarketEvent e, ReadOnlySpan<BookLevel> levels)
    {
        // most frames go by with no more than this: what it reads, the last step has read
        if (_isPlaying || --_untilLooked > 0)
            return;
        _untilLooked = _frames.HasAllBooks ? LookEvery : 1;
        // one market stands for all: they share the code, and a shadow of each would cost memory
        if (_market < 0 && RehearsedFrames.IsBook(e.Kind) && _engine.IsRunning(e.Instrument))
            Begin(e);
        if (e.Instrument != _market || _frames.SlotFor(e.Kind) is not (>= 0 and int slot))
            return;
        if (_frames.Keep(slot, venue, payload, e, levels) && e.Kind == MarketEventKind.Diff)
            _tops.Keep(slot, _engine, _market);
    }

    /// <summary>Goes over to other settings with the engine.</summary>
    public void Adopt(EngineSettings settings) => _shadow.Adopt(settings with { Options = Lasting(settings.Options) });

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
        int slot = _frames.SlotOf(_turn);
        if (_isOfDiffs && RehearsedFrames.IsBookSlot(slot))
            PrimeBook(slot);
        Play(slot);
        _touched = unchecked(_touched + _engine.Touch(_turn));
        _turn = (_turn + 1) & int.MaxValue;
        return true;
    }

    private void Play(int slot)
    {
        if (slot < 0)
            return;
        _isPlaying = true;
        // by the very calls a real frame takes: what they left out would be cold
        _frames.Play(slot, _loop, _succession);
        _isPlaying = false;
    }

    private void Begin(in MarketEvent first)
    {
        _market = first.Instrument;
        _isOfDiffs = first.Kind == MarketEventKind.Diff;
    }

    // diffs of different moments do not fit one book: each is played on the best levels of its own moment
    private void PrimeBook(int slot)
    {
        MarketEvent book = _tops.Snapshot(slot, (ushort)_market, _succession.SkipUpdate(), out ReadOnlySpan<BookLevel> levels);
        _shadow.Prime(ref book, levels, _succession.NowNs);
    }

    // the shadow trades all day long: fees and limits on what it has done in all would soon leave it without orders
    private static EngineOptions Lasting(EngineOptions options) =>
        options with { Fees = new FeeSchedule(0, 0), Risk = options.Risk with { MaxPosition = 0, DailyLossLimit = 0 } };
}
