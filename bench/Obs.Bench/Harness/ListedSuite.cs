namespace Obs.Bench.Harness;

/// <summary>A line of the catalogue.</summary>
/// <param name="Suite">Its name on the command line.</param>
/// <param name="Title">What it measures.</param>
/// <param name="Unavailable">Why it cannot run here; null when it can.</param>
internal sealed record ListedSuite(string Suite, string Title, string? Unavailable);
