using System;
using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;
using Obs.Bench.Suites.Prediction;
using Obs.Core.Market;
using Obs.Core.Models;

namespace Obs.Bench.Suites;

/// <summary>The engine as a whole: replay speed, latency from frame to order, garbage.</summary>
internal sealed class EngineSuite : IBenchSuite
{
    private const string Futures = "data/binance/usdm_btcusdt_20240808.gz";
    private const string UpbitTen = "data/upbit/upbit_10markets_20210405.frames.gz";
    private static readonly string[] Nexo = ["data/binance/spot_nexousdt_20240723.dat.gz", "data/binance/spot_nexousdt_20240724.dat.gz"];

    /// <inheritdoc/>
    public string Name => "engine";

    /// <inheritdoc/>
    public string Title => "All stages: raw frames in, risk-checked paper orders out (imbalance strategy, paper venue on)";

    /// <inheritdoc/>
    public string? Unavailable(BenchOptions options) => BenchData.Missing(Futures) ?? BenchData.Missing(Nexo[1]) ?? BenchData.Missing(UpbitTen);

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options)
    {
        RecordedJournal futures = new("engine-futures", VenueId.BinanceUsdm, "BTCUSDT", Futures);
        RecordedJournal nexo = new("engine-nexo", VenueId.BinanceSpot, "NEXOUSDT", Nexo);
        RequireSameHash(futures);
        long events = options.Operations(10_000_000);
        GarbageCheck garbage = new();
        return
        [
            new Comparison("futures from text, lines", BenchUnit.MillionsPerSecond, Limit: 2.5, Aim: 4, Text(futures, futures.Lines), [NaiveText(futures)]),
            new Comparison($"futures from the decoded cache, {futures.Events:#,0} level and trade events", BenchUnit.MillionsPerSecond, Limit: 40, Aim: null,
                Decoded(futures), [NaiveDecoded(futures)]),
            new Comparison($"NEXOUSDT 24 h with features, the whole recording ({nexo.Lines:#,0} lines)", BenchUnit.NanosecondsPerOperation, Limit: 80e6, Aim: null,
                Text(nexo, 1, withRows: true), []),
            new Comparison($"no garbage in {events:#,0} events (a run that allocates a byte or collects fails)", BenchUnit.MillionsPerSecond, Limit: null, Aim: null,
                new Contender("generated market + engine, 30 levels", events, () => garbage.Run(events)), []),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        int frames = (int)options.Operations(60_000), fill = (int)options.Operations(20_000);
        FrameTape upbit = FrameTape.Upbit30(frames + fill);
        FrameToOrder imbalance = new(upbit, static () => new EngineRun(EngineRun.Options(int.MaxValue)), fill);
        SequenceModel model = ModelOf();
        FrameToOrder predicting = new(upbit, () => new EngineRun(EngineRun.Options(int.MaxValue, model)), fill);
        List<LatencyComparison> all = [];
        foreach (int percent in new[] { 10, 50, 90 })
        {
            all.Add(new LatencyComparison($"Upbit 30 levels, {percent} % of capacity, book frames", new LatencyTargets(P50LimitNs: 1_500, P99LimitNs: 4_000),
                At(imbalance, percent, frames, isBooksOnly: true), []));
        }
        foreach (int percent in new[] { 10, 50, 90 })
        {
            all.Add(new LatencyComparison($"Upbit 30 levels with an H=100 model, {percent} % of capacity, book frames",
                new LatencyTargets(P50LimitNs: 3_000, P99LimitNs: 10_000), At(predicting, percent, frames / 4, isBooksOnly: true), []));
        }
        AddRecorded(all, options, "futures BTCUSDT", VenueId.BinanceUsdm, "BTCUSDT", Futures);
        AddRecorded(all, options, "spot NEXOUSDT", VenueId.BinanceSpot, "NEXOUSDT", Nexo);
        AddRecorded(all, options, "Upbit, 10 markets", VenueId.Upbit, null, UpbitTen);
        return all;
    }

    private static LatencyContender At(FrameToOrder frames, int percent, int count, bool isBooksOnly) =>
        new("obs, fused", sample => frames.AtShareOfCapacity(percent / 100.0, count, isBooksOnly, sample));

    private static void AddRecorded(List<LatencyComparison> all, BenchOptions options, string name, VenueId venue, string? symbol, params string[] files)
    {
        RecordedSlice slice = RecordedSlice.Of($"slice-{venue}-{symbol}", venue, symbol, options.Short ? 0.2 : 20, files);
        FrameToOrder frames = new(slice.Tape, slice.NewRun, slice.Begin);
        LatencyContender books = new("obs, fused", RecordedSlice.WarmThen(options.WarmupMs, sample => frames.AtRecordedPace(isBooksOnly: true, rowNs: 20, sample), () => frames.SecondsBackToBack(slice.Tape.Count)));
        LatencyContender every = new("obs, fused", RecordedSlice.WarmThen(options.WarmupMs, sample => frames.AtRecordedPace(isBooksOnly: false, rowNs: 0, sample), () => frames.SecondsBackToBack(slice.Tape.Count)));
        all.Add(new LatencyComparison($"{name}, 20 s at recorded pace, book frames less 20 ns a level row", new LatencyTargets(P50LimitNs: 300), books, []) { Rounds = 1 });
        all.Add(new LatencyComparison($"{name}, 20 s at recorded pace, all frames", new LatencyTargets(P50LimitNs: 400), every, []) { Rounds = 1 });
    }

    private static SequenceModel ModelOf()
    {
        SequenceModel drawn = new PredictionWorkload(hidden: 100, features: 6, window: 60, layers: 1).Model;
        string[] six = ["spread", "mid_price", "obi", "price_volatility", "buy_sell_ratio", "price_change_rate"];
        double[] center = [10_000, 95_000_000, 0, 0, 0.5, 0], scale = [10_000, 1_000_000, 1, 10_000, 0.5, 0.001];
        ModelMetadata metadata = drawn.Metadata with { Features = six, Scaler = new RobustScaler(center, scale) };
        return new SequenceModel(metadata, "bench", drawn.Hidden, drawn.Layers, drawn.HeadWeights, drawn.HeadBias);
    }

    private static void RequireSameHash(RecordedJournal journal)
    {
        EngineRun text = journal.NewRun(EngineRun.Options()), decoded = journal.NewRun(EngineRun.Options());
        journal.RunText(text);
        journal.RunDecoded(decoded);
        if (text.Engine.StateHash != decoded.Engine.StateHash)
            throw new InvalidOperationException($"Text gave state {text.Engine.StateHash:x16}, the decoded cache {decoded.Engine.StateHash:x16}: the same frames must give the same state.");
    }

    private static Contender Text(RecordedJournal journal, long operations, bool withRows = false)
    {
        EngineRun run = null!;
        return new Contender("obs, all stages", operations, () => journal.RunText(run), () => run = journal.NewRun(EngineRun.Options(), withRows ? new RowSink() : null));
    }

    private static Contender Decoded(RecordedJournal journal)
    {
        EngineRun run = null!;
        return new Contender("obs, all stages", journal.Events, () => journal.RunDecoded(run), () => run = journal.NewRun(EngineRun.Options()));
    }

    private static Contender NaiveText(RecordedJournal journal) =>
        new("System.Text.Json + SortedDictionary + rule", journal.Lines, () => new NaiveBacktest().RunText(journal));

    private static Contender NaiveDecoded(RecordedJournal journal) =>
        new("SortedDictionary + rule, from the same events", journal.Events, () => new NaiveBacktest().RunDecoded(journal));
}
