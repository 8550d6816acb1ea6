using System;
using System.Collections.Generic;
using Obs.Bench.Harness;

namespace Obs.Bench.Suites.Engine;

/// <summary>One load of one tape, measured in several rounds the first time somebody asks, and then told from several sides.</summary>
internal sealed class LatencyRounds
{
    private const int CapacityPasses = 5;

    private readonly FrameToOrder _frames;
    private readonly Func<FrameToOrder, FrameTimes[]> _measure;
    private readonly int _rounds;
    private readonly List<(FrameTimes[] Times, bool[] Delayed)> _measured = [];

    /// <summary>Rounds of a load.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="rounds">How many rounds, at least 2: one round alone cannot tell an interrupt from slow code.</param>
    /// <param name="measure">Measures one round.</param>
    public LatencyRounds(FrameToOrder frames, int rounds, Func<FrameToOrder, FrameTimes[]> measure) => (_frames, _rounds, _measure) = (frames, rounds, measure);

    /// <summary>Capacity in frames a second, the median of five passes right before the rounds, which also warm the code up; 0 before that.</summary>
    public double Capacity { get; private set; }

    /// <summary>A contender that tells these rounds.</summary>
    /// <param name="isBooksOnly">Only frames that change the book.</param>
    /// <param name="rowNs">Taken off for each level row.</param>
    public LatencyContender Told(bool isBooksOnly, int rowNs) => new("obs, fused", sample => Tell(isBooksOnly, rowNs, sample));

    /// <summary>Rounds at a share of what the machine does right before.</summary>
    public static LatencyRounds AtShare(FrameToOrder frames, int count, double share, int rounds)
    {
        LatencyRounds all = null!;
        all = new LatencyRounds(frames, rounds, measured => measured.AtRate(all.Capacity * share, count));
        return all;
    }

    private void Tell(bool isBooksOnly, int rowNs, LatencySample sample)
    {
        Measure();
        foreach ((FrameTimes[] times, bool[] delayed) in _measured)
        {
            for (int index = 0; index < times.Length; index++)
            {
                if (isBooksOnly && !_frames.IsBook[index])
                    continue;
                long latencyNs = Math.Max(0, times[index].LatencyNs - ((long)rowNs * _frames.Rows[index]));
                sample.Raw.Record(latencyNs);
                if (!delayed[index])
                    sample.StallFree.Record(latencyNs);
            }
        }
    }

    private void Measure()
    {
        if (_measured.Count > 0)
            return;
        double[] passes = new double[CapacityPasses];
        for (int pass = 0; pass < passes.Length; pass++)
            passes[pass] = _frames.Capacity(_frames.IsBook.Length);
        Capacity = Statistics.Median(passes);
        FrameTimes[][] rounds = new FrameTimes[_rounds][];
        for (int round = 0; round < _rounds; round++)
            rounds[round] = _measure(_frames);
        RepeatedRuns repeated = new(rounds[0].Length);
        foreach (FrameTimes[] round in rounds)
            repeated.Add(round);
        foreach (FrameTimes[] round in rounds)
            _measured.Add((round, repeated.DelayedByMachine(round)));
    }
}
