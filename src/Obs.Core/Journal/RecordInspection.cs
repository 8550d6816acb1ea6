using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Obs.Core.Journal;

/// <summary>The one place that decides what stands at an offset; recovery, readers, verifier and dump all ask here.</summary>
internal static unsafe class RecordInspection
{
    /// <summary>Looks at a place without trusting it: no byte beyond the room is read.</summary>
    /// <param name="at">A multiple of 8.</param>
    /// <param name="roomBytes">Bytes up to the end of the segment or file.</param>
    /// <param name="expectedSequence">What a record here must carry.</param>
    /// <param name="verifyChecksum">False only for a second pass over records that were verified in this process.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RecordState Look(byte* at, long roomBytes, long expectedSequence, bool verifyChecksum)
    {
        Debug.Assert(roomBytes >= 0 && ((nint)at & 7) == 0, "the caller walks in steps of 8 inside the mapping");
        if (roomBytes < EndMarker.SizeBytes)
            return RecordState.EndOfSegment;
        int lengthBytes = Volatile.Read(ref *(int*)at);
        if (lengthBytes < RecordHeader.SizeBytes)
            return LookAtShort(at, lengthBytes, expectedSequence);
        long paddedBytes = RecordHeader.PaddedBytes(lengthBytes);
        if (paddedBytes > roomBytes)
            return RecordState.LengthImpossible;
        if (verifyChecksum && ((RecordHeader*)at)->Crc != Crc32C.OfRecord(at, lengthBytes, (nint)paddedBytes))
            return RecordState.ChecksumWrong;
        return ((RecordHeader*)at)->Sequence == expectedSequence ? RecordState.Record : RecordState.SequenceWrong;
    }

    /// <summary>The state in words, for messages.</summary>
    public static string Describe(RecordState state) => state switch
    {
        RecordState.Record => "a whole record",
        RecordState.Empty => "nothing is written there",
        RecordState.EndOfSegment => "the segment ends there",
        RecordState.LengthImpossible => "its length is impossible",
        RecordState.ChecksumWrong => "its checksum does not match",
        RecordState.SequenceWrong => "it carries another sequence",
        _ => "the segment's end marker is damaged",
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RecordState LookAtShort(byte* at, int lengthBytes, long expectedSequence)
    {
        if (lengthBytes == 0)
            return RecordState.Empty;
        if (lengthBytes != EndMarker.Length)
            return RecordState.LengthImpossible;
        return EndMarker.IsValid(at, expectedSequence) ? RecordState.EndOfSegment : RecordState.MarkerDamaged;
    }
}
