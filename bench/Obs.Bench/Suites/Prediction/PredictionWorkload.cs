using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Models;

namespace Obs.Bench.Suites.Prediction;

/// <summary>A seeded LSTM and rows for it: weights as PyTorch would draw them, rows as a scaler would see them.</summary>
internal sealed class PredictionWorkload
{
    private const int RowCount = 4_096;

    private readonly double[][] _rows;
    private int _next;

    /// <summary>A workload of a given size.</summary>
    public PredictionWorkload(int hidden, int features, int window, int layers)
    {
        Random random = new(17);
        string[] names = [.. Enumerable.Range(0, features).Select(i => $"f{i}")];
        ModelMetadata metadata = new()
        {
            Kind = ModelKind.Lstm,
            Features = names,
            Window = window,
            HorizonMs = 5_000,
            Target = new ModelTarget(TargetKind.LogReturn, 0, 5e-4),
            Scaler = new RobustScaler(new double[features], [.. names.Select(_ => 1.0)]),
            Hash = new string('0', 64),
        };
        List<LayerWeights> weights = [];
        for (int layer = 0; layer < layers; layer++)
        {
            int inputs = layer == 0 ? features : hidden;
            int rows = 4 * hidden;
            weights.Add(new LayerWeights(
                inputs, Draw(random, rows * inputs, hidden), Draw(random, rows * hidden, hidden), Draw(random, rows, hidden), Draw(random, rows, hidden)));
        }
        Model = new SequenceModel(metadata, "bench", hidden, weights, Draw(random, hidden, hidden), 0.1);
        _rows = [.. Enumerable.Range(0, RowCount).Select(_ => Draw(random, features, 1))];
    }

    /// <summary>The model.</summary>
    public SequenceModel Model { get; }

    /// <summary>The next row, from the beginning again after the last.</summary>
    public double[] NextRow()
    {
        _next = (_next + 1) % RowCount;
        return _rows[_next];
    }

    private static double[] Draw(Random random, int count, int hidden) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() - 0.5) * 2 / Math.Sqrt(hidden)))];
}
