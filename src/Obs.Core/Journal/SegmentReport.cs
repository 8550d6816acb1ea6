namespace Obs.Core.Journal;

/// <summary>What a scan found out about one segment.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">Its header; default if damaged.</param>
/// <param name="FirstSequence">From its name.</param>
/// <param name="LastSequence">Last whole record; one less than <paramref name="FirstSequence"/> if there is none. For a segment whose
/// records were
/// not read, one less than the next segment's first.</param>
/// <param name="UsedBytes">End of the last whole record or end marker; 0 if the records were not read.</param>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="AcknowledgedBytes">From its header.</param>
/// <param name="IsVerified">Its records were read and checked.</param>
internal sealed record SegmentReport(string Path, SegmentHeader Header, long FirstSequence, long LastSequence, long UsedBytes, long FileBytes,
    long AcknowledgedBytes, bool IsVerified)
{
    /// <summary>Whether anything but the header was ever acknowledged.</summary>
    public bool HasAcknowledgedRecords => AcknowledgedBytes > SegmentHeaderPage.SizeBytes;

    /// <summary>Whole records.</summary>
    public long Records => LastSequence - FirstSequence + 1;
}
