using System;
using System.Threading;
using NUnit.Framework;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>Bytes of this thread and of no other.</summary>
internal sealed class AllocationMeterTests
{
    [Test]
    public void Reading_the_meter_costs_no_bytes()
    {
        AllocationMeter meter = AllocationMeter.Start();
        long bytes = 0;
        for (int read = 0; read < 100; read++)
            bytes += meter.Bytes;
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void An_allocation_is_counted_with_its_header()
    {
        AllocationMeter meter = AllocationMeter.Start();
        object kept = new byte[1000];
        Assert.That(meter.Bytes, Is.InRange(1000, 1100 + 8192), "a background collection may add the rest of the buffer");
        GC.KeepAlive(kept);
    }

    [Test]
    public void What_another_thread_allocates_is_not_counted_here()
    {
        object? kept = null;
        Thread other = new(() => kept = new byte[1_000_000]);
        other.Start();
        AllocationMeter meter = AllocationMeter.Start();
        other.Join();
        Assert.That(meter.Bytes, Is.LessThan(100_000));
        GC.KeepAlive(kept);
    }
}
