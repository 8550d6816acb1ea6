namespace Obs.Core.Journal;

/// <summary>Which part of a log a problem is about; repair acts by it.</summary>
internal enum JournalProblemKind
{
    /// <summary>Records, or a whole segment between two others.</summary>
    Records,

    /// <summary>A segment's header page.</summary>
    Header,

    /// <summary>Segments that nobody pruned are missing before the first one.</summary>
    Beginning,

    /// <summary>Records are missing behind the last one: a stored snapshot proves that they were on disk.</summary>
    End,
}
