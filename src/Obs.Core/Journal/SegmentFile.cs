namespace Obs.Core.Journal;

/// <summary>A segment file found in a folder, known by its name only.</summary>
/// <param name="Path">The file.</param>
/// <param name="FirstSequence">From its name.</param>
internal readonly record struct SegmentFile(string Path, long FirstSequence);
