using System;
using NUnit.Framework;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class BookQualityTrackerTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void A_book_is_stale_when_the_floor_passes_without_a_frame_and_synced_with_the_next()
    {
        BookQualityTracker quality = Fed(frames: 100, gapNs: Second / 100);
        long lastNs = 99 * (Second / 100);
        Assert.That(quality.NextDueNs, Is.LessThanOrEqualTo(lastNs + (2 * Second)));
        Assert.That(AfterTimers(quality, lastNs + (2 * Second) - 1), Is.EqualTo(BookQuality.Synced));
        Assert.That(AfterTimers(quality, lastNs + (2 * Second)), Is.EqualTo(BookQuality.Stale));
        Assert.That(quality.NextDueNs, Is.EqualTo(long.MaxValue));
        quality.OnApplied(lastNs + (9 * Second), isClean: true);
        Assert.That(quality.Quality, Is.EqualTo(BookQuality.Synced));
        Assert.That(quality.NextDueNs, Is.EqualTo(lastNs + (11 * Second)));
    }

    [Test]
    public void A_slow_market_has_twenty_median_gaps()
    {
        BookQualityTracker quality = Fed(frames: 50, gapNs: Second);
        long lastNs = 49 * Second;
        Assert.That(quality.StaleLimitNs, Is.InRange(20 * Second, (long)(22.5 * Second)));
        Assert.That(AfterTimers(quality, lastNs + (20 * Second) - 1), Is.EqualTo(BookQuality.Synced));
        Assert.That(AfterTimers(quality, lastNs + (23 * Second)), Is.EqualTo(BookQuality.Stale));
    }

    [Test]
    public void The_next_look_is_never_later_than_the_true_deadline([Range(1, 20)] int seed)
    {
        Random random = new(seed);
        BookQualityTracker quality = new();
        long nowNs = 0;
        long lastNs = 0;
        for (int step = 0; step < 2_000; step++)
        {
            nowNs += random.NextInt64(random.Next(4) == 0 ? 40 * Second : Second / 10);
            while (quality.NextDueNs <= nowNs)
            {
                long dueNs = quality.NextDueNs;
                quality.OnTimer(dueNs);
                Assert.That(quality.NextDueNs, Is.GreaterThan(dueNs), $"seed {seed}, step {step}: a timer makes progress");
            }
            if (step > 0)
                Assert.That(quality.Quality == BookQuality.Stale, Is.EqualTo(nowNs - lastNs >= quality.StaleLimitNs), $"seed {seed}, step {step}");
            quality.OnApplied(nowNs, isClean: true);
            lastNs = nowNs;
        }
    }

    [Test]
    public void Nothing_falls_due_before_the_book_is_in_use()
    {
        BookQualityTracker quality = new();
        Assert.That((quality.Quality, quality.NextDueNs), Is.EqualTo((BookQuality.Empty, long.MaxValue)));
        quality.OnWaiting();
        quality.OnTimer(100 * Second);
        Assert.That((quality.Quality, quality.NextDueNs), Is.EqualTo((BookQuality.Syncing, long.MaxValue)));
    }

    [Test]
    public void A_receive_clock_that_goes_back_makes_no_gap()
    {
        BookQualityTracker quality = new();
        quality.OnApplied(100 * Second, isClean: true);
        quality.OnApplied(40 * Second, isClean: true);
        Assert.That(quality.NextDueNs, Is.EqualTo(102 * Second));
        Assert.That(quality.StaleLimitNs, Is.EqualTo(2 * Second));
    }

    [Test]
    public void A_suspect_book_becomes_stale_too_and_a_repeat_does_not_freshen_it()
    {
        BookQualityTracker quality = Fed(frames: 3, gapNs: 10);
        quality.OnRepeatDropped();
        Assert.That(quality.Quality, Is.EqualTo(BookQuality.Suspect));
        Assert.That(AfterTimers(quality, 3 * Second), Is.EqualTo(BookQuality.Stale));
        quality.OnRepeatDropped();
        Assert.That(quality.Quality, Is.EqualTo(BookQuality.Stale));
    }

    [Test]
    public void The_floor_is_a_setting()
    {
        BookQualityTracker quality = new(staleFloorNs: 5 * Second);
        quality.OnApplied(0, isClean: true);
        Assert.That(quality.NextDueNs, Is.EqualTo(5 * Second));
        Assert.That(() => new BookQualityTracker(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_floor_of_centuries_means_never_and_a_lower_one_holds_from_the_last_frame()
    {
        BookQualityTracker quality = new(staleFloorNs: long.MaxValue);
        quality.OnApplied(1_700_000_000 * Second, isClean: true);
        Assert.That(quality.NextDueNs, Is.EqualTo(long.MaxValue));
        quality.OnTimer(long.MaxValue - 1);
        Assert.That(quality.Quality, Is.EqualTo(BookQuality.Synced));
        quality.SetStaleFloor(3 * Second);
        Assert.That(quality.NextDueNs, Is.EqualTo(1_700_000_003 * Second));
    }

    [Test]
    public void The_time_to_look_again_moves_when_it_comes_and_not_with_every_frame()
    {
        BookQualityTracker quality = Fed(frames: 20, gapNs: Second / 10);
        Assert.That(quality.NextDueNs, Is.EqualTo(2 * Second), "a floor after the first frame");
        quality.OnTimer(2 * Second);
        Assert.That((quality.Quality, quality.NextDueNs), Is.EqualTo((BookQuality.Synced, (19 * Second / 10) + quality.StaleLimitNs)));
    }

    [Test]
    public void A_floor_set_while_nothing_is_due_wakes_nobody()
    {
        BookQualityTracker quality = new();
        quality.SetStaleFloor(Second);
        Assert.That(quality.NextDueNs, Is.EqualTo(long.MaxValue), "empty");
        quality.OnApplied(0, isClean: true);
        quality.OnWaiting();
        quality.SetStaleFloor(5 * Second);
        Assert.That(quality.NextDueNs, Is.EqualTo(long.MaxValue), "waiting for a snapshot");
    }

    [Test]
    public void A_raised_floor_delays_the_book_that_is_in_use()
    {
        BookQualityTracker quality = Fed(frames: 3, gapNs: 10);
        quality.SetStaleFloor(10 * Second);
        Assert.That(AfterTimers(quality, (10 * Second) + 19), Is.EqualTo(BookQuality.Synced));
        Assert.That(AfterTimers(quality, (10 * Second) + 20), Is.EqualTo(BookQuality.Stale));
    }

    [Test]
    public void A_full_histogram_halves_its_counts_and_keeps_the_median()
    {
        int[] counts = new int[496];
        (counts[3], counts[5]) = ((1 << 29) - 1, (1 << 29) + 1);
        GapHistogram gaps = new();
        gaps.Restore(new SnapshotReader("test", 1, SavedSection.Of(writer => writer.WriteValues<int>(counts))));
        Assert.That((gaps.Count, gaps.MedianNs()), Is.EqualTo((1L << 30, 5L)));
        gaps.Add(5);
        Assert.That((gaps.Count, gaps.MedianNs()), Is.EqualTo((1L << 29, 5L)));
    }

    [Test]
    public void The_median_is_at_most_an_eighth_too_high([Range(1, 20)] int seed)
    {
        Random random = new(seed);
        GapHistogram gaps = new();
        long[] all = new long[1_001];
        for (int index = 0; index < all.Length; index++)
        {
            all[index] = random.NextInt64(1L << random.Next(1, 62));
            gaps.Add(all[index]);
        }
        Array.Sort(all);
        Assert.That(gaps.MedianNs(), Is.InRange(all[500], all[500] + (all[500] / 8) + 1), $"seed {seed}");
        Assert.That(gaps.Count, Is.EqualTo(1_001));
    }

    [TestCase(0), TestCase(7), TestCase(8), TestCase(long.MaxValue)]
    public void Edges_of_the_histogram(long gapNs)
    {
        GapHistogram gaps = new();
        Assert.That(gaps.MedianNs(), Is.Zero);
        gaps.Add(gapNs);
        Assert.That(gaps.MedianNs(), Is.GreaterThanOrEqualTo(gapNs));
    }

    private static BookQualityTracker Fed(int frames, long gapNs)
    {
        BookQualityTracker quality = new();
        for (int frame = 0; frame < frames; frame++)
            quality.OnApplied(frame * gapNs, isClean: true);
        return quality;
    }

    private static BookQuality AfterTimers(BookQualityTracker quality, long untilNs)
    {
        while (quality.NextDueNs <= untilNs)
            quality.OnTimer(quality.NextDueNs);
        return quality.Quality;
    }
}
