using NUnit.Framework;
using Obs.Core.Simulation;

namespace Obs.Core.Tests.Simulation;

/// <summary>Travel times.</summary>
internal sealed class OrderLatencyTests
{
    private static readonly OrderLatencyRow[] Rows = [new(1_000, 1_100, 1_150), new(2_000, 2_300, 2_450), new(3_000, 0, 3_700)];

    [TestCase(500, 100)]
    [TestCase(1_000, 100)]
    [TestCase(1_500, 200)]
    [TestCase(1_999, 299)]
    [TestCase(2_000, -450)]
    [TestCase(2_500, -575)]
    [TestCase(9_000, -700)]
    public void Entry_is_linear_between_orders_and_refused_beside_a_refused_one(long atNs, long expectedNs) =>
        Assert.That(OrderLatency.Interpolated(Rows).EntryNs(atNs), Is.EqualTo(expectedNs));

    [TestCase(0, 50)]
    [TestCase(1_100, 50)]
    [TestCase(1_700, 100)]
    [TestCase(2_300, 150)]
    [TestCase(9_000, 150)]
    public void Response_is_linear_between_orders_that_reached_the_venue(long atNs, long expectedNs) =>
        Assert.That(OrderLatency.Interpolated(Rows).ResponseNs(atNs), Is.EqualTo(expectedNs));

    [Test]
    public void A_refusal_in_no_time_is_a_refusal() =>
        Assert.That(OrderLatency.Interpolated([new(1_000, 0, 1_000), new(2_000, 2_001, 2_002)]).EntryNs(1_000), Is.Negative);

    [Test]
    public void A_constant_is_the_same_always() =>
        Assert.That((OrderLatency.Constant(7, 9).EntryNs(long.MaxValue), OrderLatency.Constant(7, 9).ResponseNs(0)), Is.EqualTo((7L, 9L)));

    [Test]
    public void Rows_out_of_order_and_negative_times_are_refused_with_the_row_named()
    {
        Assert.That(() => OrderLatency.Interpolated([new(2, 3, 4), new(2, 3, 4)]), Throws.ArgumentException.With.Message.Contains("row 1"));
        Assert.That(() => OrderLatency.Interpolated([new(2, 1, 4)]), Throws.ArgumentException.With.Message.Contains("row 0"));
        Assert.That(() => OrderLatency.Interpolated([new(2, 5, 4)]), Throws.ArgumentException.With.Message.Contains("row 0"));
        Assert.That(() => OrderLatency.Interpolated([new(2, 0, 4)]), Throws.ArgumentException.With.Message.Contains("reached"));
        Assert.That(() => OrderLatency.Interpolated([]), Throws.ArgumentException);
        Assert.That(() => OrderLatency.Constant(-1, 0), Throws.InstanceOf<System.ArgumentOutOfRangeException>());
    }
}
