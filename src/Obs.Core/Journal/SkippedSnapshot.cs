namespace Obs.Core.Journal;

/// <summary>A snapshot file that could not be used; start-up reports it and goes on with an older one.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedSnapshot(string Path, string Reason);
