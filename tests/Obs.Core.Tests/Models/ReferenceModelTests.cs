using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;
using Obs.Core.Tests.Models.Sequence;

namespace Obs.Core.Tests.Models;

/// <summary>Models of the shared data, whose outputs PyTorch computed in double.</summary>
[TestFixture]
internal sealed class ReferenceModelTests
{
    private const double ToleranceInTargetScales = 1e-5;

    private static readonly string[] Networks =
    [
        "lstm_h50_l1_f5_t60_return", "lstm_h100_l1_f6_t90_price", "lstm_h200_l1_f6_t60_price", "lstm_h32_l2_f6_t30_logReturn",
        "lstm_h37_l3_f6_t45_return", "gru_h64_l1_f6_t60_return", "gru_h50_l2_f6_t60_logReturn",
    ];

    [Test]
    public void Both_paths_agree_with_the_reference_and_with_each_other([ValueSource(nameof(Networks))] string name)
    {
        SequenceModel model = ModelFile.Load(SharedData.Path($"data/models/{name}.safetensors"));
        Dictionary<long, double> expected = Expected(name);
        Dictionary<long, double> staggered = Run(model, name, SequencePath.Staggered);
        double worst = WorstInTargetScales(expected, staggered, model);
        TestContext.Out.WriteLine($"{name}: {expected.Count} rows, worst difference {worst:E2} target scales");
        Assert.Multiple(() =>
        {
            Assert.That(worst, Is.LessThan(ToleranceInTargetScales));
            Assert.That(Run(model, name, SequencePath.Window), Is.EqualTo(staggered), "the paths differ in bits");
        });
    }

    [Test]
    public void The_double_reference_is_right_to_rounding([ValueSource(nameof(Networks))] string name)
    {
        SequenceModel model = ModelFile.Load(SharedData.Path($"data/models/{name}.safetensors"));
        ReferenceNetwork reference = new(model);
        double[][] rows = Rows(model, name);
        foreach ((long row, double value) in Expected(name).Take(3))
        {
            double[] window = [.. rows[((int)row - model.Window + 1)..((int)row + 1)].SelectMany(values => values)];
            Assert.That(
                reference.Predict(window),
                Is.EqualTo(value).Within(1e-12 * model.Metadata.Target.Scale + 1e-15 * Math.Abs(value)),
                $"row {row}");
        }
    }

    [Test]
    public void Planted_fault_gates_in_another_order_are_noticed([Values("lstm_h50_l1_f5_t60_return", "gru_h64_l1_f6_t60_return")] string name)
    {
        SequenceModel model = SwapFirstGates(ModelFile.Load(SharedData.Path($"data/models/{name}.safetensors")));
        double worst = WorstInTargetScales(Expected(name), Run(model, name, SequencePath.Staggered), model);
        Assert.That(worst, Is.GreaterThan(ToleranceInTargetScales));
    }

    [TestCase("cnn_c32_l2_f6_t60_logReturn.safetensors", "obs.kind is 'cnn', which is not supported by this build")]
    [TestCase("cnnlstm_c16_h32_l1_f6_t60_logReturn.safetensors", "obs.kind is 'cnnlstm', which is not supported by this build")]
    [TestCase("xgb_reg_t100_d4.json", "tree models (XGBoost JSON) are not supported by this build")]
    [TestCase("lgbm_reg_t100_l15.txt", "tree models are not supported by this build")]
    [TestCase("train_lstm_h16_t20_init.safetensors", "metadata obs.features is missing")]
    public void Families_of_other_builds_are_refused_with_the_reason(string file, string message)
    {
        string path = SharedData.Path($"data/models/{file}");
        Assert.That(
            Assert.Throws<ModelException>(() => ModelFile.Load(path))!.Message,
            Does.StartWith(path).And.Contain(message));
    }

    [Test]
    public void Rows_without_the_models_feature_are_refused()
    {
        SequenceModel model = ModelFile.Load(SharedData.Path("data/models/lstm_h100_l1_f6_t90_price.safetensors"));
        using StreamReader rows = new(SharedData.Path("data/models/lstm_h50_l1_f5_t60_return.windows.csv"));
        Assert.That(
            Assert.Throws<ModelException>(() => ModelRunner.Run(model, rows, "rows", SequencePath.Window, (_, _) => { }))!.Message,
            Does.Contain("column 'price_change_rate' is missing"));
    }

    private static SequenceModel SwapFirstGates(SequenceModel model)
    {
        LayerWeights layer = model.Layers[0];
        LayerWeights swapped = new(
            layer.Inputs, Swap(layer.InputWeights, model.Gates), Swap(layer.RecurrentWeights, model.Gates), Swap(layer.InputBias, model.Gates), Swap(layer.RecurrentBias, model.Gates));
        return new SequenceModel(model.Metadata, model.Name, model.Hidden, [swapped], model.HeadWeights, model.HeadBias);
    }

    private static double[] Swap(double[] values, int gates)
    {
        int gate = values.Length / gates;
        return [.. values[gate..(2 * gate)], .. values[..gate], .. values[(2 * gate)..]];
    }

    private static Dictionary<long, double> Run(SequenceModel model, string name, SequencePath path)
    {
        Dictionary<long, double> result = [];
        using StreamReader rows = new(SharedData.Path($"data/models/{name}.windows.csv"));
        ModelRunner.Run(model, rows, name, path, result.Add);
        return result;
    }

    private static double[][] Rows(SequenceModel model, string name)
    {
        using StreamReader reader = new(SharedData.Path($"data/models/{name}.windows.csv"));
        FeatureCsv csv = new(reader, name, model);
        List<double[]> rows = [];
        double[] row = new double[model.Features];
        while (csv.TryRead(row, out _))
            rows.Add([.. row]);
        return [.. rows];
    }

    private static Dictionary<long, double> Expected(string name) =>
        File.ReadLines(SharedData.Path($"data/models/{name}.expected.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => long.Parse(cells[0], CultureInfo.InvariantCulture), cells => double.Parse(cells[1], CultureInfo.InvariantCulture));

    private static double WorstInTargetScales(Dictionary<long, double> expected, Dictionary<long, double> actual, SequenceModel model)
    {
        Assert.That(actual.Keys, Is.EquivalentTo(expected.Keys), "rows with a prediction");
        return expected.Max(pair => Math.Abs(actual[pair.Key] - pair.Value)) / model.Metadata.Target.Scale;
    }
}
