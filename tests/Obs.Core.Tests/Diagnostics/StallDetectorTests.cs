using System;
using System.IO;
using NUnit.Framework;
using Obs.Core.Diagnostics;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>Stalls from time stamps given by hand.</summary>
internal sealed class StallDetectorTests
{
    private const long ThresholdNs = 1_000;

    [Test]
    public void A_loop_that_looks_often_enough_never_stalls()
    {
        StallDetector detector = new(ThresholdNs);
        for (long nowNs = 0; nowNs <= 1_000_000; nowNs += ThresholdNs)
            detector.OnIdle(nowNs);
        Assert.That((detector.Count, detector.StalledNs, detector.LongestNs), Is.EqualTo((0L, 0L, 0L)));
        Assert.That(detector.Overlaps(0, 1_000_000), Is.False);
    }

    [Test]
    public void A_gap_above_the_threshold_is_a_stall_and_one_at_it_is_not()
    {
        StallDetector detector = new(ThresholdNs);
        detector.OnIdle(5_000);
        detector.OnIdle(6_000);
        Assert.That(detector.Count, Is.Zero);
        detector.OnIdle(7_001);
        Assert.That((detector.Count, detector.StalledNs, detector.LongestNs), Is.EqualTo((1L, 1_001L, 1_001L)));
    }

    [TestCase(0L, 5_999L, false), TestCase(0L, 6_000L, true), TestCase(6_500L, 6_600L, true), TestCase(9_000L, 9_500L, true), TestCase(9_001L, 9_500L, false), TestCase(0L, 20_000L, true)]
    public void A_latency_overlaps_a_stall_when_they_share_an_instant(long fromNs, long toNs, bool expected)
    {
        StallDetector detector = new(ThresholdNs);
        detector.OnIdle(6_000);
        detector.OnIdle(9_000);
        Assert.That(detector.Overlaps(fromNs, toNs), Is.EqualTo(expected));
    }

    [Test]
    public void Work_is_not_a_stall_however_long_it_takes()
    {
        StallDetector detector = new(ThresholdNs);
        detector.OnIdle(0);
        detector.OnWorkDone(1_000_000);
        detector.OnIdle(1_000_500);
        Assert.That(detector.Count, Is.Zero);
    }

    [Test]
    public void The_first_look_and_a_clock_that_goes_back_are_no_stalls()
    {
        StallDetector detector = new(ThresholdNs);
        detector.OnIdle(50_000);
        detector.OnIdle(10_000);
        detector.OnIdle(10_900);
        Assert.That(detector.Count, Is.Zero);
    }

    [Test]
    public void A_stall_known_from_elsewhere_counts_too()
    {
        StallDetector detector = new(ThresholdNs);
        detector.Mark(100, 200);
        Assert.That((detector.Count, detector.Overlaps(150, 160), detector.Overlaps(201, 300)), Is.EqualTo((1L, true, false)));
    }

    [Test]
    public void A_short_stall_told_later_does_not_hide_a_long_one_that_ended_after_it()
    {
        StallDetector detector = new(ThresholdNs);
        detector.Mark(0, 10_000);
        detector.Mark(2_000, 3_000);
        Assert.That((detector.Overlaps(9_000, 9_500), detector.LongestNs, detector.StalledNs), Is.EqualTo((true, 10_000L, 11_000L)));
    }

    [Test]
    public void The_latest_stalls_are_remembered_and_the_older_only_counted()
    {
        StallDetector detector = new(ThresholdNs);
        for (long stall = 0; stall <= StallDetector.KeptStalls; stall++)
            detector.Mark(stall * 10, (stall * 10) + 5);
        Assert.That(detector.Count, Is.EqualTo(StallDetector.KeptStalls + 1L));
        Assert.That(detector.Overlaps(0, 9), Is.False, "the oldest was overwritten");
        Assert.That(detector.Overlaps(10, 12), Is.True, "the second oldest is still there");
    }

    [Test]
    public void Random_intervals_are_judged_as_a_plain_search_judges_them([Range(1, 10)] int seed)
    {
        Random random = new(seed);
        StallDetector detector = new(ThresholdNs);
        (long FromNs, long ToNs)[] stalls = new (long, long)[50];
        long nowNs = 0;
        for (int index = 0; index < stalls.Length; index++)
        {
            nowNs += random.Next(1, 5_000);
            stalls[index] = (nowNs, nowNs += random.Next(0, 3_000));
            detector.Mark(stalls[index].FromNs, stalls[index].ToNs);
        }
        for (int step = 0; step < 1_000; step++)
        {
            long fromNs = random.NextInt64(nowNs + 1_000), toNs = fromNs + random.Next(0, 4_000);
            bool expected = Array.Exists(stalls, stall => stall.FromNs <= toNs && fromNs <= stall.ToNs);
            Assert.That(detector.Overlaps(fromNs, toNs), Is.EqualTo(expected), $"seed {seed}, step {step}: {fromNs} to {toNs}");
        }
    }

