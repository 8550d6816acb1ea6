using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>What retention deleted and what stopped it.</summary>
/// <param name="Deleted">Files that are gone.</param>
/// <param name="FreedBytes">Their sizes.</param>
/// <param name="FirstSequence">First sequence kept; 1 for an empty log.</param>
/// <param name="HeldBy">The cursor that keeps a segment beyond the limits; null if none does.</param>
internal sealed record RetentionReport(IReadOnlyList<string> Deleted, long FreedBytes, long FirstSequence, CursorPosition? HeldBy);
