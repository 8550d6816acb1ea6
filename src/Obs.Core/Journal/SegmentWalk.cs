using System;
using System.Diagnostics;

namespace Obs.Core.Journal;

/// <summary>Walks the records of one mapped segment from its header to where they end, checking each.</summary>
internal readonly unsafe struct SegmentWalk
{
    private SegmentWalk(RecordState state, long offsetBytes, long nextSequence, long usedBytes)
    {
        State = state;
        OffsetBytes = offsetBytes;
        NextSequence = nextSequence;
        UsedBytes = usedBytes;
    }

    /// <summary>Why the walk ended; never <see cref="RecordState.Record"/>.</summary>
    public RecordState State { get; }

    /// <summary>Where it ended, from the file's start.</summary>
    public long OffsetBytes { get; }

    /// <summary>The sequence that would come next.</summary>
    public long NextSequence { get; }

    /// <summary><see cref="OffsetBytes"/>, with the end marker where one is.</summary>
    public long UsedBytes { get; }

    /// <summary>Walks a segment.</summary>
    /// <param name="segment">Mapped for reading or writing.</param>
    /// <param name="segmentBytes">Full size according to its header; the file may have been trimmed.</param>
    /// <param name="firstSequence">What the first record must carry.</param>
    public static SegmentWalk Through(MappedSegment segment, long segmentBytes, long firstSequence)
    {
        long limit = Math.Min(segment.LengthBytes, segmentBytes) & ~7L;
        long at = SegmentHeaderPage.SizeBytes;
        long sequence = firstSequence;
        Debug.Assert(at <= limit, "a segment whose header was read has a header page");
        while (true)
        {
            RecordState state = RecordInspection.Look(segment.Start + at, limit - at, sequence, verifyChecksum: true);
            if (state != RecordState.Record)
                return End(state, at, sequence, limit, segmentBytes);
            at += RecordHeader.PaddedBytes(((RecordHeader*)(segment.Start + at))->LengthBytes);
            sequence++;
        }
    }

    /// <summary>Running out of file is the end of the segment only where the segment was meant to end.</summary>
    private static SegmentWalk End(RecordState state, long at, long sequence, long limit, long segmentBytes)
    {
        bool isOutOfFile = state == RecordState.EndOfSegment && at == limit;
        if (isOutOfFile)
            return new SegmentWalk(limit == segmentBytes ? RecordState.EndOfSegment : RecordState.Empty, at, sequence, at);
        return new SegmentWalk(state, at, sequence, state == RecordState.EndOfSegment ? at + EndMarker.SizeBytes : at);
    }
}
