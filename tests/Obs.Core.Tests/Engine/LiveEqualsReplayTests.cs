using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>A live run in either layout, the replay of its journal in either layout: one state.</summary>
[TestFixture]
internal sealed class LiveEqualsReplayTests : InFolder
{
    [Test]
    public void The_journal_of_a_live_run_replays_to_the_same_state([Values] bool isSplit, [Values(21, 22)] int seed)
    {
        (ulong liveHash, long liveSequence, EngineCounters liveCounters) = RunLive(isSplit, MadeFrames.Upbit(seed, 1_500));
        EngineFixture fused = LiveFixture.Replayed(Folder), split = LiveFixture.ReplayedSplit(Folder);
        Assert.Multiple(() =>
        {
            Assert.That((fused.Engine.StateHash, fused.Engine.Sequence), Is.EqualTo((liveHash, liveSequence)));
            Assert.That((split.Engine.StateHash, split.Engine.Sequence), Is.EqualTo((liveHash, liveSequence)));
            Assert.That(fused.Engine.Counters, Is.EqualTo(liveCounters));
            Assert.That(liveCounters.Fills, Is.GreaterThan(5));
            Assert.That(liveCounters.Timers, Is.GreaterThan(100), "the journal of a live run holds its timers");
        });
    }

    [Test]
    public void Live_runs_go_on_where_the_one_before_ended_whatever_its_layout([Values] bool splitFirst)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(23, 2_100);
        RunLive(splitFirst, frames.GetRange(0, 700));
        RunLive(!splitFirst, frames.GetRange(700, 700));
        (ulong hash, long sequence, EngineCounters counters) = RunLive(splitFirst, frames.GetRange(1_400, 700));
        EngineFixture replay = LiveFixture.Replayed(Folder);
        Assert.That(counters.Frames, Is.EqualTo(2_100), "the frames of the runs before were recovered");
        Assert.That((replay.Engine.StateHash, replay.Engine.Sequence), Is.EqualTo((hash, sequence)));
    }

    // With the engine never behind, the journal stage knows each due time as the engine of fused does: both write the same journal.
    [Test]
    public void Split_in_lockstep_writes_the_journal_that_fused_writes()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(24, 1_000);
        List<string> fused = RunInLockstep("fused", isSplit: false, frames), split = RunInLockstep("split", isSplit: true, frames);
        Assert.That(split, Is.EqualTo(fused));
        Assert.That(fused.FindAll(static line => line.StartsWith("Timer", StringComparison.Ordinal) && !line.EndsWith("00000000", StringComparison.Ordinal)), Has.Count.GreaterThan(20),
            "control: timers at times the engine published, off the grid of 100 ms");
    }

    [Test]
    public void Control_two_records_in_another_order_show_in_the_hash()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(25, 600);
        using LiveFixture live = new LiveFixture(Folder, isSplit: true, wrap: static line => new SwappingLine(line)).Begin(frames[0].ReceiveNs - 1);
        live.Feed(frames);
        live.Stop();
        Assert.That(live.Failure, Is.Null);
        Assert.That(LiveFixture.Replayed(Folder).Engine.StateHash, Is.Not.EqualTo(live.Engine.Engine.StateHash));
    }

    private (ulong Hash, long Sequence, EngineCounters Counters) RunLive(bool isSplit, List<(long ReceiveNs, byte[] Bytes)> frames)
    {
        using LiveFixture live = new LiveFixture(Folder, isSplit).Begin(frames[0].ReceiveNs - 1);
        live.Feed(frames);
        live.Stop();
        EngineCore engine = live.Engine.Engine;
        Assert.That((live.Failure, engine.Sequence), Is.EqualTo(((Exception?)null, live.Journal.PublishedSequence)));
        return (engine.StateHash, engine.Sequence, engine.Counters);
    }

    private List<string> RunInLockstep(string name, bool isSplit, List<(long ReceiveNs, byte[] Bytes)> frames)
    {
        string folder = Path.Combine(Folder, name);
        LockstepLine? step = null;
        using (LiveFixture live = new LiveFixture(folder, isSplit, wrap: line => step = new LockstepLine(line)).Begin(frames[0].ReceiveNs - 1))
        {
            for (int at = 0; at < frames.Count; at++)
            {
                live.Feed([frames[at]]);
                Soon.Holds(() => step!.Frames > at, $"frame {at} through the engine");
            }
        }
        List<string> records = [];
        using JournalReader reader = new(folder);
        while (reader.TryRead(out RecordHeader header, out ReadOnlySpan<byte> payload))
            records.Add($"{header.Kind} {header.Sequence} {payload.Length} {header.ReceiveNs}");
        return records;
    }

    /// <summary>A line that lets nobody go on before the engine is done.</summary>
    private sealed class LockstepLine(IEngineLine line) : PassingLine(line)
    {
        private int _frames;

        public int Frames => Volatile.Read(ref _frames);

        public override void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null)
        {
            base.Offer(kind, venue, receiveNs, payload, receivedTicks, sequence, command);
            Soon.Holds(() => Line is not SplitLine { IsCaughtUp: false }, "the engine caught up");
            if (kind == RecordKind.VenueFrame)
                Volatile.Write(ref _frames, _frames + 1);
        }
    }

    /// <summary>The planted race: now and then a record overtakes the frame before it, as a lost publication would let it.</summary>
    private sealed class SwappingLine(IEngineLine line) : PassingLine(line)
    {
        private const int HeldEvery = 7;

        private (long ReceiveNs, byte[] Bytes, long Sequence)? _held;
        private int _frames;

        public override void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null)
        {
            if (kind == RecordKind.VenueFrame && _held is null && ++_frames % HeldEvery == 0)
            {
                _held = (receiveNs, payload.ToArray(), sequence);
                return;
            }
            if (_held is not { } held)
            {
                base.Offer(kind, venue, receiveNs, payload, receivedTicks, sequence, command);
                return;
            }
            _held = null;
            // the sequences stay in their places, or the duties would object at once
            base.Offer(kind, venue, receiveNs, payload, receivedTicks, held.Sequence, command);
            base.Offer(RecordKind.VenueFrame, VenueId.Upbit, held.ReceiveNs, held.Bytes, 0, sequence);
        }
    }
}
