using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>What a verification found.</summary>
/// <param name="Verdict">The state in one word.</param>
/// <param name="FirstSequence">First record; 1 for an empty log.</param>
/// <param name="LastSequence">Last whole record; 0 for an empty log.</param>
/// <param name="UsedBytes">Bytes of headers, records and end markers that were read and found whole.</param>
/// <param name="IsRecording">Made by an import: replay inserts timers.</param>
/// <param name="Note">The writer's note.</param>
/// <param name="Segments">By age.</param>
/// <param name="Problem">What is wrong first; null for a clean log.</param>
internal sealed record VerifyReport(JournalVerdict Verdict, long FirstSequence, long LastSequence, long UsedBytes, bool IsRecording,
    string Note,
    IReadOnlyList<SegmentReport> Segments, JournalProblem? Problem);
