namespace Obs.Core.Tests.Simulation;

/// <summary>Faults put into a replay on purpose: a comparison that stays green on them is blind.</summary>
internal enum ReplayFault
{
    None,
    QueueOneLotTooLong,
    DepthLeavesQueue,
    AggressorFlipped,
    TradesEarly,
}
