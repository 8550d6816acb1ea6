using System;
using System.Collections.Generic;
using NUnit.Framework;
using Obs.Core.Disruptor;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Engine;

/// <summary>A thread of a live run throws: the line stops with stage and sequence named, nothing is skipped, nobody waits for ever.</summary>
[TestFixture]
internal sealed class LiveFailureTests : InFolder
{
    [Test]
    public void An_engine_that_throws_stops_the_line_at_its_record([Values] bool isSplit)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(81, 800);
        FailingOutput output = new(atTop: 200);
        using LiveFixture live = new LiveFixture(Folder, isSplit, output).Begin(frames[0].ReceiveNs - 1);
        bool isFedWhole = live.Feed(frames);
        live.Stop();
        RingStop stop = StopOf(live);
        Assert.Multiple(() =>
        {
            Assert.That(isFedWhole && live.Journal.PublishedSequence > 800, Is.False, "nobody went on journaling to the end as if nothing had happened");
            Assert.That(stop.Stage, Is.EqualTo("obs engine"));
            Assert.That(stop.Cause, Is.SameAs(output.Thrown));
            Assert.That(live.Failure!.Message, Does.Contain($"sequence {stop.Sequence}").And.Contain("planted"));
            Assert.That(ReadAt(stop.Sequence), Is.EqualTo(output.FailedAtNs), "the record it names is the one that could not be processed");
            Assert.That(live.Engine.Engine.Sequence, Is.EqualTo(stop.Sequence), "nothing behind it was processed");
        });
    }

    [Test]
    public void A_command_behind_the_record_that_failed_is_dropped_and_not_left_waiting()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(82, 300);
        using LiveFixture live = new LiveFixture(Folder, isSplit: true, new FailingOutput(atTop: 100)).Begin(frames[0].ReceiveNs - 1);
        List<PendingCommand> asked = [];
        foreach ((long, byte[]) frame in frames)
        {
            if (!live.Feed([frame]))
                break;
            asked.Add(live.Ask(EngineCommandKind.Release, 0));
        }
        live.Stop();
        live.Lane.Close();
        Assert.That(asked, Is.All.Matches<PendingCommand>(static one => one.Answer.IsCompleted));
        Assert.That(asked.FindAll(static one => one.Answer.IsCanceled), Is.Not.Empty, "control: some came too late");
        Assert.That(asked.FindAll(static one => one.Answer.IsCompletedSuccessfully), Is.Not.Empty, "control: some came in time");
    }

    [Test]
    public void A_journal_that_takes_no_more_stops_the_line_and_what_it_took_is_processed([Values] bool isSplit)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(83, 300);
        using LiveFixture live = new LiveFixture(Folder, isSplit).Begin(frames[0].ReceiveNs - 1);
        live.Feed(frames);
        byte[] tooLarge = new byte[(1 << 20) + 1];
        Soon.Holds(() => live.Intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, frames[^1].ReceiveNs, 0, tooLarge), "room in the intake");
        live.Stop();
        RingStop stop = StopOf(live);
        Assert.Multiple(() =>
        {
            Assert.That(stop.Stage, Is.EqualTo(isSplit ? "obs journal" : "obs engine"), "the stage that journals");
            Assert.That(stop.Cause, Is.InstanceOf<JournalException>());
            Assert.That(stop.Sequence, Is.EqualTo(live.Journal.PublishedSequence + 1), "the record that found no room");
            Assert.That(live.Engine.Engine.Sequence, Is.EqualTo(live.Journal.PublishedSequence));
            Assert.That(LiveFixture.Replayed(Folder).Engine.StateHash, Is.EqualTo(live.Engine.Engine.StateHash));
        });
    }

    [Test]
    public void A_model_background_that_throws_stops_the_engine_at_its_next_record()
    {
        using BackgroundThread background = new();
        background.Add(new FailingWork());
        Soon.Holds(() => background.Failure is not null, "the failure");
        EngineFixture fixture = new(EngineFixture.Options(), background: background);
        using SplitLine line = new SplitLine(fixture.Engine, fixture.Loop, fixture.Decoder, new SplitLineOptions()).Start();
        line.Offer(RecordKind.Timer, VenueId.None, 1_000, default, 0, sequence: 1);
        RingStoppedException stopped = Assert.Throws<RingStoppedException>(line.Finish)!;
        Assert.That((stopped.Stop.Stage, stopped.InnerException?.Message, fixture.Engine.Sequence), Is.EqualTo(("obs model", "planted", 0L)));
    }

    private static RingStop StopOf(LiveFixture live)
    {
        Assert.That(live.Failure, Is.InstanceOf<RingStoppedException>());
        return ((RingStoppedException)live.Failure!).Stop;
    }

    private long ReadAt(long sequence)
    {
        using JournalReader reader = new(Folder, new JournalReaderOptions { FromSequence = sequence });
        return reader.TryRead(out RecordHeader header, out _) ? header.ReceiveNs : 0;
    }

    private sealed class FailingOutput(int atTop) : EngineOutput
    {
        private int _tops;

        public Exception Thrown { get; } = new ArithmeticException("planted");

        public long FailedAtNs { get; private set; }

        public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
        {
            if (++_tops < atTop)
                return;
            FailedAtNs = book.ReceiveNs;
            throw Thrown;
        }
    }

    private sealed class FailingWork : IBackgroundWork
    {
        public bool RunShared() => throw new InvalidOperationException("planted");
    }
}
