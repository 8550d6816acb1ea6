using System;
using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>How much of a log is kept; what goes beyond either limit is deleted, oldest segment first.</summary>
internal sealed record RetentionLimits
{
    /// <summary>Age in receive time beyond which a segment may go, at least an hour; null for no limit.</summary>
    public TimeSpan? KeepAge { get; init; }

    /// <summary>Bytes of all segments above which the oldest may go, at least one small segment; null for no limit.</summary>
    public long? KeepBytes { get; init; }

    /// <summary>What is wrong with these settings; empty if nothing.</summary>
    public IEnumerable<string> Problems()
    {
        if (KeepAge < TimeSpan.FromHours(1))
            yield return $"Journal:KeepAge is {KeepAge}; set it to an hour or more, or leave it out to keep everything.";
        if (KeepBytes < JournalOptions.SegmentBytesMin)
            yield return $"Journal:KeepBytes is {KeepBytes}; set it to {JournalOptions.SegmentBytesMin} or more, or leave it out to keep everything.";
    }
}
