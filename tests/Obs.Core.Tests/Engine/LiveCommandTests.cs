using System;
using System.Collections.Generic;
using System.IO;
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
internal sealed class LiveCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("obs-command-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_kill_is_journaled_before_what_waits_in_the_ring_and_replays_to_the_same_state()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(61, 1_200);
        CollectingOutput output = new();
        EngineFixture live = new(EngineFixture.Options(), output, insertTimers: false);
        CommandOutcome outcome = RunLive(live, frames, killAfter: 400, out long durable);
        EngineFixture replay = Replay(new CollectingOutput());
        int firstKilled = output.Reasons.IndexOf(RejectReason.Killed);
        Assert.Multiple(() =>
        {
            Assert.That((replay.Engine.StateHash, replay.Engine.IsKilled, replay.Engine.LastOutcome), Is.EqualTo((live.Engine.StateHash, true, outcome)));
            Assert.That(durable, Is.AtLeast(outcome.Sequence), "answered only when it was on disk");
            Assert.That(firstKilled, Is.Positive);
            Assert.That(output.Reasons.Skip(firstKilled), Is.All.EqualTo(RejectReason.Killed));
        });
    }

    [Test]
    public void A_kill_survives_snapshot_and_tail()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(62, 800);
        EngineFixture live = new(EngineFixture.Options(), insertTimers: false);
        RunLive(live, frames, killAfter: 400, out _);
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
        byte[] kill = new byte[EngineCommand.SizeBytes];
        new EngineCommand { Kind = EngineCommandKind.Kill }.Write(kill);
        fixture.Loop.OnRecord(RecordKind.Command, VenueId.None, MadeFrames.StartNs, kill);
        fixture.Feed(MadeFrames.Upbit(63, 1_500));
        Assert.That(output.Reasons, Is.Not.Empty.And.All.EqualTo(RejectReason.Killed));
    }

    [Test]
    public void Timers_carry_how_late_they_were_and_a_missing_one_is_seen()
    {
        const long TickNs = TimerSchedule.TickNs;
        using (JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = _folder, SegmentBytes = 1 << 20, Durability = DurabilityPolicy.OnDemand }))
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
        TimerReport report = TimerCheck.Run(_folder);
        Assert.That((report.Timers, report.MissingTicks), Is.EqualTo((6L, 1L)), "tick 13 is missing; between two spans nothing ran");
        Assert.That(report.Lateness.Max, Is.EqualTo(65_535_000));
    }

    private CommandOutcome RunLive(EngineFixture fixture, List<(long ReceiveNs, byte[] Bytes)> frames, int killAfter, out long durable)
    {
        using JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = _folder, SegmentBytes = 1 << 20 });
        Intake intake = new(64);
        CommandLane lane = new();
        long nowNs = frames[0].ReceiveNs - 1;
        LiveLoop loop = new(fixture.Engine, fixture.Decoder, journal, intake, new StatusBoard(), () => Volatile.Read(ref nowNs), lane);
        loop.Begin(RecordKind.ConfigurationChange, nowNs, default);
        using CancellationTokenSource stop = new();
        Thread engine = new(() => loop.Run(stop.Token));
        engine.Start();
        PendingCommand? pending = null;
        for (int at = 0; at < frames.Count; at++)
        {
            Volatile.Write(ref nowNs, frames[at].ReceiveNs);
            if (at == killAfter)
                pending = lane.Offer(new EngineCommand { Kind = EngineCommandKind.Kill, KeyLow = 9 });
            while (!intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, frames[at].ReceiveNs, 0, frames[at].Bytes))
                Thread.Yield();
        }
        CommandOutcome outcome = pending!.Answer.GetAwaiter().GetResult();
        durable = journal.CommitCovering(pending.RecordSequence);
        stop.Cancel();
        engine.Join();
        return outcome;
    }

    private EngineFixture Replay(EngineOutput output)
    {
        EngineFixture fixture = new(EngineFixture.Options(), output, insertTimers: false);
        using JournalReader reader = new(_folder);
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            fixture.Loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
        return fixture;
    }
}
