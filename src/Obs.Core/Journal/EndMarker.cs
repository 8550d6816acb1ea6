using System.Runtime.CompilerServices;

namespace Obs.Core.Journal;

/// <summary>The 8 bytes that close a segment when the next record did not fit: an impossible length and a checksum of what comes
/// next.</summary>
/// <remarks>A segment filled to its last byte needs none. The checksum covers the next record's sequence, so a marker that strayed here
/// from
/// another place is found.</remarks>
internal static unsafe class EndMarker
{
    /// <summary>Stands where a record's length would.</summary>
    public const int Length = -1;

    /// <summary>Bytes of the marker.</summary>
    public const int SizeBytes = 8;

    /// <summary>Writes the marker; the length last, with release.</summary>
    /// <param name="at">First free byte of the segment.</param>
    /// <param name="nextSequence">Sequence of the record that opens the next segment.</param>
    public static void Write(byte* at, long nextSequence)
    {
        *(uint*)(at + 4) = Checksum(nextSequence);
        System.Threading.Volatile.Write(ref *(int*)at, Length);
    }

    /// <summary>Whether the marker at this place is whole and announces the expected sequence.</summary>
    public static bool IsValid(byte* at, long nextSequence) => *(uint*)(at + 4) == Checksum(nextSequence);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint Checksum(long nextSequence)
    {
        ulong* words = stackalloc ulong[2];
        words[0] = unchecked((uint)Length);
        words[1] = unchecked((ulong)nextSequence);
        return ~Crc32C.AddWords(uint.MaxValue, (byte*)words, 2);
    }
}
