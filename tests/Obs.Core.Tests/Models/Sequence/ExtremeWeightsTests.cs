using System;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>Weights and rows at the edges of what a file may hold: results stay finite and agree with double as far as float can.</summary>
[TestFixture]
internal sealed class ExtremeWeightsTests
{
    private const int Window = 6;

    [Test]
    public void The_largest_weights_saturate_every_gate_and_stay_finite([Values] ModelKind kind, [Values(-TensorValues.WeightMax, TensorValues.WeightMax)] double weight)
    {
        SequenceModel model = WithAll(kind, _ => weight).Model();
        foreach (SequencePath path in (SequencePath[])[SequencePath.Staggered, SequencePath.Window])
        {
            ISequenceSession session = SequenceSessions.Create(model, path);
            foreach (double[] row in ModelFixture.Rows(20, 3, seed: 1))
            {
                session.OnRow([row[0] * 1e300, row[1], -row[2] * 1e300], out double prediction);
                Assert.That(double.IsFinite(prediction), Is.True, $"{path}");
            }
        }
    }

    [Test]
    public void Zero_weights_give_the_bias_of_the_head([Values] ModelKind kind)
    {
        SafetensorsBuilder builder = WithAll(kind, _ => 0).Replace("fc.bias", entry => entry with { Values = [0.5] });
        SequenceModel model = builder.Model();
        long[] bits = SessionRuns.Diligent(SequenceSessions.Create(model), ModelFixture.Rows(Window, 3, seed: 1));
        Assert.That(BitConverter.Int64BitsToDouble(bits[^1]), Is.EqualTo(model.Metadata.Target.Unscale(0.5f)));
    }

    [Test]
    public void Weights_too_small_for_normal_floats_do_no_harm([Values] ModelKind kind)
    {
        SequenceModel model = WithAll(kind, index => index % 2 == 0 ? 1e-40 : -1e-44).Model();
        double[][] rows = ModelFixture.Rows(Window + 4, 3, seed: 2);
        SequenceNetwork network = SequenceNetwork.Create(model);
        long[] bits = SessionRuns.Diligent(new StaggeredSession(network), rows);
        Assert.That(SessionRuns.Diligent(new WindowSession(network), rows), Is.EqualTo(bits));
        Assert.That(SessionRuns.WorstAgainstReference(model, rows, bits), Is.LessThan(1e-6));
    }

    [Test]
    public void A_constant_row_for_a_long_time_neither_drifts_nor_overflows([Values] ModelKind kind)
    {
        SequenceModel model = ModelFixture.Model(kind, hidden: 9, features: 3, window: Window, layers: 2);
        ISequenceSession session = SequenceSessions.Create(model);
        long[] bits = SessionRuns.Diligent(session, [.. ModelFixture.Rows(3, 3, seed: 1), .. Repeat([0.1, -0.2, 0.3], 500)]);
        Assert.That(bits[^1], Is.EqualTo(bits[3 + Window]), "a window of equal rows predicts the same at any time");
    }

    [Test]
    public void Saturated_cells_grow_by_one_a_step_and_no_further()
    {
        SafetensorsBuilder builder = WithAll(ModelKind.Lstm, _ => 0)
            .Replace("lstm.bias_ih_l1", entry => entry with { Values = Filled(entry.Values.Length, 100) })
            .Replace("fc.weight", entry => entry with { Values = Filled(entry.Values.Length, 1) });
        SequenceModel model = builder.Model();
        long[] bits = SessionRuns.Diligent(SequenceSessions.Create(model), ModelFixture.Rows(Window, 3, seed: 1));
        double expected = model.Hidden * Math.Tanh(Window);
        Assert.That(BitConverter.Int64BitsToDouble(bits[^1]), Is.EqualTo(model.Metadata.Target.Unscale(expected)).Within(1e-5 * model.Metadata.Target.Scale));
    }

    private static SafetensorsBuilder WithAll(ModelKind kind, Func<int, double> weight)
    {
        SafetensorsBuilder builder = ModelFixture.Builder(kind, hidden: 7, features: 3, window: Window, layers: 2);
        foreach (string name in builder.Names)
            builder.Replace(name, entry => entry with { Values = Filled(entry.Values.Length, weight) });
        return builder;
    }

    private static double[] Filled(int length, double value) => Filled(length, _ => value);

    private static double[] Filled(int length, Func<int, double> value)
    {
        double[] values = new double[length];
        for (int i = 0; i < length; i++)
            values[i] = value(i);
        return values;
    }

    private static double[][] Repeat(double[] row, int count)
    {
        double[][] rows = new double[count][];
        Array.Fill(rows, row);
        return rows;
    }
}
