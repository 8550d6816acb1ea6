using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>What is rehearsed between frames leaves no trace in what the engine does.</summary>
internal sealed class RehearsalTests
{
    private const long IntervalNs = 1_000;

    private long _nowTicks;

    [Test]
    public void Rehearsed_and_not_rehearsed_runs_end_in_the_same_state([Values(3, 31)] int seed)
    {
        List<(long, byte[])> frames = MadeFrames.Upbit(seed, 1_500);
        EngineFixture plain = new(EngineFixture.Options());
        plain.Feed(frames);
        EngineFixture rehearsed = new(EngineFixture.Options());
        rehearsed.Loop.Rehearse(IntervalNs);
        FeedWithPauses(rehearsed, frames);
        Assert.Multiple(() =>
        {
            Assert.That(rehearsed.Loop.Rehearsed.Frames, Is.GreaterThan(frames.Count), "frames were rehearsed between the frames");
            Assert.That(rehearsed.Engine.StateHash, Is.EqualTo(plain.Engine.StateHash), $"seed {seed}");
            Assert.That(rehearsed.Engine.Counters, Is.EqualTo(plain.Engine.Counters), $"seed {seed}");
        });
    }

    [Test]
    public void A_split_line_rehearses_on_both_its_threads_and_nobody_can_tell([Values(3, 31)] int seed)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(seed, 1_500);
        EngineFixture plain = new(EngineFixture.Options()), split = new(EngineFixture.Options());
        plain.Feed(frames);
        SplitLineOptions options = new() { IsPaced = true, Wait = LoopWait.Yield, RehearseEveryNs = IntervalNs };
        using SplitLine line = new SplitLine(split.Engine, split.Loop, split.Decoder, options).Start();
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            line.Offer(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes, 0);
            Soon.Holds(() => line.IsCaughtUp, "the engine caught up");
            for (int slice = 0; slice < 3; slice++)
                line.RunIdleSlice(_nowTicks += 1_000_000);
        }
        line.Finish();
        Assert.Multiple(() =>
        {
            Assert.That(line.RehearsedDecodes, Is.GreaterThan(frames.Count), "frames were decoded again between the frames");
            Assert.That(split.Loop.Rehearsed.Books, Is.Positive, "and went through the shadow of the engine");
            Assert.That(split.Engine.StateHash, Is.EqualTo(plain.Engine.StateHash), $"seed {seed}");
            Assert.That(split.Engine.Counters, Is.EqualTo(plain.Engine.Counters), $"seed {seed}");
        });
    }

    [Test]
    public void Control_a_frame_more_for_the_real_engine_shows_in_its_hash()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(3, 500);
        EngineFixture plain = new(EngineFixture.Options()), disturbed = new(EngineFixture.Options());
        plain.Feed(frames);
        disturbed.Feed(frames);
        disturbed.Feed([frames[^1]]);
        Assert.That(disturbed.Engine.StateHash, Is.Not.EqualTo(plain.Engine.StateHash));
    }

    [TestCase(VenueId.BinanceSpot, "NEXOUSDT", "binance/spot_nexousdt_20240723.dat.gz")]
    [TestCase(VenueId.BinanceUsdm, "BTCUSDT", "binance/usdm_btcusdt_20240718.gz")]
    [TestCase(VenueId.Upbit, "", "upbit/upbit_10markets_20210405.frames.gz")]
    public void Recorded_frames_are_rehearsed_on_a_book_of_their_own(VenueId venue, string symbol, string file)
    {
        List<RecordedStreamsTests.CollectedFrame> frames = RecordedStreamsTests.Records(venue, symbol, [file]);
        EngineFixture plain = RecordedStreamsTests.Fixture(venue, symbol), rehearsed = RecordedStreamsTests.Fixture(venue, symbol);
        rehearsed.Loop.Rehearse(IntervalNs);
        foreach (RecordedStreamsTests.CollectedFrame frame in frames)
        {
            plain.Loop.OnRecord(frame.Kind, venue, frame.ReceiveNs, frame.Bytes);
            rehearsed.Loop.OnRecord(frame.Kind, venue, frame.ReceiveNs, frame.Bytes);
            Pause(rehearsed, 2);
        }
        EngineCounters done = rehearsed.Loop.Rehearsed;
        Assert.Multiple(() =>
        {
            Assert.That(done.Books, Is.GreaterThan(frames.Count / 4), "every second step builds a book");
            Assert.That(done.Resyncs, Is.Zero, "the frames of the past are one stream");
            Assert.That(done.Orders, Is.Positive, "the way is rehearsed to its end");
            Assert.That(done.Rejects, Is.LessThan(done.Orders), "nothing that adds up stands in the shadow's way");
            Assert.That(rehearsed.Engine.StateHash, Is.EqualTo(plain.Engine.StateHash), "and nobody could tell");
        });
    }

    [Test]
    public void Rehearsing_allocates_nothing_once_the_shadow_stands()
    {
        List<(long, byte[])> frames = MadeFrames.Upbit(7, 300);
        EngineFixture fixture = new(EngineFixture.Options());
        fixture.Loop.Rehearse(IntervalNs);
        FeedWithPauses(fixture, frames);
        // until the shadow's table of seen trade ids has its full size
        Pause(fixture, 400_000);
        AllocationMeter meter = AllocationMeter.Start();
        Pause(fixture, 20_000);
        Assert.That(meter.Bytes, Is.Zero);
    }

    private void FeedWithPauses(EngineFixture fixture, List<(long ReceiveNs, byte[] Bytes)> frames)
    {
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            fixture.Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes);
            Pause(fixture, 3);
        }
    }

    // each slice a tick later than the one before, far past any step's time
    private void Pause(EngineFixture fixture, int slices)
    {
        for (int slice = 0; slice < slices; slice++)
            fixture.Loop.RunIdleSlice(_nowTicks += 1_000_000);
    }
}
