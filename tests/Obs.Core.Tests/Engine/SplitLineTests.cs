using System;
using System.Collections.Generic;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class SplitLineTests
{
    [Test]
    public void Split_and_fused_give_the_same_states_and_lines([Values(31, 32, 33)] int seed)
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(seed, 3_000);
        CollectingOutput fusedLines = new();
        EngineFixture fused = new(EngineFixture.Options(), fusedLines);
        fused.Feed(frames);
        CollectingOutput splitLines = new();
        EngineFixture split = new(EngineFixture.Options(), splitLines);
        Feed(split, frames, long.MaxValue);
        Assert.Multiple(() =>
        {
            Assert.That(splitLines.Lines, Is.EqualTo(fusedLines.Lines));
            Assert.That(split.Engine.StateHash, Is.EqualTo(fused.Engine.StateHash));
            Assert.That(split.Engine.Counters, Is.EqualTo(fused.Engine.Counters));
        });
    }

    [Test]
    public void What_lies_behind_the_last_sequence_is_ignored()
    {
        EngineFixture split = new(EngineFixture.Options());
        Feed(split, MadeFrames.Upbit(34, 500), untilSequence: 200);
        Assert.That(split.Engine.Sequence, Is.InRange(200, 260), "timers of the last gap may pass it, frames may not");
    }

    [Test]
    public void A_command_reaches_the_engine_in_its_place()
    {
        List<(long ReceiveNs, byte[] Bytes)> frames = MadeFrames.Upbit(35, 1_000);
        EngineFixture fused = new(EngineFixture.Options()), later = new(EngineFixture.Options()), split = new(EngineFixture.Options());
        KillAfter(fused, frames, 500);
        KillAfter(later, frames, 501);
        using SplitLine line = new SplitLine(split.Engine, split.Loop, split.Decoder, new SplitLineOptions()).Start();
        for (int at = 0; at < frames.Count; at++)
        {
            if (at == 500)
                line.Offer(RecordKind.Command, VenueId.None, frames[at].ReceiveNs, EngineFixture.PayloadOf(EngineCommandKind.Kill), 0);
            line.Offer(RecordKind.VenueFrame, VenueId.Upbit, frames[at].ReceiveNs, frames[at].Bytes, 0);
        }
        line.Finish();
        Assert.That((split.Engine.StateHash, split.Engine.IsKilled, split.Engine.LastOutcome), Is.EqualTo((fused.Engine.StateHash, true, fused.Engine.LastOutcome)));
        Assert.That(later.Engine.LastOutcome, Is.Not.EqualTo(fused.Engine.LastOutcome), "control: a frame later it is another place");
    }

    [Test]
    public void Levels_come_out_of_the_arena_as_they_went_in_over_many_laps()
    {
        const int Frames = 20_000;
        LevelArena arena = new(2 * RecordDecoder.LevelsMax);
        (long At, int Count, long End)[] written = new (long, int, long)[Frames];
        int ready = 0;
        List<int> wrong = [];
        Thread reader = new(() =>
        {
            for (int frame = 0; frame < Frames; frame++)
            {
                Soon.Holds(() => Volatile.Read(ref ready) > frame, "the next levels");
                (long at, int count, long end) = written[frame];
                foreach (BookLevel level in arena.Read(at, count))
                {
                    if (level.Price.Mantissa != frame)
                        wrong.Add(frame);
                }
                arena.FreeThrough(end);
            }
        });
        reader.Start();
        Random random = new(36);
        BookLevel[] levels = new BookLevel[500];
        for (int frame = 0; frame < Frames; frame++)
        {
            int count = random.Next(0, levels.Length);
            Array.Fill(levels, new BookLevel(new Price(frame), new Size(1)), 0, count);
            long at = 0;
            Soon.Holds(() => arena.TryWrite(levels.AsSpan(0, count), out at), "room in the arena");
            written[frame] = (at, count, arena.WriteAt);
            Volatile.Write(ref ready, frame + 1);
        }
        Soon.Ends(reader);
        Assert.That(wrong, Is.Empty);
        Assert.That(arena.WriteAt, Is.GreaterThan(50L * 2 * RecordDecoder.LevelsMax), "one lap would prove little");
    }

    private static void KillAfter(EngineFixture fixture, List<(long ReceiveNs, byte[] Bytes)> frames, int count)
    {
        fixture.Feed(frames.GetRange(0, count));
        fixture.Command(EngineCommandKind.Kill, frames[count].ReceiveNs);
        fixture.Feed(frames.GetRange(count, frames.Count - count));
    }

    private static void Feed(EngineFixture fixture, List<(long ReceiveNs, byte[] Bytes)> frames, long untilSequence)
    {
        using SplitLine line = new SplitLine(fixture.Engine, fixture.Loop, fixture.Decoder, new SplitLineOptions { UntilSequence = untilSequence }).Start();
        foreach ((long receiveNs, byte[] bytes) in frames)
            line.Offer(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, bytes, 0);
        line.Finish();
    }
}
