using System.Collections.Generic;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;
using Obs.Bench.Suites.Prediction;
using Obs.Core.Market;
using Obs.Core.Models;

namespace Obs.Bench.Suites;

/// <summary>From a frame's receipt to the paper order, one thread: at recorded pace and open loop at 10, 50 and 90 % of the capacity in book frames a second.</summary>
internal sealed class LatencySuite : IBenchSuite
{
    private const double SliceSeconds = 20;
    private const string Futures = "data/binance/usdm_btcusdt_20240808.gz";
    private const string UpbitTen = "data/upbit/upbit_10markets_20210405.frames.gz";
    private static readonly string[] Spot = ["data/binance/spot_btcusdt_20240808.gz", "data/binance/spot_btcusdt_20240809.gz"];
    private static readonly string[] Nexo = ["data/binance/spot_nexousdt_20240723.dat.gz", "data/binance/spot_nexousdt_20240724.dat.gz"];

    /// <inheritdoc/>
    public string Name => "latency";

    /// <inheritdoc/>
    public string Title => "Frame received to paper order out, fused, all stages: raw, and without what the machine delayed";

    /// <inheritdoc/>
    public IReadOnlyList<Comparison> Comparisons(BenchOptions options) => [];

    /// <inheritdoc/>
    public IReadOnlyList<LatencyComparison> Latencies(BenchOptions options)
    {
        List<LatencyComparison> all = [];
        int frames = (int)options.Operations(60_000), fill = (int)options.Operations(20_000);
        FrameTape upbit = FrameTape.Upbit30(frames + fill);
        FrameToOrder imbalance = new(upbit, static () => new EngineRun(EngineRun.Options(int.MaxValue)), fill);
        AddLoads(all, options, "Upbit 30 levels", imbalance, frames, new LatencyTargets(P50LimitNs: 300 + (60 * 20), P99LimitNs: 4_000));
        SequenceModel model = ModelOf();
        FrameToOrder predicting = new(upbit, () => new EngineRun(EngineRun.Options(int.MaxValue, model)), fill);
        AddModel(all, options, predicting, frames / 4);
        AddRecorded(all, options, "futures BTCUSDT", VenueId.BinanceUsdm, "BTCUSDT", Futures);
        AddRecorded(all, options, "spot BTCUSDT", VenueId.BinanceSpot, "BTCUSDT", Spot);
        AddRecorded(all, options, "spot NEXOUSDT", VenueId.BinanceSpot, "NEXOUSDT", Nexo);
        AddRecorded(all, options, "Upbit, 10 markets", VenueId.Upbit, null, UpbitTen);
        return all;
    }

    private static void AddRecorded(List<LatencyComparison> all, BenchOptions options, string name, VenueId venue, string? symbol, params string[] files)
    {
        foreach (string file in files)
        {
            if (BenchData.Missing(file) is not null)
                return;
        }
        RecordedSlice slice = RecordedSlice.Of($"slice-{venue}-{symbol}", venue, symbol, options.Short ? 0.5 : 600, files);
        FrameToOrder frames = new(slice.Tape, slice.NewRun, slice.Begin);
        AddLoads(all, options, name, frames, frames.IsBook.Length, whole: null);
    }

    private static void AddLoads(List<LatencyComparison> all, BenchOptions options, string name, FrameToOrder frames, int count, LatencyTargets? whole)
    {
        int slice = frames.FramesWithin(options.Short ? 0.1 : SliceSeconds);
        Tell(all, $"{name}, {SliceSeconds} s at recorded pace", new LatencyRounds(frames, 3, measured => measured.AtRecordedPace(slice)), whole);
        foreach (int percent in new[] { 10, 50, 90 })
            Tell(all, $"{name}, {percent} % of capacity", LatencyRounds.AtShare(frames, count, percent / 100.0, 3), whole);
    }

    private static void Tell(List<LatencyComparison> all, string load, LatencyRounds rounds, LatencyTargets? whole)
    {
        if (whole is not null)
            all.Add(new LatencyComparison($"{load}, book frames", whole, rounds.Told(isBooksOnly: true, rowNs: 0), []) { Rounds = 1 });
        all.Add(new LatencyComparison($"{load}, book frames less 20 ns a level row", new LatencyTargets(P50LimitNs: 300), rounds.Told(isBooksOnly: true, rowNs: 20), []) { Rounds = 1 });
        all.Add(new LatencyComparison($"{load}, all frames", new LatencyTargets(P50LimitNs: 400), rounds.Told(isBooksOnly: false, rowNs: 0), []) { Rounds = 1 });
    }

    private static void AddModel(List<LatencyComparison> all, BenchOptions options, FrameToOrder frames, int count)
    {
        LatencyTargets targets = new(P50LimitNs: 3_000, P99LimitNs: 10_000);
        int slice = frames.FramesWithin(options.Short ? 0.1 : SliceSeconds);
        LatencyRounds paced = new(frames, 3, measured => measured.AtRecordedPace(slice));
        all.Add(new LatencyComparison($"Upbit 30 levels with an H=100 model, {SliceSeconds} s at recorded pace, book frames", targets, paced.Told(isBooksOnly: true, rowNs: 0), []) { Rounds = 1 });
        foreach (int percent in new[] { 10, 50, 90 })
        {
            LatencyContender told = LatencyRounds.AtShare(frames, count, percent / 100.0, 3).Told(isBooksOnly: true, rowNs: 0);
            all.Add(new LatencyComparison($"Upbit 30 levels with an H=100 model, {percent} % of capacity, book frames", targets, told, []) { Rounds = 1 });
        }
    }

    private static SequenceModel ModelOf()
    {
        SequenceModel drawn = new PredictionWorkload(hidden: 100, features: 6, window: 60, layers: 1).Model;
        string[] six = ["spread", "mid_price", "obi", "price_volatility", "buy_sell_ratio", "price_change_rate"];
        double[] center = [10_000, 95_000_000, 0, 0, 0.5, 0], scale = [10_000, 1_000_000, 1, 10_000, 0.5, 0.001];
        ModelMetadata metadata = drawn.Metadata with { Features = six, Scaler = new RobustScaler(center, scale) };
        return new SequenceModel(metadata, "bench", drawn.Hidden, drawn.Layers, drawn.HeadWeights, drawn.HeadBias);
    }
}
