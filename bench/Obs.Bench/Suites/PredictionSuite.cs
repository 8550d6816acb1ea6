using System;
using System.Collections.Generic;
using System.Diagnostics;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Prediction;
using Obs.Core.Diagnostics;
using Obs.Core.Models.Sequence;

namespace Obs.Bench.Suites;

/// <summary>What a prediction costs on the path of a row, what it costs altogether, and how long a background slice holds the
/// thread.</summary>
internal sealed class PredictionSuite : IBenchSuite
{
    private const int PacedRows = 2_000;
    private const long PaceNs = 500_000;

    private double _sink;

    /// <inheritdoc/>
    public string Name => "prediction";

    /// <inheritdoc/>
    public string Title => "LSTM prediction on the CPU";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options) =>
    [
        WholeWindow(options),
        FullCost("row with its background, H=100 F=6 T=90", new PredictionWorkload(100, 6, 90, 1), options.Operations(1_000)),
        FullCost("row with its background, 2 layers of 100, F=100 T=50", new PredictionWorkload(100, 100, 50, 2), options.Operations(400)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        PredictionWorkload small = new(100, 6, 90, 1);
        PredictionWorkload stacked = new(100, 100, 50, 2);
        long rows = options.Operations(8_000);
        LatencyTargets one = new(P50LimitNs: 800, P99LimitNs: 2_000);
        LatencyTargets two = new(P50LimitNs: 5_000, P50AimNs: 4_000);
        return
        [
            new LatencyComparison("critical path, H=100 F=6 T=90, back to back", one, Path(small, rows), [Tensors(small, rows / 20), Scalar(small, rows / 100)]),
            new LatencyComparison("critical path, 2 layers of 100, F=100 T=50, back to back", two, Path(stacked, rows / 2), [Tensors(stacked, rows / 50), Scalar(stacked, rows / 400)]),
            new LatencyComparison("critical path, H=100 F=6 T=90, a row every 500 µs", one, Paced(small, options.Operations(PacedRows)), []),
            new LatencyComparison("critical path, 2 layers of 100, F=100 T=50, a row every 500 µs", two, Paced(stacked, options.Operations(PacedRows)), []),
            new LatencyComparison("background slice, H=100 F=6 T=90", new LatencyTargets(P99LimitNs: 2_000), Slices(small, rows / 4), []),
            new LatencyComparison("background slice, 2 layers of 100, F=100 T=50", new LatencyTargets(P99LimitNs: 2_000), Slices(stacked, rows / 4), []),
            new LatencyComparison("background slice, H=200 F=6 T=60", new LatencyTargets(P99LimitNs: 2_000), Slices(new PredictionWorkload(200, 6, 60, 1), rows / 4), []),
        ];
    }

    private Comparison WholeWindow(BenchOptions options)
    {
        PredictionWorkload work = new(100, 6, 60, 1);
        WindowSession session = new(SequenceNetwork.Create(work.Model));
        TensorPrimitivesLstm tensors = new(work.Model);
        ScalarLstm scalar = new(work.Model);
        Fill(session, work);
        long windows = options.Operations(400);
        return new Comparison("whole window, H=100 F=6 T=60", BenchUnit.NanosecondsPerOperation, Limit: 130_000, Aim: null,
            new Contender("WindowSession", windows, () => Repeat(windows, () => Predict(session, work))),
            [
                new Contender("TensorPrimitives", windows, () => Repeat(windows, () => tensors.OnRow(work.NextRow()))),
                new Contender("scalar MathF", Math.Max(1, windows / 10), () => Repeat(Math.Max(1, windows / 10), () => scalar.OnRow(work.NextRow()))),
            ]);
    }

    private Comparison FullCost(string name, PredictionWorkload work, long rows)
    {
        StaggeredSession session = new(SequenceNetwork.Create(work.Model));
        TensorPrimitivesLstm tensors = new(work.Model);
        Fill(session, work);
        long windows = Math.Max(1, rows / 8);
        return new Comparison(name, BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
            new Contender("StaggeredSession", rows, () => Repeat(rows, () => PredictAndCatchUp(session, work))),
            [new Contender("TensorPrimitives, whole window", windows, () => Repeat(windows, () => tensors.OnRow(work.NextRow())))]);
    }

    private LatencyContender Path(PredictionWorkload work, long rows)
    {
        StaggeredSession session = new(SequenceNetwork.Create(work.Model));
        Fill(session, work);
        return new LatencyContender("StaggeredSession", sample =>
        {
            for (long row = 0; row < rows; row++)
            {
                double[] features = work.NextRow();
                long start = Stopwatch.GetTimestamp();
                session.OnRow(features, out double prediction);
                sample.Raw.Record(Nanoseconds(start));
                _sink += prediction;
                CatchUp(session);
            }
        });
    }

    /// <summary>Rows at a fixed pace, judged from the row's due time, polling between slices as the engine does; stall-free where no gap of that loop touches the row.</summary>
    private LatencyContender Paced(PredictionWorkload work, long rows)
    {
        StaggeredSession session = new(SequenceNetwork.Create(work.Model));
        Fill(session, work);
        return new LatencyContender("StaggeredSession", sample =>
        {
            StallDetector stalls = new();
            long dueNs = Now() + PaceNs;
            for (long row = 0; row < rows; row++, dueNs += PaceNs)
            {
                double[] features = work.NextRow();
                for (long now = Now(); now < dueNs; now = Now())
                {
                    stalls.OnIdle(now);
                    session.RunBackgroundSlice();
                }
                stalls.OnIdle(Now());
                session.OnRow(features, out double prediction);
                long end = Now();
                stalls.OnWorkDone(end);
                sample.Raw.Record(end - dueNs);
                if (!stalls.Overlaps(dueNs, end))
                    sample.StallFree.Record(end - dueNs);
                _sink += prediction;
            }
        });
    }

    private static LatencyContender Slices(PredictionWorkload work, long rows)
    {
        StaggeredSession session = new(SequenceNetwork.Create(work.Model));
        Fill(session, work);
        return new LatencyContender("RunBackgroundSlice", sample =>
        {
            for (long row = 0; row < rows; row++)
            {
                session.OnRow(work.NextRow(), out _);
                for (bool more = true; more;)
                {
                    long start = Stopwatch.GetTimestamp();
                    more = session.RunBackgroundSlice();
                    sample.Raw.Record(Nanoseconds(start));
                }
            }
        });
    }

    private LatencyContender Tensors(PredictionWorkload work, long rows)
    {
        TensorPrimitivesLstm lstm = new(work.Model);
        return new LatencyContender("TensorPrimitives, whole window", sample => Time(sample, Math.Max(1, rows), () => _sink += lstm.OnRow(work.NextRow())));
    }

    private LatencyContender Scalar(PredictionWorkload work, long rows)
    {
        ScalarLstm lstm = new(work.Model);
        return new LatencyContender("scalar MathF, whole window", sample => Time(sample, Math.Max(1, rows), () => _sink += lstm.OnRow(work.NextRow())));
    }

    private static void Time(LatencySample sample, long times, Action run)
    {
        for (long time = 0; time < times; time++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            sample.Raw.Record(Nanoseconds(start));
        }
    }

    private void Repeat(long times, Func<double> run)
    {
        for (long time = 0; time < times; time++)
            _sink += run();
    }

    private static double Predict(ISequenceSession session, PredictionWorkload work)
    {
        session.OnRow(work.NextRow(), out double prediction);
        return prediction;
    }

    private static double PredictAndCatchUp(ISequenceSession session, PredictionWorkload work)
    {
        double prediction = Predict(session, work);
        CatchUp(session);
        return prediction;
    }

    private static void Fill(ISequenceSession session, PredictionWorkload work)
    {
        for (int row = 0; row < work.Model.Window; row++)
            PredictAndCatchUp(session, work);
    }

    private static void CatchUp(ISequenceSession session)
    {
        while (session.RunBackgroundSlice())
        {
            // all of it, as an engine does between two rows
        }
    }

    private static long Now() => StopwatchTicks.ToNs(Stopwatch.GetTimestamp());

    private static long Nanoseconds(long start) => StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - start);
}
