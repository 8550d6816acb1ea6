using System;
using System.Linq;
using NUnit.Framework;
using Obs.Bench.Harness;

namespace Obs.Core.Tests.Bench;

/// <summary>Rounds of made frames on a made clock: work of our own, and interrupts that hit one round.</summary>
[TestFixture]
internal sealed class RepeatedRunsTests
{
    private const int Frames = 1_000;
    private const long GapNs = 10_000;
    private const long WorkNs = 1_000;

    [Test]
    public void Our_own_slow_work_is_never_excused()
    {
        // every 50th frame keeps a stage busy for 50 µs: the same in all rounds
        FrameTimes[][] rounds = Rounds(frame => frame % 50 == 0 ? 50_000 : WorkNs, static (_, _) => 0);
        foreach (FrameTimes[] round in rounds)
            Assert.That(Delayed(rounds, round), Has.All.EqualTo(false), "the loop is planted in the code, the machine is innocent");
    }

    [Test]
    public void What_hits_one_round_is_the_machine_and_so_is_the_queue_it_leaves()
    {
        FrameTimes[][] rounds = Rounds(static _ => WorkNs, static (round, frame) => round == 1 && frame == 500 ? 95_000 : 0);
        Assert.That(Delayed(rounds, rounds[0]), Has.All.EqualTo(false));
        bool[] delayed = Delayed(rounds, rounds[1]);
        int last = Array.FindLastIndex(delayed, static one => one);
        Assert.That(Array.IndexOf(delayed, true), Is.EqualTo(500));
        Assert.That(delayed[500..(last + 1)], Has.All.EqualTo(true), "the queue drains without a hole");
        Assert.That(rounds[1][last].WasIdleBefore, Is.False);
        Assert.That(rounds[1][last + 1].WasIdleBefore, Is.True, "the first frame that found an idle loop counts again");
        Assert.That(last, Is.EqualTo(510), "95 µs lost are won back by 9 µs a frame: ten frames more");
    }

    [Test]
    public void A_difference_that_caches_can_make_stays_in_the_figures()
    {
        FrameTimes[][] rounds = Rounds(static _ => WorkNs, static (round, frame) => round == 1 && frame % 10 == 0 ? RepeatedRuns.ThresholdNs : 0);
        Assert.That(Delayed(rounds, rounds[1]), Has.All.EqualTo(false));
        rounds = Rounds(static _ => WorkNs, static (round, frame) => round == 1 && frame == 10 ? RepeatedRuns.ThresholdNs + 1 : 0);
        Assert.That(Delayed(rounds, rounds[1]).Count(static one => one), Is.EqualTo(1));
    }

    [Test]
    public void A_frame_that_did_background_work_itself_proves_nothing_and_is_not_excused()
    {
        FrameTimes[][] rounds = Rounds(static _ => WorkNs, static (round, frame) => round == 1 && frame == 500 ? 95_000 : 0);
        rounds[1][500] = rounds[1][500] with { HasOwnExtraWork = true };
        Assert.That(Delayed(rounds, rounds[1]), Has.All.EqualTo(false));
        for (int round = 0; round < rounds.Length; round++)
            rounds[round][700] = rounds[round][700] with { HasOwnExtraWork = round != 2 };
        Assert.That(Delayed(rounds, rounds[2])[700], Is.False, "one round alone has nothing to be compared with");
    }

    [Test]
    public void A_gap_of_the_idle_loop_counts_by_itself()
    {
        FrameTimes[][] rounds = Rounds(static _ => WorkNs, static (_, _) => 0);
        rounds[0][3] = rounds[0][3] with { IsInGap = true };
        Assert.That(Array.IndexOf(Delayed(rounds, rounds[0]), true), Is.EqualTo(3));
    }

    private static bool[] Delayed(FrameTimes[][] rounds, FrameTimes[] round)
    {
        RepeatedRuns repeated = new(Frames);
        foreach (FrameTimes[] each in rounds)
            repeated.Add(each);
        return repeated.DelayedByMachine(round);
    }

    private static FrameTimes[][] Rounds(Func<int, long> ownWorkNs, Func<int, int, long> machineNs)
    {
        FrameTimes[][] rounds = new FrameTimes[3][];
        for (int round = 0; round < rounds.Length; round++)
        {
            rounds[round] = new FrameTimes[Frames];
            long nowNs = 0;
            for (int frame = 0; frame < Frames; frame++)
            {
                long dueNs = (frame + 1) * GapNs;
                bool wasIdle = nowNs < dueNs;
                long beginNs = Math.Max(nowNs, dueNs);
                nowNs = beginNs + ownWorkNs(frame) + machineNs(round, frame);
                rounds[round][frame] = new FrameTimes(dueNs, beginNs, nowNs, wasIdle, IsInGap: false, HasOwnExtraWork: false);
            }
        }
        return rounds;
    }
}
