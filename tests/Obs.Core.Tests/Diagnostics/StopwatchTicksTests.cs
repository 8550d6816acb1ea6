using System.Diagnostics;
using NUnit.Framework;
using Obs.Core.Diagnostics;

namespace Obs.Core.Tests.Diagnostics;

/// <summary>Ticks and nanoseconds there and back.</summary>
internal sealed class StopwatchTicksTests
{
    [Test]
    public void A_second_of_ticks_is_a_billion_nanoseconds() =>
        Assert.That(StopwatchTicks.ToNs(Stopwatch.Frequency), Is.EqualTo(1_000_000_000L));

    [TestCase(0L), TestCase(1_000L), TestCase(-1_000L), TestCase(86_400_000_000_000L)]
    public void Nanoseconds_survive_the_way_there_and_back(long ns) =>
        Assert.That(StopwatchTicks.ToNs(StopwatchTicks.FromNs(ns)), Is.EqualTo(ns).Within(1_000_000_000 / Stopwatch.Frequency));
}
