using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Obs.Core.Journal;

/// <summary>Settings of a log's writer; checked at opening, all problems at once.</summary>
internal sealed record JournalOptions
{
    /// <summary>Smallest segment: the header page and one page of records.</summary>
    public const long SegmentBytesMin = 2 * SegmentHeaderPage.SizeBytes;

    /// <summary>Largest segment, 16 GiB.</summary>
    public const long SegmentBytesMax = 1L << 34;

    /// <summary>The folder; made if missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Journal or output log.</summary>
    public LogFormat Format { get; init; } = LogFormat.Journal;

    /// <summary>Size of a segment file, a multiple of 4,096. Default 64 MiB: 190,000 frames of 300 bytes, touched ahead in 0.1 s.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Segments kept ready ahead of the writer, 1 to 8. Default 2: at 1 M records/s one is used up each 0.2 s.</summary>
    public int SparesAhead { get; init; } = 2;

    /// <summary>When bytes reach the disk.</summary>
    public DurabilityPolicy Durability { get; init; } = DurabilityPolicy.Journal;

    /// <summary>Made by an import: holds no timers, replay inserts them. Fixed when the log is created.</summary>
    public bool IsRecording { get; init; }

    /// <summary>Free text kept in each segment's header, e.g. what was imported; at most 1,980 bytes of UTF-8.</summary>
    public string Note { get; init; } = "";

    /// <summary>Cut the last segment to its used length at a clean close; right for imports, which nobody appends to.</summary>
    public bool TrimOnClose { get; init; }

    /// <summary>How much of the log is verified when it is opened. Default: what was not acknowledged as whole segments.</summary>
    public ScanDepth VerifyOnOpen { get; init; } = ScanDepth.Newest;

    /// <summary>The newest whole snapshot of this log, which proves how far it was on disk; null where there is none.</summary>
    public SnapshotEvidence? Evidence { get; init; }

    /// <summary>Told the bytes verified so far while the log is opened; null when nobody looks.</summary>
    public IProgress<long>? VerifyProgress { get; init; }

    /// <summary>How segment files are made; tests replace it to run out of disk.</summary>
    internal Func<string, long, MappedSegment> CreateSegment { get; init; } = MappedSegment.Create;

    /// <summary>Largest payload that fits a segment.</summary>
    public long PayloadBytesMax => Math.Min(SegmentBytes - SegmentHeaderPage.SizeBytes, int.MaxValue - 7) - RecordHeader.SizeBytes;

    /// <summary>What is wrong with these settings; empty if nothing.</summary>
    public IEnumerable<string> Problems()
    {
        if (Directory.Length == 0 || Directory.AsSpan().ContainsAny(Path.GetInvalidPathChars()))
            yield return $"Journal:Directory is '{Directory}'; give a folder.";
        if (SegmentBytes is < SegmentBytesMin or > SegmentBytesMax || SegmentBytes % SegmentHeaderPage.SizeBytes != 0)
            yield return $"Journal:SegmentBytes is {SegmentBytes}; set a multiple of 4096 between {SegmentBytesMin} and {SegmentBytesMax}.";
        if (SparesAhead is < 1 or > 8)
            yield return $"Journal:SparesAhead is {SparesAhead}; set it between 1 and 8.";
        if (Encoding.UTF8.GetByteCount(Note) > SegmentHeaderPage.NoteBytesMax)
            yield return $"The journal's note has {Encoding.UTF8.GetByteCount(Note)} bytes; keep it within {SegmentHeaderPage.NoteBytesMax}.";
        foreach (string problem in Durability.Problems())
            yield return problem;
    }
}
