using System;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>What somebody reads who meets a stopped ring.</summary>
internal sealed class RingStopTests
{
    [Test]
    public void A_failure_names_stage_sequence_kind_and_message()
    {
        RingStop stop = new("journal", 77, new TimeoutException("disk asleep"));
        Assert.That(stop.Describe(), Does.Contain("'journal'").And.Contain("sequence 77").And.Contain("TimeoutException").And.Contain("disk asleep"));
    }

    [Test]
    public void A_shutdown_names_no_sequence_and_says_what_to_do() =>
        Assert.That(RingStop.ShutDown.Describe(), Does.Contain("make a new ring").And.Not.Contain("sequence"));

    [Test]
    public void The_exception_carries_stop_and_cause()
    {
        FormatException cause = new("bad price");
        RingStoppedException exception = new(new RingStop("book", 3, cause));
        Assert.That((exception.Stop.Sequence, exception.InnerException), Is.EqualTo((3L, (Exception)cause)));
    }
}
