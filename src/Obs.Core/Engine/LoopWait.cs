namespace Obs.Core.Engine;

/// <summary>How a loop of the engine waits between two looks at its rings, clocks and background work. docs/concepts/layouts.md states the cost of each.</summary>
internal enum LoopWait
{
    /// <summary>Spins long, then yields: two threads that are never idle for long, as in a replay at full speed.</summary>
    SpinThenYield,

    /// <summary>Spins a little, then yields: the core goes to whoever wants it, a look comes a scheduler turn later. For the one thread of fused.</summary>
    Yield,

    /// <summary>Spins and yields a little, then sleeps between looks as SleepingWaitStrategy does: hardly any of a core. For split on fewer cores than threads:
    /// several that yield would burn all cores and hold each other up.</summary>
    Sleep,

    /// <summary>Never gives the core back: the fastest reaction, a whole core each. Only where every spinning thread has a core.</summary>
    Spin,
}
