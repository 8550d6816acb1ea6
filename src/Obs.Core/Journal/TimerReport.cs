using Obs.Core.Diagnostics;

namespace Obs.Core.Journal;

/// <summary>The timers of a live journal.</summary>
/// <param name="Timers">Timer records.</param>
/// <param name="MissingTicks">Multiples of 100 ms within a live span that have no record; 0 in a sound journal.</param>
/// <param name="Lateness">How long after its time each was written, ns; 65,535 µs stands for anything longer.</param>
internal sealed record TimerReport(long Timers, long MissingTicks, LatencyHistogram Lateness);
