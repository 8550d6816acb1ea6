using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Obs.Core.Disruptor;

namespace Obs.Core.Tests.Disruptor;

/// <summary>What two cores write is at least two cache lines apart.</summary>
internal sealed class PaddingTests
{
    private const int TwoLines = 128;

    [TestCase(typeof(PaddedLong), nameof(PaddedLong.Value), 128, 264)]
    [TestCase(typeof(ProducerState), nameof(ProducerState.Claimed), 128, 272)]
    [TestCase(typeof(ProducerState), nameof(ProducerState.GatingCache), 136, 272)]
    public void Hot_field_has_its_cache_lines_to_itself(Type type, string field, int offsetBytes, int sizeBytes)
    {
        Assert.That(((int)Marshal.OffsetOf(type, field), Marshal.SizeOf(type)), Is.EqualTo((offsetBytes, sizeBytes)));
        Assert.That(IsPadded(offsetBytes, sizeBytes), Is.True);
    }

    [TestCase(0, 8), TestCase(64, 200), TestCase(128, 200)]
    public void A_field_too_near_to_an_end_is_found_out(int offsetBytes, int sizeBytes) =>
        Assert.That(IsPadded(offsetBytes, sizeBytes), Is.False);

    [Test]
    public void A_sequence_is_the_padded_number_and_nothing_else() =>
        Assert.That(typeof(Sequence).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(static field => field.FieldType), Is.EqualTo(new[] { typeof(PaddedLong) }));

    [Test]
    public void The_pad_is_two_lines_long() => Assert.That(Unsafe.SizeOf<CacheLinePad>(), Is.EqualTo(TwoLines));

    [Test]
    public void A_processor_begins_with_the_pad()
    {
        BusySpinWaitStrategy wait = default;
        SingleProducerSequencer<BusySpinWaitStrategy> sequencer = new(4, wait);
        BatchEventProcessor<TestEvent, OrderCheckingHandler, BusySpinWaitStrategy> processor =
            new("padded", new RingBuffer<TestEvent>(4), sequencer, new SequenceBarrier<BusySpinWaitStrategy>(sequencer, wait), default);
        Assert.That(processor.LeadingPadBytes, Is.EqualTo(TwoLines));
    }

    [Test]
    public unsafe void Entries_start_on_a_cache_line_and_follow_each_other_without_gaps()
    {
        RingBuffer<Event32> ring = new(16);
        nint first = (nint)Unsafe.AsPointer(ref ring[0]);
        Assert.That((long)first % 64, Is.Zero);
        for (int sequence = 0; sequence < 16; sequence++)
            Assert.That((nint)Unsafe.AsPointer(ref ring[sequence]) - first, Is.EqualTo((nint)(32 * sequence)));
    }

    private static bool IsPadded(int offsetBytes, int sizeBytes) => offsetBytes >= TwoLines && sizeBytes - offsetBytes - sizeof(long) >= TwoLines;

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Event32
    {
        public long Value;
    }
}
