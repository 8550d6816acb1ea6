using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>A kill on its way: lane, journal, engine, snapshot, replay.</summary>
[TestFixture]
internal sealed class LiveCommandTests : InFolder
{
    [Test]
    public void A_kill_is_journaled_before_what_waits_in_the_ring_and_replays_to_the_same_state([Values] bool isSplit)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(61, 1_200);
        CollectingOutput output = new();
        (EngineFixture live, CommandOutcome outcome, long durable) = RunLive(isSplit, output, frames, killAfter: 400);
        EngineFixture replay = LiveFixture.Replayed(Folder), replaySplit = LiveFixture.ReplayedSplit(Folder);
        int firstKilled = output.Reasons.IndexOf(RejectReason.Killed);
        Assert.Multiple(() =>
        {
            Assert.That((replay.Engine.StateHash, replay.Engine.IsKilled, replay.Engine.LastOutcome), Is.EqualTo((live.Engine.StateHash, true, outcome)));
            Assert.That(replaySplit.Engine.StateHash, Is.EqualTo(live.Engine.StateHash));
            Assert.That(durable, Is.AtLeast(outcome.Sequence), "answered only when it was on disk");
            Assert.That(firstKilled, Is.Positive);
            Assert.That(output.Reasons.Skip(firstKilled), Is.All.EqualTo(RejectReason.Killed));
        });
    }

    // the engine stands still: what it has not taken fills the hand-over, the rest waits in the intake, and there the kill goes past it
    [Test]
    public void A_kill_passes_everything_that_is_not_journaled_yet_while_the_engine_stands_still()
    {
        const int Slots = 8;
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(64, 300);
        using ManualResetEventSlim go = new(false);
        using LiveFixture live = new LiveFixture(Folder, isSplit: true, new HoldingOutput(go, atTop: 20), Slots).Begin(frames[0].ReceiveNs - 1);
        Thread feed = new(() => live.Feed(frames)) { IsBackground = true, Name = "feed" };
        feed.Start();
        Soon.Holds(() => live.Intake.Refused > 0, "a full intake");
        PendingCommand kill = live.Ask(EngineCommandKind.Kill, 11);
        long journaledBefore = live.Journal.PublishedSequence;
        Assert.That(live.Lane.IsKillRaised, Is.True, "the gate needs no record, no room and no engine");
        go.Set();
        Soon.Ends(feed);
        CommandOutcome outcome = AnswerTo(kill);
        live.Stop();
        Assert.Multiple(() =>
        {
            Assert.That(live.Failure, Is.Null);
            Assert.That(FramesBetween(journaledBefore, outcome.Sequence), Is.AtMost(1), "behind the record that was being handed over, before the 64 that waited");
            Assert.That(live.Engine.Engine.Sequence, Is.GreaterThan(outcome.Sequence + 64));
            Assert.That(LiveFixture.Replayed(Folder).Engine.StateHash, Is.EqualTo(live.Engine.Engine.StateHash));
        });
    }

    [Test]
    public void A_kill_survives_snapshot_and_tail()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(62, 800);
        EngineFixture live = RunLive(isSplit: false, null, frames, killAfter: 400).Engine;
        SnapshotWriter writer = new();
        EngineSnapshot.Save(live.Engine, live.Registry, writer);
        EngineFixture restored = new(EngineFixture.Options());
        EngineSnapshot.Restore(restored.Engine, restored.Registry, Snapshot.OfMemory(writer), settings: null);
        Assert.That((restored.Engine.IsKilled, restored.Engine.StateHash, restored.Engine.LastOutcome), Is.EqualTo((true, live.Engine.StateHash, live.Engine.LastOutcome)));
    }

    [Test]
    public void A_market_that_appears_after_the_kill_is_killed_too()
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output);
        fixture.Command(EngineCommandKind.Kill, MadeFrames.StartNs);
        fixture.Feed(MadeFrames.Upbit(63, 1_500));
        Assert.That(output.Reasons, Is.Not.Empty.And.All.EqualTo(RejectReason.Killed));
    }

    [Test]
    public void Timers_carry_how_late_they_were_and_a_missing_one_is_seen()
    {
        const long TickNs = TimerSchedule.TickNs;
        using (JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = Folder, SegmentBytes = 1 << 20, Durability = DurabilityPolicy.OnDemand }))
        {
            journal.Append(RecordKind.ConfigurationChange, 0, 10 * TickNs, default);
            foreach ((long tick, ushort lateUs) in new[] { (11L, (ushort)20), (12L, (ushort)4_000), (14L, (ushort)30), (15L, ushort.MaxValue) })
            {
                journal.Reserve(0, tick * TickNs);
                journal.Publish((byte)RecordKind.Timer, 0, lateUs);
            }
            journal.Append(RecordKind.LiveAgain, 0, 900 * TickNs, default);
            journal.Append(RecordKind.Timer, 0, 901 * TickNs, default);
            journal.Append(RecordKind.Timer, 0, (901 * TickNs) + 7, default);
        }
        TimerReport report = TimerCheck.Run(Folder);
        Assert.That((report.Timers, report.MissingTicks), Is.EqualTo((6L, 1L)), "tick 13 is missing; between two spans nothing ran");
        Assert.That(report.Lateness.Max, Is.EqualTo(65_535_000));
    }

    private (EngineFixture Engine, CommandOutcome Outcome, long Durable) RunLive(bool isSplit, EngineOutput? output, List<(long ReceiveNs, byte[] Bytes)> frames, int killAfter)
    {
        using LiveFixture live = new LiveFixture(Folder, isSplit, output, durability: DurabilityPolicy.Journal).Begin(frames[0].ReceiveNs - 1);
        live.Feed(frames.Take(killAfter));
        PendingCommand pending = live.Ask(EngineCommandKind.Kill, 9);
        live.Feed(frames.Skip(killAfter));
        CommandOutcome outcome = AnswerTo(pending);
        long durable = live.Journal.CommitCovering(pending.RecordSequence);
        live.Stop();
        return (live.Engine, outcome, durable);
    }

    private static CommandOutcome AnswerTo(PendingCommand command)
    {
        Soon.Holds(() => command.Answer.IsCompleted, "the answer to a command");
        return command.Answer.GetAwaiter().GetResult();
    }

    private int FramesBetween(long after, long before)
    {
        int frames = 0;
        using JournalReader reader = new(Folder, new JournalReaderOptions { FromSequence = after + 1 });
        while (reader.TryRead(out RecordHeader header, out _) && header.Sequence < before)
            frames += header.Kind == RecordKind.VenueFrame ? 1 : 0;
        return frames;
    }

    /// <summary>Holds the engine's thread at one of its rows.</summary>
    private sealed class HoldingOutput(ManualResetEventSlim go, int atTop) : EngineOutput
    {
        private int _tops;

        public override void OnTop(in MarketEvent book, Instrument instrument, BookQuality quality, in TopOfBook top)
        {
            if (++_tops == atTop)
                go.Wait();
        }
    }
}
