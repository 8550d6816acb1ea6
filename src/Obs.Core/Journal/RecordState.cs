namespace Obs.Core.Journal;

/// <summary>What stands at a place of a segment.</summary>
internal enum RecordState
{
    /// <summary>A whole record with the expected sequence.</summary>
    Record,

    /// <summary>Nothing was written here (yet).</summary>
    Empty,

    /// <summary>The segment ends; the next one goes on.</summary>
    EndOfSegment,

    /// <summary>A length that no record has, or that leads past the segment's end.</summary>
    LengthImpossible,

    /// <summary>The checksum does not match the bytes.</summary>
    ChecksumWrong,

    /// <summary>A whole record, but not the one that belongs here.</summary>
    SequenceWrong,

    /// <summary>An end marker whose checksum does not match.</summary>
    MarkerDamaged,
}
