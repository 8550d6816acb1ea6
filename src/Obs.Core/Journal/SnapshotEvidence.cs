namespace Obs.Core.Journal;

/// <summary>A whole snapshot proves that its journal was on disk up to its sequence: it is stored only after a commit that covers it.</summary>
/// <param name="Sequence">Last journal record whose effect is in it.</param>
/// <param name="Path">The file.</param>
internal sealed record SnapshotEvidence(long Sequence, string Path);
