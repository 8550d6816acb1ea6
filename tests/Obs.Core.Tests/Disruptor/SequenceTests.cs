using System.Threading;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>One number, many readers.</summary>
internal sealed class SequenceTests
{
    [Test]
    public void It_starts_before_the_first_event() => Assert.That(new Sequence().Value, Is.EqualTo(-1));

    [Test]
    public void It_advances_only_from_where_the_caller_saw_it()
    {
        Sequence sequence = new() { Value = 5 };
        Assert.That((sequence.TryAdvance(4, 9), sequence.Value), Is.EqualTo((false, 5L)));
        Assert.That((sequence.TryAdvance(5, 9), sequence.Value), Is.EqualTo((true, 9L)));
    }

    [Test]
    public void Of_many_threads_each_advance_is_won_by_one()
    {
        Sequence sequence = new() { Value = 0 };
        long wins = 0;
        Thread[] threads = new Thread[4];
        for (int index = 0; index < threads.Length; index++)
        {
            threads[index] = new Thread(() =>
            {
                for (long seen = sequence.Value; seen < 10_000; seen = sequence.Value)
                {
                    if (sequence.TryAdvance(seen, seen + 1))
                        Interlocked.Increment(ref wins);
                }
            });
            threads[index].Start();
        }
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That((sequence.Value, wins), Is.EqualTo((10_000L, 10_000L)));
    }

    [Test]
    public void The_slowest_of_several_is_the_minimum()
    {
        Sequence[] sequences = [new() { Value = 7 }, new() { Value = 3 }, new() { Value = 11 }];
        Assert.That(Sequence.MinimumOf(sequences, ifNone: 99), Is.EqualTo(3));
        Assert.That(Sequence.MinimumOf([], ifNone: 99), Is.EqualTo(99));
    }
}
