using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;
using Obs.Bench.Suites.Outputs;

namespace Obs.Bench.Suites;

/// <summary>What the output log costs: an engine with it and without it over the same frames.</summary>
internal sealed class OutputsSuite : IBenchSuite
{
    /// <inheritdoc/>
    public string Name => "outputs";

    /// <inheritdoc/>
    public string Title => "Output log: every derived record through the ring into the log, beside an engine whose outputs nobody wants (Upbit, 30 levels)";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        FrameTape tape = FrameTape.Upbit30((int)options.Operations(20_000));
        RequireNoMoreBytes(tape);
        return
        [
            new Comparison("frames back to back, until the last output is in the log", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
                Of("log on a thread of its own", tape, OutputMode.OwnThread),
                [Of("log on the engine's thread", tape, OutputMode.EngineThread), Of("no outputs, no feature rows", tape, OutputMode.None)]),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        FrameTape tape = FrameTape.Upbit30((int)options.Operations(20_000));
        return
        [
            new LatencyComparison("a frame on the engine's thread", new LatencyTargets(),
                new LatencyContender("log on a thread of its own", sample => Time(tape, OutputMode.OwnThread, sample)),
                [
                    new LatencyContender("log on the engine's thread, between frames", sample => Time(tape, OutputMode.EngineThread, sample)),
                    new LatencyContender("no outputs, no feature rows", sample => Time(tape, OutputMode.None, sample)),
                ]),
        ];
    }

    private static Contender Of(string name, FrameTape tape, OutputMode mode)
    {
        OutputRun run = new(tape, mode);
        return new Contender(name, tape.Count, run.Pass, run.Prepare);
    }

    private static void Time(FrameTape tape, OutputMode mode, LatencySample sample)
    {
        using OutputRun run = new(tape, mode);
        run.Time(sample);
    }

    // the engine's thread allocates for its own tables as they grow, and nothing more for its outputs
    private static void RequireNoMoreBytes(FrameTape tape)
    {
        long without = BytesOf(tape, OutputMode.None);
        foreach (OutputMode mode in new[] { OutputMode.EngineThread, OutputMode.OwnThread })
        {
            if (BytesOf(tape, mode) is long with && with > without)
                throw new InvalidOperationException($"With the output log ({mode}) the engine's thread allocated {with} bytes, without it {without}; outputs must cost none.");
        }
    }

    private static long BytesOf(FrameTape tape, OutputMode mode)
    {
        using OutputRun run = new(tape, mode);
        run.Prepare();
        run.Pass();
        return run.AllocatedBytes;
    }
}
