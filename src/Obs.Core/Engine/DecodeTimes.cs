using System.Diagnostics;
using Obs.Core.Diagnostics;

namespace Obs.Core.Engine;

/// <summary>Times decoding where it has a thread of its own: into the recorder's histograms of that stage, which the engine's thread then leaves alone.</summary>
/// <remarks>Decoding thread only.</remarks>
internal sealed class DecodeTimes(LatencyRecorder timing, StallDetector stalls, int sampleEvery)
{
    private readonly LatencyHistogram _raw = timing.Raw(EngineStage.Decode);
    private readonly LatencyHistogram _stallFree = timing.StallFree(EngineStage.Decode);
    private int _untilSample = 1;

    /// <summary>Decoding begins: the time in Stopwatch ticks where it is sampled, else 0.</summary>
    public long Begin() => --_untilSample <= 0 ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Decoding has ended.</summary>
    /// <param name="startTicks">What <see cref="Begin"/> returned.</param>
    public void End(long startTicks)
    {
        if (startTicks == 0)
            return;
        _untilSample = sampleEvery;
        long endTicks = Stopwatch.GetTimestamp();
        Debug.Assert(endTicks >= startTicks, "the clock went back");
        long latencyNs = StopwatchTicks.ToNs(endTicks - startTicks);
        _raw.Record(latencyNs);
        if (!stalls.Overlaps(StopwatchTicks.ToNs(startTicks), StopwatchTicks.ToNs(endTicks)))
            _stallFree.Record(latencyNs);
    }
}
