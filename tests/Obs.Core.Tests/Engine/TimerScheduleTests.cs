using NUnit.Framework;
using Obs.Core.Engine;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class TimerScheduleTests
{
    private const long Tick = TimerSchedule.TickNs;

    [Test]
    public void Before_the_first_record_nothing_is_due()
    {
        TimerSchedule schedule = default;
        Assert.That(schedule.TryNext(long.MaxValue, long.MaxValue, out _), Is.False);
    }

    [TestCase(10 * Tick, 11 * Tick), TestCase((10 * Tick) + 1, 11 * Tick), TestCase((11 * Tick) - 1, 11 * Tick)]
    public void The_next_regular_timer_lies_on_the_grid_after_the_last_time(long lastNs, long expectedNs)
    {
        TimerSchedule schedule = default;
        schedule.OnTime(lastNs);
        Assert.That(schedule.NextTickNs, Is.EqualTo(expectedNs));
        Assert.That(schedule.TryNext(expectedNs - 1, long.MaxValue, out _), Is.False, "one ns before");
        Assert.That(schedule.TryNext(expectedNs, long.MaxValue, out long dueNs), Is.True);
        Assert.That(dueNs, Is.EqualTo(expectedNs));
    }

    [Test]
    public void A_published_time_comes_before_the_grid_and_a_past_one_comes_at_once()
    {
        TimerSchedule schedule = default;
        schedule.OnTime(10 * Tick);
        Assert.That(schedule.TryNext(11 * Tick, (10 * Tick) + 7, out long dueNs), Is.True);
        Assert.That(dueNs, Is.EqualTo((10 * Tick) + 7));
        Assert.That(schedule.TryNext(11 * Tick, 3 * Tick, out dueNs), Is.True);
        Assert.That(dueNs, Is.EqualTo((10 * Tick) + 1), "never before the last time");
    }

    [Test]
    public void A_run_ends_before_what_is_due()
    {
        TimerSchedule schedule = default;
        schedule.OnTime((10 * Tick) + 5);
        Assert.That(schedule.RunLength(20 * Tick, long.MaxValue, out long lastNs), Is.EqualTo(10));
        Assert.That(lastNs, Is.EqualTo(20 * Tick));
        Assert.That(schedule.RunLength(20 * Tick, 15 * Tick, out lastNs), Is.EqualTo(4), "ticks 11 to 14; 15 is due");
        Assert.That(lastNs, Is.EqualTo(14 * Tick));
        Assert.That(schedule.RunLength((11 * Tick) - 1, long.MaxValue, out _), Is.Zero);
    }

    [Test]
    public void Time_never_goes_back()
    {
        TimerSchedule schedule = default;
        schedule.OnTime(10 * Tick);
        schedule.OnTime(5 * Tick);
        Assert.That(schedule.NextTickNs, Is.EqualTo(11 * Tick));
    }
}
