using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Features;
using Obs.Core.Market;
using Obs.Core.Signals;

namespace Obs.Bench.Suites;

/// <summary>What a row of features costs, trades included (one before every fourth row), beside the two ways a user would write it.</summary>
internal sealed class FeatureSuite : IBenchSuite
{
    private const int Frames = 512;
    private const int TradeWindow = 30;
    private readonly FeatureWorkload _workload = new(Frames);
    private double _sink;

    /// <inheritdoc/>
    public string Name => "feature";

    /// <inheritdoc/>
    public string Title => "Features of a book row";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        long passes = options.Operations(1600);
        long slowPasses = options.Operations(64);
        return
        [
            new Comparison("six features, levels of the frame at hand", BenchUnit.NanosecondsPerOperation, Limit: 120, Aim: null,
                Ours("FeatureCalculator", FeatureSet.Six, passes, tellChanges: true), [Window("windows summed afresh", passes), Linq(slowPasses)]),
            new Comparison("six features, 15 + 15 levels read at every row", BenchUnit.NanosecondsPerOperation, Limit: 120, Aim: null,
                Ours("FeatureCalculator", FeatureSet.Six, passes, tellChanges: false), [Window("windows summed afresh", passes), Linq(slowPasses)]),
            new Comparison("all nineteen features", BenchUnit.NanosecondsPerOperation, Limit: 300, Aim: null,
                Ours("FeatureCalculator", FeatureSet.All, passes, tellChanges: true), [WindowAll("windows summed afresh", slowPasses)]),
            new Comparison("only queue imbalance", BenchUnit.NanosecondsPerOperation, Limit: null, Aim: null,
                Ours("FeatureCalculator", FeatureSet.Of(FeatureId.QueueImbalance), passes, tellChanges: true), [Window("windows summed afresh", passes)]),
        ];
    }

    private Contender Ours(string name, FeatureSet wanted, long passes, bool tellChanges)
    {
        FeatureCalculator calculator = new(FeatureWorkload.Instrument, new FeatureOptions { Wanted = wanted, TradeWindow = TradeWindow });
        FeatureWorkload workload = new(Frames);
        return new Contender(name, passes * Frames, () => Run(calculator, workload, passes, tellChanges));
    }

    private void Run(FeatureCalculator calculator, FeatureWorkload workload, long passes, bool tellChanges)
    {
        FeatureRow row = default;
        for (long pass = 0; pass < passes; pass++)
        {
            long laterNs = workload.NextPassNs() == 0 ? 0 : Frames * 100_000_000L;
            for (int frame = 0; frame < Frames; frame++)
            {
                if (frame % 4 == 0)
                {
                    workload.Trades[frame].ReceiveNs += laterNs;
                    calculator.OnTrade(in workload.Trades[frame]);
                }
                workload.Events[frame].ReceiveNs += laterNs;
                calculator.OnBook(in workload.Books[frame], in workload.Events[frame], tellChanges ? workload.Changes[frame] : ReadOnlySpan<BookLevel>.Empty, ref row);
                _sink += row[FeatureId.QueueImbalance];
            }
        }
    }

    private Contender Window(string name, long passes)
    {
        WindowFeatures features = new(FeatureWorkload.Instrument, TradeWindow);
        return new Contender(name, passes * Frames, () =>
        {
            for (long operation = 0; operation < passes * Frames; operation++)
            {
                int frame = (int)(operation % Frames);
                if (frame % 4 == 0)
                    features.OnTrade(in _workload.Trades[frame]);
                _sink += features.Six(in _workload.Books[frame]);
            }
        });
    }

    private Contender WindowAll(string name, long passes)
    {
        WindowFeatures features = new(FeatureWorkload.Instrument, TradeWindow);
        FeatureWorkload workload = new(Frames);
        return new Contender(name, passes * Frames, () =>
        {
            for (long pass = 0; pass < passes; pass++)
            {
                long laterNs = workload.NextPassNs() == 0 ? 0 : Frames * 100_000_000L;
                for (int frame = 0; frame < Frames; frame++)
                {
                    workload.Trades[frame].ReceiveNs += laterNs;
                    workload.Events[frame].ReceiveNs += laterNs;
                    if (frame % 4 == 0)
                        features.OnTrade(in workload.Trades[frame]);
                    _sink += features.All(in workload.Books[frame], workload.Events[frame].ReceiveNs);
                }
            }
        });
    }

    private Contender Linq(long passes)
    {
        LinqFeatures features = new(FeatureWorkload.Instrument, TradeWindow);
        return new Contender("LINQ over decimals", passes * Frames, () =>
        {
            for (long operation = 0; operation < passes * Frames; operation++)
            {
                int frame = (int)(operation % Frames);
                if (frame % 4 == 0)
                    features.OnTrade(in _workload.Trades[frame]);
                _sink += features.Row(in _workload.Books[frame]);
            }
        });
    }
}
