using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class LiveEqualsReplayTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("obs-live-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_journal_of_a_live_run_replays_to_the_same_state([Values(21, 22)] int seed)
    {
        (ulong liveHash, long liveSequence, EngineCounters liveCounters) = RunLive(MadeFrames.Upbit(seed, 1_500));
        EngineFixture replay = Replay();
        Assert.Multiple(() =>
        {
            Assert.That(replay.Engine.Sequence, Is.EqualTo(liveSequence));
            Assert.That(replay.Engine.StateHash, Is.EqualTo(liveHash));
            Assert.That(replay.Engine.Counters, Is.EqualTo(liveCounters));
            Assert.That(liveCounters.Fills, Is.GreaterThan(5));
            Assert.That(liveCounters.Timers, Is.GreaterThan(100), "the journal of a live run holds its timers");
        });
    }

    [Test]
    public void A_second_live_run_goes_on_where_the_first_ended()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(23, 2_000);
        RunLive(frames.GetRange(0, 1_000));
        (ulong hash, long sequence, EngineCounters counters) = RunLive(frames.GetRange(1_000, 1_000));
        EngineFixture replay = Replay();
        Assert.That(counters.Frames, Is.EqualTo(2_000), "the first run's frames were recovered");
        Assert.That((replay.Engine.StateHash, replay.Engine.Sequence), Is.EqualTo((hash, sequence)));
    }

    private (ulong Hash, long Sequence, EngineCounters Counters) RunLive(List<(long ReceiveNs, byte[] Bytes)> frames)
    {
        using JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = _folder, SegmentBytes = 1 << 20, Durability = DurabilityPolicy.OnDemand });
        EngineFixture fixture = Replay();
        Intake intake = new(64);
        long nowNs = frames[0].ReceiveNs - 1;
        StatusBoard board = new();
        LiveLoop loop = new(fixture.Engine, fixture.Decoder, journal, intake, board, () => Volatile.Read(ref nowNs));
        loop.Begin(fixture.Engine.Sequence == 0 ? RecordKind.ConfigurationChange : RecordKind.LiveAgain, nowNs, default);
        using CancellationTokenSource stop = new();
        Thread engine = new(() => loop.Run(stop.Token));
        engine.Start();
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            Volatile.Write(ref nowNs, receiveNs);
            while (!intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, 0, bytes))
                Thread.Yield();
        }
        stop.Cancel();
        engine.Join();
        return (fixture.Engine.StateHash, fixture.Engine.Sequence, fixture.Engine.Counters);
    }

    private EngineFixture Replay()
    {
        EngineFixture fixture = new(EngineFixture.Options(), insertTimers: false);
        using JournalReader reader = new(_folder);
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            fixture.Loop.OnRecord(header.Kind, (VenueId)header.Source, header.ReceiveNs, payload);
        return fixture;
    }
}
