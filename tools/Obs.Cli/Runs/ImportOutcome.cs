using Obs.Core.Recordings;

namespace Obs.Cli.Runs;

/// <summary>How an import ended: what is stored, and what stopped it before the end of its inputs.</summary>
/// <param name="Result">Counts over everything that was read.</param>
/// <param name="Problem">Why it stopped early, or null when it read to the end.</param>
internal sealed record ImportOutcome(ImportResult Result, ImportException? Problem)
{
    /// <summary>True when frames were judged and none was about a market: they are another venue's.</summary>
    public bool IsOtherVenue { get; init; }
}
