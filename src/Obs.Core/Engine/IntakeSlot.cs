using System.Runtime.CompilerServices;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>One slot of the intake ring: the bytes of a record on their way to the journal.</summary>
internal struct IntakeSlot
{
    /// <summary>Bytes that fit into the slot itself; larger records travel in a pooled buffer.</summary>
    public const int InlineBytes = 8_000;

    /// <summary>Receive time, ns since 1970 UTC.</summary>
    public long ReceiveNs;

    /// <summary>The same moment in Stopwatch ticks.</summary>
    public long ReceivedTicks;

    /// <summary>Bytes of the record.</summary>
    public int Length;

    /// <summary>Kind of the record.</summary>
    public RecordKind Kind;

    /// <summary>Venue of the record.</summary>
    public VenueId Venue;

    /// <summary>Buffer of a record that does not fit, else null.</summary>
    public byte[]? Pooled;

    /// <summary>Bytes of a record that fits.</summary>
    public SlotBytes Inline;

    /// <summary>Room inside a slot.</summary>
    [InlineArray(InlineBytes)]
    internal struct SlotBytes
    {
        private byte _first;
    }
}
