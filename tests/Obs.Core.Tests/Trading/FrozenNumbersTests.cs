using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class FrozenNumbersTests
{
    [TestCase(typeof(RejectReason), 18), TestCase(typeof(OrderState), 12), TestCase(typeof(ReportKind), 9)]
    [TestCase(typeof(FillCause), 5), TestCase(typeof(TimeInForce), 4), TestCase(typeof(OrderType), 2), TestCase(typeof(Liquidity), 3)]
    public void Numbers_on_disk_are_contiguous_and_only_grow(Type type, int count)
    {
        int[] numbers = [.. Enum.GetValues(type).Cast<object>().Select(static value => Convert.ToInt32(value, null))];
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(0, count)));
    }

    [TestCase(RejectReason.BookNotSynced, 2), TestCase(RejectReason.InsufficientCash, 12), TestCase(RejectReason.SelfTrade, 15)]
    public void A_reason_keeps_its_number(RejectReason reason, int number) => Assert.That((int)reason, Is.EqualTo(number));

    [TestCase(OrderState.Uncertain, 9), TestCase(OrderState.NotSent, 11)]
    public void A_state_keeps_its_number(OrderState state, int number) => Assert.That((int)state, Is.EqualTo(number));
}