    [TestCase(0L), TestCase(-1L)]
    public void A_threshold_that_calls_everything_a_stall_is_refused(long thresholdNs) =>
        Assert.That(() => new StallDetector(thresholdNs), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("use 1 or more"));

    [Test]
    public void A_stall_that_ends_before_it_begins_is_refused() =>
        Assert.That(() => new StallDetector().Mark(10, 9), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("10 ns to 9 ns"));

    [Test]
    public void Frames_in_the_queue_behind_a_stall_count_until_the_loop_is_idle_again()
    {
        StallDetector detector = new(ThresholdNs);
        detector.OnIdle(0);
        detector.OnIdle(5_000);
        Assert.That(detector.IsStalled(4_000, 5_000, 5_500), Is.True, "due in the gap");
        Assert.That(detector.IsStalled(5_100, 5_500, 6_000), Is.True, "due after it, but still in its queue");
        detector.OnIdle(6_100);
        Assert.That(detector.IsStalled(6_200, 6_200, 6_700), Is.False, "nothing stood in front of this one");
    }

    [Test]
    public void A_frame_due_when_the_one_in_front_was_done_stood_behind_nothing()
    {
        StallDetector detector = new(ThresholdNs);
        detector.OnIdle(0);
        detector.OnIdle(5_000);
        Assert.That(detector.IsStalled(4_000, 5_001, 5_500), Is.True, "due in the gap");
        Assert.That(detector.IsStalled(5_499, 5_500, 5_900), Is.True, "due a nanosecond before the end of the one in front");
        Assert.That(detector.IsStalled(5_900, 5_900, 6_400), Is.False);
        Assert.That(detector.IsStalled(6_000, 6_400, 6_800), Is.False, "a queue that no stall left behind is the code's own");
    }

    [Test]
    public void Our_own_busy_loop_is_not_excused_and_time_without_a_core_is()
    {
        using RunDelayFile file = new();
        StallDetector detector = file.Detector(alreadyLostNs: 70_000);
        detector.OnIdle(0);
        Assert.That(detector.IsStalled(0, 0, 50_000), Is.False, "50 µs of work: the thread waited for nothing");
        Look(detector, 50_000);
        file.LostSoFar(110_000);
        Assert.That(detector.IsStalled(50_000, 50_000, 105_000), Is.False, "40 of 55 µs were lost, and 15 are more than the threshold");
        Look(detector, 105_000);
        file.LostSoFar(159_999);
        Assert.That(detector.IsStalled(105_000, 105_000, 160_000), Is.True, "50 of 55 µs were lost");
        Look(detector, 160_000);
        Assert.That(detector.IsStalled(160_001, 160_001, 215_000), Is.False, "what was lost once is not lost again");
    }

    [TestCase(40_000L, true, Description = "10 µs of our own are the threshold")]
    [TestCase(39_999L, false)]
    [TestCase(90_000L, true, Description = "more was lost than the work took: some of it before")]
    public void Work_is_excused_when_what_is_left_of_it_is_within_the_threshold(long lostNs, bool isStalled)
    {
        using RunDelayFile file = new();
        StallDetector detector = file.Detector(alreadyLostNs: 0);
        detector.OnIdle(0);
        file.LostSoFar(lostNs);
        Assert.That(detector.IsStalled(0, 0, 50_000), Is.EqualTo(isStalled));
    }

    [Test]
    public void What_an_idle_gap_lost_does_not_excuse_the_work_behind_it()
    {
        using RunDelayFile file = new();
        StallDetector detector = file.Detector(alreadyLostNs: 0);
        detector.OnIdle(0);
        file.LostSoFar(25_000);
        detector.OnIdle(30_000);
        Assert.That(detector.Count, Is.EqualTo(1));
        Assert.That(detector.IsStalled(31_000, 31_000, 61_000), Is.False, "the 25 µs belong to the gap");
    }

    [Test]
    public void Without_a_schedstat_long_work_is_never_excused()
    {
        using StealReader reader = new("/does/not/exist", "/does/not/exist");
        StallDetector detector = new(10_000);
        detector.ReadRunDelayFrom(reader);
        Assert.That(detector.IsStalled(0, 0, 1_000_000), Is.False);
    }

    private static void Look(StallDetector detector, long nowNs)
    {
        detector.OnWorkDone(nowNs);
        detector.OnIdle(nowNs);
    }

    /// <summary>A schedstat of our own, in which a test says how long the thread has waited for a core.</summary>
    private sealed class RunDelayFile : IDisposable
    {
        private readonly string _path = Path.GetTempFileName();
        private StealReader? _reader;

        public StallDetector Detector(long alreadyLostNs)
        {
            LostSoFar(alreadyLostNs);
            _reader = new StealReader(_path, "/does/not/exist");
            StallDetector detector = new(10_000);
            detector.ReadRunDelayFrom(_reader);
            return detector;
        }

        public void LostSoFar(long ns) => File.WriteAllText(_path, $"100 {ns} 5\n");

        public void Dispose()
        {
            _reader?.Dispose();
            File.Delete(_path);
        }
    }
}
