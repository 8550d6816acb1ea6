namespace Obs.Core.Engine;

/// <summary>How a <see cref="SplitLine"/> runs. The defaults are those of a replay at full speed.</summary>
internal sealed record SplitLineOptions
{
    /// <summary>Records between decoding and engine in a live run: few, because a kill takes its place behind them; enough that a burst seldom waits.</summary>
    public const int LiveSlots = 256;

    /// <summary>Records on their way at most, a power of two.</summary>
    public int Slots { get; init; } = 2_048;

    /// <summary>Records after this engine sequence are taken and ignored.</summary>
    public long UntilSequence { get; init; } = long.MaxValue;

    /// <summary>Core of the engine's thread, or null.</summary>
    public int? PinToCpu { get; init; }

    /// <summary>How both threads wait.</summary>
    public LoopWait Wait { get; init; } = LoopWait.SpinThenYield;

    /// <summary>The thread waits for records (live, recorded pace): its pauses are watched for stalls of the machine.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Time between two rehearsed frames on each of the two threads, ns; 0 for none. Pays only where each has a core.</summary>
    public long RehearseEveryNs { get; init; }

    /// <summary>What the engine's thread does around records, or null in a replay.</summary>
    public LiveDuties? Duties { get; init; }

    /// <summary>The options of a live run on a machine with this many cores.</summary>
    public static SplitLineOptions Live(LiveDuties duties, int cores, int? pinToCpu) => new()
    {
        Slots = LiveSlots,
        PinToCpu = pinToCpu,
        Wait = LoopWaits.Live(isSplit: true, cores),
        IsPaced = true,
        RehearseEveryNs = RehearsalFor(cores),
        Duties = duties,
    };

    /// <summary>Time between two rehearsed frames on a machine with this many cores: with fewer than the threads need, a rehearsal would take the core from the work.</summary>
    public static long RehearsalFor(int cores) => cores >= ThreadPlan.SplitCores ? Rehearsal.IntervalNs : 0;
}
