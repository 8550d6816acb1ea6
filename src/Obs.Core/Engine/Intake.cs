using System;
using System.Buffers;
using System.Diagnostics;
using System.Threading;
using Obs.Core.Disruptor;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>The one door: sockets, commands and reports offer records here, the engine's thread takes them. The order of taking is the order.</summary>
/// <remarks>Any number of producer threads, one taker. When the ring is full an offer is refused and counted, never waited for: a producer must not
/// stall its socket, and a refused market frame shows as a gap.</remarks>
internal sealed class Intake
{
    private readonly RingBuffer<IntakeSlot> _ring;
    private readonly MultiProducerSequencer<BusySpinWaitStrategy> _sequencer;
    private readonly EventPoller<IntakeSlot, BusySpinWaitStrategy> _poller;
    private long _refused;

    /// <summary>An intake with a number of slots, a power of two. Default 512: half a second of a thousand frames a second.</summary>
    public Intake(int capacity = 512)
    {
        BusySpinWaitStrategy wait = BusySpinWaitStrategy.Create();
        _ring = new RingBuffer<IntakeSlot>(capacity);
        _sequencer = new MultiProducerSequencer<BusySpinWaitStrategy>(capacity, wait);
        _poller = new EventPoller<IntakeSlot, BusySpinWaitStrategy>(_ring, _sequencer, new SequenceBarrier<BusySpinWaitStrategy>(_sequencer, wait));
        _sequencer.GateBy(_poller.Progress);
    }

    /// <summary>Records refused because the ring was full. Any thread.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Offers a record; the bytes are copied. Any thread.</summary>
    /// <returns>False when the ring is full; the record is counted as refused.</returns>
    public bool TryOffer(RecordKind kind, VenueId venue, long receiveNs, long receivedTicks, ReadOnlySpan<byte> payload)
    {
        if (!_sequencer.TryClaim(1, out long sequence))
        {
            Interlocked.Increment(ref _refused);
            return false;
        }
        ref IntakeSlot slot = ref _ring[sequence];
        slot.ReceiveNs = receiveNs;
        slot.ReceivedTicks = receivedTicks;
        slot.Length = payload.Length;
        slot.Kind = kind;
        slot.Venue = venue;
        slot.Pooled = payload.Length <= IntakeSlot.InlineBytes ? null : ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(slot.Pooled is null ? slot.Inline : slot.Pooled);
        _sequencer.Publish(sequence);
        return true;
    }

    /// <summary>Takes the next record. Taker's thread; call <see cref="Release"/> when done with the slot.</summary>
    public bool TryTake(out long sequence) => _poller.TryNext(out sequence);

    /// <summary>The slot of a taken record.</summary>
    public ref IntakeSlot this[long sequence] => ref _ring[sequence];

    /// <summary>The bytes of a taken record.</summary>
    public static ReadOnlySpan<byte> BytesOf(ref IntakeSlot slot) =>
        slot.Pooled is { } pooled ? pooled.AsSpan(0, slot.Length) : ((ReadOnlySpan<byte>)slot.Inline)[..slot.Length];

    /// <summary>Gives a slot back.</summary>
    public void Release(long sequence)
    {
        ref IntakeSlot slot = ref _ring[sequence];
        Debug.Assert(slot.Kind != RecordKind.None, "a slot was released that was never filled");
        if (slot.Pooled is { } pooled)
        {
            slot.Pooled = null;
            ArrayPool<byte>.Shared.Return(pooled);
        }
        _poller.Advance(sequence);
    }
}
