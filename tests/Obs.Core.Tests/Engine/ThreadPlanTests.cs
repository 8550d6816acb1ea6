using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;

namespace Obs.Core.Tests.Engine;

[TestFixture]
internal sealed class ThreadPlanTests
{
    [TestCase(1, "fused")]
    [TestCase(2, "fused")]
    [TestCase(3, "fused")]
    [TestCase(4, "split")]
    [TestCase(64, "split")]
    public void The_default_layout_goes_by_the_cores(int cores, string layout) => Assert.That(ThreadPlan.DefaultLayout(cores), Is.EqualTo(layout));

    [Test]
    public void No_core_gets_two_threads_and_none_that_is_not_there([Range(1, 8)] int cores)
    {
        ThreadPlan plan = ThreadPlan.Of(isSplit: true, cores);
        int[] pinned = [.. new[] { plan.Intake, plan.Engine, plan.Background, plan.Outputs }.OfType<int>()];
        Assert.That(pinned, Is.Unique);
        Assert.That(pinned, Is.All.LessThan(cores));
        Assert.That(pinned, Has.Length.EqualTo(cores == 1 ? 0 : System.Math.Min(cores, 4)));
    }

    [Test]
    public void Fused_pins_the_one_thread_it_has() =>
        Assert.That(ThreadPlan.Of(isSplit: false, 8), Is.EqualTo(new ThreadPlan(null, 0, null, null)));

    [Test]
    public void The_plan_is_told_in_words() =>
        Assert.That(ThreadPlan.Of(isSplit: true, 3).ToString(), Is.EqualTo("intake core 0, engine core 1, model background core 2, outputs any core"));

    [TestCase(true, 4, LoopWait.Spin), TestCase(true, 2, LoopWait.Sleep), TestCase(false, 16, LoopWait.Yield), TestCase(false, 1, LoopWait.Yield)]
    public void Only_threads_with_a_core_each_spin_without_end(bool isSplit, int cores, LoopWait expected) => Assert.That(LoopWaits.Live(isSplit, cores), Is.EqualTo(expected));

    [Test]
    public void Every_way_of_waiting_comes_back([Values] LoopWait wait, [Values(0, 150, 300, int.MaxValue)] int idle)
    {
        wait.Pause(idle);
        Assert.That(LoopWaits.After(idle), Is.EqualTo(idle == int.MaxValue ? idle : idle + 1));
    }

    [TestCase(2, 0L), TestCase(4, 20_000L)]
    public void Pauses_of_a_split_line_are_rehearsed_where_there_are_cores(int cores, long everyNs) => Assert.That(SplitLineOptions.RehearsalFor(cores), Is.EqualTo(everyNs));
}
