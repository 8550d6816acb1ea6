namespace Obs.Core.Journal;

/// <summary>Which of the two logs a folder holds; both have the same segments and records but other kinds and another file
/// extension.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Stream">Number in the segment header; frozen.</param>
/// <param name="Extension">Of the segment files, with the dot.</param>
internal sealed record LogFormat(string Name, int Stream, string Extension)
{
    /// <summary>The journal: everything from outside, <see cref="RecordKind"/>.</summary>
    public static LogFormat Journal { get; } = new("journal", 1, ".obsj");

    /// <summary>The output log: everything derived, <see cref="OutputKind"/>.</summary>
    public static LogFormat Output { get; } = new("output log", 2, ".obso");
}
