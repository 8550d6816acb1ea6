using System;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>The double reference on networks small enough to work out by hand.</summary>
[TestFixture]
internal sealed class ReferenceNetworkTests
{
    private const double Head = 2, HeadBias = 0.5;

    [Test]
    public void One_lstm_unit_over_two_rows()
    {
        SafetensorsBuilder builder = Unit("lstm", inputs: [0.1, 0.2, 0.3, 0.4], recurrent: [-0.5, 0.6, -0.7, 0.8], biasOfInput: [0.01, 0.02, 0.03, 0.04], biasOfRecurrent: [0, 0.1, 0, 0.1]);
        double c = 0, h = 0;
        foreach (double x in (double[])[1.5, -2])
        {
            double i = Logistic((0.1 * x) + 0.01 + (-0.5 * h));
            double f = Logistic((0.2 * x) + 0.02 + (0.6 * h) + 0.1);
            double g = Math.Tanh((0.3 * x) + 0.03 + (-0.7 * h));
            double o = Logistic((0.4 * x) + 0.04 + (0.8 * h) + 0.1);
            c = (f * c) + (i * g);
            h = o * Math.Tanh(c);
        }
        AssertOutput(builder, [1.5, -2], (Head * h) + HeadBias);
    }

    [Test]
    public void One_gru_unit_over_two_rows()
    {
        SafetensorsBuilder builder = Unit("gru", inputs: [0.1, 0.2, 0.3], recurrent: [-0.5, 0.6, -0.7], biasOfInput: [0.01, 0.02, 0.03], biasOfRecurrent: [0, 0.1, 0.2]);
        double h = 0;
        foreach (double x in (double[])[1.5, -2])
        {
            double r = Logistic((0.1 * x) + 0.01 + (-0.5 * h));
            double z = Logistic((0.2 * x) + 0.02 + (0.6 * h) + 0.1);
            double n = Math.Tanh((0.3 * x) + 0.03 + (r * ((-0.7 * h) + 0.2)));
            h = ((1 - z) * n) + (z * h);
        }
        AssertOutput(builder, [1.5, -2], (Head * h) + HeadBias);
    }

    [Test]
    public void Control_a_reset_gate_before_the_recurrent_product_gives_another_value()
    {
        SafetensorsBuilder builder = Unit("gru", inputs: [0.1, 0.2, 0.3], recurrent: [-0.5, 0.6, -0.7], biasOfInput: [0.01, 0.02, 0.03], biasOfRecurrent: [0, 0.1, 0.2]);
        double x = 1.5;
        double z = Logistic((0.2 * x) + 0.02 + 0.1);
        double other = (1 - z) * Math.Tanh((0.3 * x) + 0.03 + 0.2);
        builder.Metadata["obs.window"] = "1";
        double actual = new ReferenceNetwork(builder.Model()).Predict([x]);
        Assert.That(
            Math.Abs(actual - ((Head * other) + HeadBias)),
            Is.GreaterThan(1e-3),
            "the bias of the candidate's recurrent half stands inside the reset gate");
    }

    [Test]
    public void Input_and_output_are_scaled()
    {
        SafetensorsBuilder builder = Unit("gru", inputs: [0, 0, 1], recurrent: [0, 0, 0], biasOfInput: [0, -50, 0], biasOfRecurrent: [0, 0, 0]);
        (builder.Metadata["obs.window"], builder.Metadata["obs.scaler.center"], builder.Metadata["obs.scaler.scale"]) = ("1", "[10]", "[4]");
        (builder.Metadata["obs.target"], builder.Metadata["obs.target.center"], builder.Metadata["obs.target.scale"]) = ("price", "100", "3");
        double expected = 100 + (3 * ((Head * Math.Tanh((11.0 - 10) / 4)) + HeadBias));
        Assert.That(new ReferenceNetwork(builder.Model()).Predict([11.0]), Is.EqualTo(expected).Within(1e-12));
    }

    private static void AssertOutput(SafetensorsBuilder builder, double[] rows, double expected)
    {
        SequenceModel model = builder.Model();
        Assert.That(new ReferenceNetwork(model).Predict(rows), Is.EqualTo(expected).Within(1e-12));
        ISequenceSession session = SequenceSessions.Create(model);
        double prediction = 0;
        foreach (double row in rows)
            session.OnRow([row], out prediction);
        Assert.That(prediction, Is.EqualTo(expected).Within(2e-6), "the fast session");
    }

    private static SafetensorsBuilder Unit(string kind, double[] inputs, double[] recurrent, double[] biasOfInput, double[] biasOfRecurrent)
    {
        int gates = inputs.Length;
        SafetensorsBuilder builder = new SafetensorsBuilder()
            .Tensor($"{kind}.weight_ih_l0", inputs, gates, 1)
            .Tensor($"{kind}.weight_hh_l0", recurrent, gates, 1)
            .Tensor($"{kind}.bias_ih_l0", biasOfInput, gates)
            .Tensor($"{kind}.bias_hh_l0", biasOfRecurrent, gates)
            .Tensor("fc.weight", [Head], 1, 1)
            .Tensor("fc.bias", [HeadBias], 1)
            .AllAs("F64");
        (builder.Metadata["obs.kind"], builder.Metadata["obs.features"], builder.Metadata["obs.window"]) = (kind, "x", "2");
        (builder.Metadata["obs.horizonMs"], builder.Metadata["obs.target"]) = ("1000", "return");
        (builder.Metadata["obs.scaler.center"], builder.Metadata["obs.scaler.scale"]) = ("[0]", "[1]");
        (builder.Metadata["obs.target.center"], builder.Metadata["obs.target.scale"]) = ("0", "1");
        return builder;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
