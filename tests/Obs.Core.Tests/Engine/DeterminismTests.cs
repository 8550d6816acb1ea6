using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class DeterminismTests
{
    [Test]
    public void The_same_frames_give_the_same_states_and_the_same_lines([Values(1, 2, 3)] int seed)
    {
        List<(long, byte[])> frames = MadeFrames.Upbit(seed, 3_000);
        (ulong firstHash, List<string> firstLines) = Run(frames);
        (ulong secondHash, List<string> secondLines) = Run(frames);
        Assert.That(secondLines, Is.EqualTo(firstLines));
        Assert.That(secondHash, Is.EqualTo(firstHash));
        Assert.That(firstLines.Count(static line => line.StartsWith("report", StringComparison.Ordinal)), Is.GreaterThan(20), "a run without fills shows nothing");
    }

    [Test]
    public void One_changed_byte_changes_the_hash()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(4, 2_500);
        ulong before = Run(frames).Hash;
        int book = frames.FindLastIndex(static frame => frame.Bytes.AsSpan().IndexOf("orderbook"u8) > 0);
        byte[] changed = (byte[])frames[book].Bytes.Clone();
        int digit = Array.FindLastIndex(changed, static value => value is >= (byte)'1' and <= (byte)'8');
        changed[digit]++;
        frames[book] = (frames[book].ReceiveNs, changed);
        Assert.That(Run(frames).Hash, Is.Not.EqualTo(before), "control: a hash that sees nothing proves nothing");
    }

    [Test]
    public void An_output_changes_nothing()
    {
        List<(long, byte[])> frames = MadeFrames.Upbit(5, 2_000);
        EngineFixture silent = new(EngineFixture.Options());
        silent.Feed(frames);
        Assert.That(silent.Engine.StateHash, Is.EqualTo(Run(frames).Hash));
    }

    [Test]
    public void A_run_of_timers_in_one_step_is_the_same_as_one_by_one([Values(6, 7)] int seed)
    {
        List<(long, byte[])> frames = MadeFrames.Upbit(seed, 1_500);
        EngineFixture inOneStep = new(EngineFixture.Options());
        inOneStep.Feed(frames);
        EngineFixture oneByOne = new(EngineFixture.Options(), insertTimers: false);
        int timers = 0;
        RecordLoop loop = new(oneByOne.Engine, oneByOne.Decoder, insertTimers: true);
        foreach ((long receiveNs, byte[] bytes) in frames)
        {
            while (loop.PassDueTimer(receiveNs))
                timers++;
            loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes);
        }
        Assert.Multiple(() =>
        {
            Assert.That(oneByOne.Engine.Sequence, Is.EqualTo(inOneStep.Engine.Sequence));
            Assert.That(oneByOne.Engine.StateHash, Is.EqualTo(inOneStep.Engine.StateHash));
            Assert.That(timers, Is.EqualTo(inOneStep.Engine.Counters.Timers).And.GreaterThan(500));
        });
    }

    [Test]
    public void Snapshot_and_tail_give_what_the_whole_gives([Range(1, 20)] int cut)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(8, 1_200);
        int at = new Random(cut).Next(1, frames.Count - 1);
        CollectingOutput wholeLines = new();
        EngineFixture whole = new(EngineFixture.Options(), wholeLines);
        whole.Feed(frames.Take(at));
        int linesAtCut = wholeLines.Lines.Count;
        byte[] file = Saved(whole);
        whole.Feed(frames.Skip(at));

        CollectingOutput tailLines = new();
        EngineFixture tail = new(EngineFixture.Options(), tailLines);
        Assert.That(Snapshot.TryParse("memory", file, out Snapshot? snapshot, out string problem), Is.True, problem);
        EngineSnapshot.Restore(tail.Engine, tail.Registry, snapshot!, settings: null);
        tail.Reloop();
        tail.Feed(frames.Skip(at));
        Assert.Multiple(() =>
        {
            Assert.That(tailLines.Lines, Is.EqualTo(wholeLines.Lines.Skip(linesAtCut)), $"cut at frame {at}");
            Assert.That(tail.Engine.StateHash, Is.EqualTo(whole.Engine.StateHash), $"cut at frame {at}");
            Assert.That(tail.Engine.Counters, Is.EqualTo(whole.Engine.Counters), $"cut at frame {at}");
        });
    }

    [Test]
    public void Two_markets_in_one_stream_keep_apart()
    {
        List<(long ReceiveNs, byte[] Bytes)> btc = MadeFrames.Upbit(9, 800, "KRW-BTC");
        List<(long ReceiveNs, byte[] Bytes)> eth = MadeFrames.Upbit(10, 800, "KRW-ETH");
        EngineFixture both = new(EngineFixture.Options());
        both.Feed(btc.Concat(eth).OrderBy(static frame => frame.ReceiveNs));
        EngineFixture alone = new(EngineFixture.Options());
        alone.Feed(btc);
        Assert.That(both.Engine.Markets, Has.Count.EqualTo(2));
        MarketPipeline together = both.Engine.Markets.Single(static market => market.Instrument.Symbol == "KRW-BTC");
        Assert.That(together.Ledger.PositionMantissa, Is.EqualTo(alone.Engine.Markets[0].Ledger.PositionMantissa));
        Assert.That(together.Top, Is.EqualTo(alone.Engine.Markets[0].Top));
    }

    private static (ulong Hash, List<string> Lines) Run(List<(long, byte[])> frames)
    {
        CollectingOutput output = new();
        EngineFixture fixture = new(EngineFixture.Options(), output);
        fixture.Feed(frames);
        return (fixture.Engine.StateHash, output.Lines);
    }

    private static byte[] Saved(EngineFixture fixture)
    {
        SnapshotWriter writer = new();
        EngineSnapshot.Save(fixture.Engine, fixture.Registry, writer);
        return writer.Complete(fixture.Engine.Sequence, fixture.Engine.EngineNs, EngineSnapshot.Schema).ToArray();
    }
}
