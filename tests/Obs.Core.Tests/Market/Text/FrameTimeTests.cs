using NUnit.Framework;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class FrameTimeTests
{
    [TestCase(1_723_161_256_298, 1_723_161_256_298_000_000)]
    [TestCase(1_723_161_256_298_123, 1_723_161_256_298_123_000)]
    [TestCase(1_230_768_000_000, 1_230_768_000_000_000_000)]
    [TestCase(4_102_444_799_999, 4_102_444_799_999_000_000)]
    public void Milliseconds_and_microseconds_become_nanoseconds(long stamp, long ns)
    {
        Assert.That(FrameTime.TryToNs(stamp, out long converted), Is.True);
        Assert.That(converted, Is.EqualTo(ns));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1_230_767_999_999)]
    [TestCase(4_102_444_800_000)]
    [TestCase(999_999_999_999_999)]
    [TestCase(1_000_000_000_000_000)]
    [TestCase(4_102_444_800_000_000)]
    [TestCase(long.MaxValue)]
    public void Times_before_2009_or_after_2099_are_refused(long stamp) => Assert.That(FrameTime.TryToNs(stamp, out _), Is.False);
}
