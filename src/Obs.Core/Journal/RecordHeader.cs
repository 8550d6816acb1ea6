using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Obs.Core.Journal;

/// <summary>The 32 bytes in front of every record's payload; the layout is on disk and frozen.</summary>
/// <remarks>Little endian. Records start at multiples of 8 bytes; the bytes between a payload's end and the next record are zero and
/// covered by
/// <see cref="Crc"/>. <see cref="LengthBytes"/> is stored last, with release: who sees it may read the whole record.</remarks>
[StructLayout(LayoutKind.Explicit, Size = SizeBytes)]
internal readonly struct RecordHeader
{
    /// <summary>Bytes of the header; also the smallest valid <see cref="LengthBytes"/>.</summary>
    public const int SizeBytes = 32;

    /// <summary>Header and payload in bytes, without padding; 0 where nothing was written, <see cref="EndMarker.Length"/> at a segment's
    /// end.</summary>
    [FieldOffset(0)] public readonly int LengthBytes;

    /// <summary>CRC32C of the padded record with these four bytes taken as zero.</summary>
    [FieldOffset(4)] public readonly uint Crc;

    /// <summary>Place in the log: 1 for the first record, each further one 1 more.</summary>
    [FieldOffset(8)] public readonly long Sequence;

    /// <summary>When the bytes were received, nanoseconds since 1970 (UTC).</summary>
    [FieldOffset(16)] public readonly long ReceiveNs;

    /// <summary>A <see cref="RecordKind"/> in the journal, an <see cref="OutputKind"/> in the output log.</summary>
    [FieldOffset(24)] public readonly byte KindNumber;

    /// <summary>Number of the venue the bytes came from; 0 where none is meant.</summary>
    [FieldOffset(25)] public readonly byte Source;

    /// <summary>Bits of the writer's own; the journal keeps and checks them but gives them no meaning.</summary>
    [FieldOffset(26)] public readonly ushort Flags;

    /// <summary>Zero.</summary>
    [FieldOffset(28)] public readonly uint Reserved;

    /// <summary>Makes a header; only the writer and tests do.</summary>
    public RecordHeader(int lengthBytes, uint crc, long sequence, long receiveNs, byte kind, byte source, ushort flags)
    {
        Debug.Assert(lengthBytes >= SizeBytes, "a record is at least its header");
        LengthBytes = lengthBytes;
        Crc = crc;
        Sequence = sequence;
        ReceiveNs = receiveNs;
        KindNumber = kind;
        Source = source;
        Flags = flags;
        Reserved = 0;
    }

    /// <summary>The kind, for records of the journal.</summary>
    public RecordKind Kind => (RecordKind)KindNumber;

    /// <summary>Bytes of the payload.</summary>
    public int PayloadBytes => LengthBytes - SizeBytes;

    /// <summary>Bytes a record of this length takes in the segment: rounded up to 8.</summary>
    public static long PaddedBytes(long lengthBytes) => unchecked((lengthBytes + 7) & ~7L);
}
