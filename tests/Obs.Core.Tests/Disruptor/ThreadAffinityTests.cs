using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>Pinning a thread, on a thread of its own so that the test runner stays free.</summary>
internal sealed class ThreadAffinityTests
{
    [TestCase(-1), TestCase(ThreadAffinity.MaxCpus), TestCase(int.MaxValue), TestCase(int.MinValue), TestCase(ThreadAffinity.MaxCpus - 1)]
    public void A_core_that_does_not_exist_is_refused(int cpu) => Assert.That(ThreadAffinity.TryPin(cpu), Is.False);

    [Test, Platform("Linux")]
    public void A_pinned_thread_may_run_on_that_core_only()
    {
        int cpu = int.Parse(AllowedCpus().Split(',', '-')[0]);
        string allowed = string.Empty;
        bool isPinned = false;
        Thread thread = new(() =>
        {
            isPinned = ThreadAffinity.TryPin(cpu);
            allowed = AllowedCpus();
        })
        { IsBackground = true, Name = "pinned" };
        string before = AllowedCpus();
        thread.Start();
        Line<BlockingWaitStrategy>.EndsInTime(thread);
        Assert.That((isPinned, allowed), Is.EqualTo((true, $"{cpu}")));
        Assert.That(AllowedCpus(), Is.EqualTo(before), "pinning one thread moved another");
    }

    [Test, Platform("Linux")]
    public void A_pinned_processor_works_on_its_core_and_another_where_it_likes()
    {
        int cpu = int.Parse(AllowedCpus().Split(',', '-')[0]);
        using Line<YieldingWaitStrategy> line = new(16);
        PlaceHandler pinned = new(), free = new();
        _ = line.Topology.Handle("pinned", pinned, pinToCpu: cpu);
        _ = line.Topology.Handle("free", free);
        line.Topology.Start();
        line.Publish(0, 1);
        line.Topology.Shutdown();
        Assert.That((pinned.Allowed, free.Allowed), Is.EqualTo(($"{cpu}", AllowedCpus())));
    }

    private static string AllowedCpus() =>
        File.ReadLines("/proc/thread-self/status").First(static line => line.StartsWith("Cpus_allowed_list", StringComparison.Ordinal)).Split('\t')[1].Trim();

    /// <summary>Asks where it may run.</summary>
    private sealed class PlaceHandler : IEventHandler<TestEvent>
    {
        public string Allowed { get; private set; } = string.Empty;

        public void OnEvent(ref TestEvent entry, long sequence, bool isEndOfBatch) => Allowed = AllowedCpus();
    }
}
