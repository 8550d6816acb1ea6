namespace Obs.Core.Journal;

/// <summary>How far a consumer of a log has come.</summary>
/// <param name="Name">The consumer.</param>
/// <param name="Sequence">Last record it is done with; 0 at the beginning.</param>
/// <param name="IsParked">It no longer holds segments back: it would have filled the disk.</param>
internal readonly record struct CursorPosition(string Name, long Sequence, bool IsParked);
