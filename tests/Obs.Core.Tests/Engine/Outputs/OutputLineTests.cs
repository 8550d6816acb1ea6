using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Engine.Outputs;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine.Outputs;

[TestFixture]
internal sealed class OutputLineTests
{
    [Test]
    public void Through_the_ring_on_either_thread_comes_what_comes_directly([Values] bool hasThread, [Values(8, 1_024)] int slots)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(41, 2_000);
        CollectingOutput direct = new();
        new EngineFixture(EngineFixture.Options(), direct).Feed(frames);
        CollectingOutput ringed = new();
        using OutputLine line = new([new CallbackSink(ringed)], hasThread, slots: slots);
        new EngineFixture(EngineFixture.Options(), line).Feed(frames);
        line.Finish();
        Assert.That(ringed.Lines, Is.EqualTo(direct.Lines));
        Assert.That(ringed.Lines, Has.Count.GreaterThan(10_000), "a full ring many times over");
    }

    [Test]
    public void Levels_and_markets_arrive_with_their_frames([Values] bool hasThread)
    {
        ContentSink sink = new();
        using OutputLine line = new([sink], hasThread, slots: 16);
        EngineFixture fixture = new(EngineFixture.Options(), line);
        List<(long ReceiveNs, byte[] Bytes)> frames = [.. MadeFrames.Upbit(42, 600), .. MadeFrames.Upbit(43, 600, "KRW-ETH")];
        frames.Sort(static (left, right) => left.ReceiveNs.CompareTo(right.ReceiveNs));
        fixture.Feed(frames);
        line.Finish();
        Assert.Multiple(() =>
        {
            Assert.That(sink.Wrong, Is.Empty);
            Assert.That(sink.Books, Is.EqualTo(fixture.Engine.Counters.Books));
            Assert.That(sink.Markets, Is.EqualTo(new[] { "KRW-BTC", "KRW-ETH" }).AsCollection.Or.EqualTo(new[] { "KRW-ETH", "KRW-BTC" }).AsCollection);
            Assert.That(sink.Kinds[OutputKind.StateHash], Is.EqualTo(fixture.Engine.Sequence / StateHashChain.Interval));
            Assert.That(sink.Kinds[OutputKind.Quality], Is.GreaterThan(2), "Synced, Stale in the gaps, Synced again");
            Assert.That(sink.Kinds[OutputKind.Trade], Is.EqualTo(fixture.Engine.Counters.Trades));
            Assert.That(sink.Kinds[OutputKind.Order], Is.EqualTo(fixture.Engine.Counters.Orders + fixture.Engine.Counters.Rejects));
            Assert.That(sink.IsOrdered, Is.True, "sequences never go back");
        });
    }

    [Test]
    public void A_sink_that_fails_stops_the_engine_with_its_own_error([Values] bool hasThread)
    {
        FailingSink sink = new(failAt: 500);
        using OutputLine line = new([sink], hasThread, slots: 64);
        EngineFixture fixture = new(EngineFixture.Options(), line);
        IOException? error = Assert.Throws<IOException>(() =>
        {
            fixture.Feed(MadeFrames.Upbit(44, 3_000));
            line.Finish();
        });
        Assert.That(error!.Message, Is.EqualTo("the disk is full"));
        Assert.That(sink.Taken, Is.EqualTo(500), "nothing is skipped and nothing comes after");
    }

    [Test]
    public void Slices_between_records_write_down_what_is_there()
    {
        CountingSink sink = new();
        using OutputLine line = new([sink], hasThread: false);
        EngineFixture fixture = new(EngineFixture.Options(), line);
        fixture.Feed(MadeFrames.Upbit(45, 100));
        Assert.That(sink.Taken, Is.Zero, "the critical path writes into the ring only");
        int slices = 0;
        while (fixture.Engine.RunBackgroundSlice())
            slices++;
        Assert.That(sink.Taken, Is.GreaterThan(150));
        Assert.That(slices, Is.GreaterThan(5), "in slices, so that a frame can come in between");
        line.Drain();
        Assert.That(line.RunSlice(), Is.False);
    }

    [Test]
    public void The_engine_thread_allocates_nothing_for_its_outputs([Values] bool hasThread)
    {
        using OutputLine line = new([new CountingSink()], hasThread);
        EngineFixture fixture = new(EngineModel.Options(), line);
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(46, 4_000);
        fixture.Feed(frames.GetRange(0, 2_000));
        AllocationMeter meter = AllocationMeter.Start();
        for (int at = 2_000; at < frames.Count; at++)
            fixture.Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, frames[at].ReceiveNs, frames[at].Bytes);
        Assert.That(meter.Bytes, Is.Zero);
        Assert.That(AllocatedByBoxing(), Is.Positive, "the control: the meter sees a box");
    }

    private static long AllocatedByBoxing()
    {
        AllocationMeter meter = AllocationMeter.Start();
        object box = default(OutputSlot);
        GC.KeepAlive(box);
        return meter.Bytes;
    }

    private class CountingSink : OutputSink
    {
        public int Taken { get; protected set; }

        public override void On(ref OutputSlot slot, Instrument? instrument, ReadOnlySpan<BookLevel> levels) => Taken++;
    }

    private sealed class FailingSink(int failAt) : CountingSink
    {
        public override void On(ref OutputSlot slot, Instrument? instrument, ReadOnlySpan<BookLevel> levels)
        {
            if (Taken == failAt)
                throw new IOException("the disk is full");
            Taken++;
        }
    }

    private sealed class ContentSink : OutputSink
    {
        private long _last;

        public List<string> Wrong { get; } = [];

        public List<string> Markets { get; } = [];

        public Dictionary<OutputKind, long> Kinds { get; } = [];

        public bool IsOrdered { get; private set; } = true;

        public long Books => Kinds.GetValueOrDefault(OutputKind.BookChange);

        public override void On(ref OutputSlot slot, Instrument? instrument, ReadOnlySpan<BookLevel> levels)
        {
            Kinds[slot.Kind] = Kinds.GetValueOrDefault(slot.Kind) + 1;
            IsOrdered &= slot.Sequence >= _last;
            _last = slot.Sequence;
            if (slot.Kind == OutputKind.Market)
                Markets.Add(instrument!.Symbol);
            if (slot.Kind != OutputKind.BookChange)
                return;
            if (levels.Length != 30 || levels[0].Price != slot.Book.Bid.Price || levels[15].Price != slot.Book.Ask.Price)
                Wrong.Add($"sequence {slot.Sequence}: {levels.Length} levels");
        }
    }
}
