using System;
using System.Globalization;
using System.Linq;
using Obs.Core.Models;

namespace Obs.Core.Tests.Models;

/// <summary>Seeded models and rows of any size, in the shape that a trained file has.</summary>
internal static class ModelFixture
{
    public static SafetensorsBuilder Builder(ModelKind kind = ModelKind.Lstm, int hidden = 5, int features = 3, int window = 4, int layers = 1, int seed = 1)
    {
        Random random = new(seed);
        string prefix = kind == ModelKind.Lstm ? "lstm" : "gru";
        int rows = SequenceModel.GatesOf(kind) * hidden;
        SafetensorsBuilder builder = new();
        for (int layer = 0; layer < layers; layer++)
        {
            int inputs = layer == 0 ? features : hidden;
            builder.Tensor($"{prefix}.weight_ih_l{layer}", Weights(random, rows * inputs, inputs), rows, inputs)
                .Tensor($"{prefix}.weight_hh_l{layer}", Weights(random, rows * hidden, hidden), rows, hidden)
                .Tensor($"{prefix}.bias_ih_l{layer}", Weights(random, rows, 4), rows)
                .Tensor($"{prefix}.bias_hh_l{layer}", Weights(random, rows, 4), rows);
        }
        builder.Tensor("fc.weight", Weights(random, hidden, hidden), 1, hidden).Tensor("fc.bias", Weights(random, 1, 4), 1);
        Describe(builder, prefix, features, window);
        return builder;
    }

    public static SequenceModel Model(ModelKind kind = ModelKind.Lstm, int hidden = 5, int features = 3, int window = 4, int layers = 1, int seed = 1) =>
        Builder(kind, hidden, features, window, layers, seed).Model();

    public static double[][] Rows(int count, int features, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, features).Select(_ => Normal(random)).ToArray())];
    }

    /// <summary>Uniform in ± 2/√inputs: large enough that the recurrent part matters, small enough that gates don't all saturate.</summary>
    private static double[] Weights(Random random, int count, int inputs) =>
        [.. Enumerable.Range(0, count).Select(_ => (double)(float)((random.NextDouble() - 0.5) * 4 / Math.Sqrt(inputs)))];

    private static double Normal(Random random) => random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5;

    private static void Describe(SafetensorsBuilder builder, string kind, int features, int window)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        builder.Metadata["obs.kind"] = kind;
        builder.Metadata["obs.features"] = string.Join(',', Enumerable.Range(0, features).Select(i => $"f{i}"));
        builder.Metadata["obs.window"] = window.ToString(plain);
        builder.Metadata["obs.horizonMs"] = "5000";
        builder.Metadata["obs.target"] = "logReturn";
        builder.Metadata["obs.scaler.center"] = $"[{string.Join(", ", Enumerable.Range(0, features).Select(i => (0.01 * i).ToString(plain)))}]";
        builder.Metadata["obs.scaler.scale"] = $"[{string.Join(", ", Enumerable.Range(0, features).Select(i => (0.5 + (0.001 * i)).ToString(plain)))}]";
        builder.Metadata["obs.target.center"] = "0.0001";
        builder.Metadata["obs.target.scale"] = "0.0005";
    }
}
