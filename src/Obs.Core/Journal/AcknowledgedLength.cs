using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>How many bytes of a segment are on disk for certain: two alternating slots in the header page, each with its own
/// CRC32C.</summary>
/// <remarks>A store that was torn by a crash, or is seen half done by another process, leaves the other slot readable. One damaged slot is
/// survived
/// (the older length holds); two are a damaged header. One storing thread at a time (the committer's lock).</remarks>
internal static unsafe class AcknowledgedLength
{
    /// <summary>Place of the slot for even generations.</summary>
    public const int FirstSlotOffset = 2048;

    /// <summary>Place of the slot for odd generations; in another disk sector.</summary>
    public const int SecondSlotOffset = 3072;

    /// <summary>Bytes of a slot.</summary>
    public const int SlotBytes = 32;

    private const int ChecksummedBytes = 24;

    /// <summary>Stores a length in the slot of its generation; generations grow by 1.</summary>
    /// <param name="page">Start of the segment.</param>
    /// <param name="bytes">Bytes from the segment's start.</param>
    /// <param name="generation">Decides the slot and which slot is newer.</param>
    public static void Write(byte* page, long bytes, long generation)
    {
        Debug.Assert(bytes >= SegmentHeaderPage.SizeBytes, "the header page counts as acknowledged");
        Slot* slot = (Slot*)(page + ((generation & 1) == 0 ? FirstSlotOffset : SecondSlotOffset));
        Slot next = new() { Bytes = bytes, Generation = generation };
        Volatile.Write(ref slot->Crc, ~Checksum(&next));   // invalid while its fields change
        Volatile.Write(ref slot->Bytes, bytes);
        Volatile.Write(ref slot->Generation, generation);
        Volatile.Write(ref slot->Crc, Checksum(&next));
    }

    /// <summary>The newest valid slot; false if both are damaged.</summary>
    public static bool TryRead(byte* page, out AcknowledgedBytes newest)
    {
        bool hasFirst = TryReadSlot(page + FirstSlotOffset, parity: 0, out AcknowledgedBytes first);
        bool hasSecond = TryReadSlot(page + SecondSlotOffset, parity: 1, out AcknowledgedBytes second);
        newest = hasFirst && (!hasSecond || first.Generation > second.Generation) ? first : second;
        return hasFirst || hasSecond;
    }

    private static bool TryReadSlot(byte* at, int parity, out AcknowledgedBytes value)
    {
        Slot copy = *(Slot*)at;
        value = new AcknowledgedBytes(copy.Bytes, copy.Generation);
        return copy.Crc == Checksum(&copy) && (copy.Generation & 1) == parity
            && copy.Bytes >= SegmentHeaderPage.SizeBytes && (copy.Reserved | copy.MustBeZero) == 0;
    }

    private static uint Checksum(Slot* slot) => ~Crc32C.AddWords(uint.MaxValue, (byte*)slot, ChecksummedBytes / 8);

    [StructLayout(LayoutKind.Explicit, Size = SlotBytes)]
    private struct Slot
    {
        [FieldOffset(0)] public long Bytes;
        [FieldOffset(8)] public long Generation;
        [FieldOffset(16)] public long Reserved;
        [FieldOffset(24)] public uint MustBeZero;
        [FieldOffset(28)] public uint Crc;
    }
}
