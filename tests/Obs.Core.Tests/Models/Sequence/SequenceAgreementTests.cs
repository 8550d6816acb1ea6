using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>Fast sessions against the double reference, and against each other bit by bit.</summary>
[TestFixture]
internal sealed class SequenceAgreementTests
{
    private const double ToleranceInTargetScales = 1e-5;

    private static readonly VectorWidth[] Widths = [VectorWidth.Lanes4, VectorWidth.Lanes8, VectorWidth.Lanes16];

    [TestCase(1, 1, 1, 1), TestCase(1, 3, 2, 2), TestCase(2, 6, 5, 3), TestCase(3, 1, 8, 1), TestCase(4, 5, 3, 2), TestCase(5, 13, 30, 1)]
    [TestCase(7, 2, 1, 3), TestCase(8, 6, 30, 1), TestCase(15, 6, 12, 2), TestCase(16, 16, 7, 3), TestCase(17, 6, 20, 1), TestCase(31, 100, 9, 2)]
    [TestCase(32, 6, 30, 1), TestCase(33, 13, 10, 3), TestCase(50, 5, 20, 1), TestCase(64, 6, 16, 2), TestCase(65, 7, 5, 1), TestCase(100, 6, 90, 1)]
    [TestCase(100, 100, 12, 2), TestCase(127, 3, 6, 1), TestCase(200, 6, 10, 1), TestCase(200, 30, 4, 3), TestCase(260, 6, 3, 1)]
    public void Every_size_agrees_with_double_and_all_paths_and_widths_share_their_bits(int hidden, int features, int window, int layers)
    {
        foreach (ModelKind kind in (ModelKind[])[ModelKind.Lstm, ModelKind.Gru])
        {
            string what = $"{kind} H={hidden} F={features} T={window} L={layers}";
            SequenceModel model = ModelFixture.Model(kind, hidden, features, window, layers, seed: hidden);
            double[][] rows = ModelFixture.Rows(window + 6, features, seed: features);
            long[] bits = SessionRuns.Diligent(SequenceSessions.Create(model), rows);
            Assert.That(SessionRuns.WorstAgainstReference(model, rows, bits), Is.LessThan(ToleranceInTargetScales), what);
            foreach (VectorWidth width in Widths)
            {
                SequenceNetwork network = SequenceNetwork.Create(model, width);
                Assert.That(
                    SessionRuns.Diligent(new StaggeredSession(network), rows),
                    Is.EqualTo(bits),
                    $"{what}: staggered, {width}");
                Assert.That(SessionRuns.Diligent(new WindowSession(network), rows), Is.EqualTo(bits), $"{what}: window, {width}");
            }
        }
    }

    [Test]
    public void Double_weights_agree_too()
    {
        SequenceModel model = ModelFixture.Builder(hidden: 20, features: 4, window: 10, layers: 2).AllAs("F64").Model();
        double[][] rows = ModelFixture.Rows(20, 4, seed: 5);
        Assert.That(
            SessionRuns.WorstAgainstReference(model, rows, SessionRuns.Diligent(SequenceSessions.Create(model), rows)),
            Is.LessThan(ToleranceInTargetScales));
    }

    [TestCase("lstm.weight_ih_l0"), TestCase("lstm.weight_hh_l0"), TestCase("lstm.bias_hh_l0"), TestCase("lstm.weight_ih_l1"), TestCase("lstm.weight_hh_l1"), TestCase("fc.weight")]
    public void Planted_fault_one_changed_weight_is_noticed(string tensor)
    {
        SafetensorsBuilder builder = ModelFixture.Builder(hidden: 6, features: 3, window: 5, layers: 2);
        SequenceModel right = builder.Model();
        SequenceModel wrong = builder.Replace(tensor, entry => entry with { Values = [entry.Values[0] + 0.05, .. entry.Values[1..]] }).Model();
        double[][] rows = ModelFixture.Rows(12, 3, seed: 2);
        long[] bits = SessionRuns.Diligent(SequenceSessions.Create(wrong), rows);
        Assert.That(
            SessionRuns.WorstAgainstReference(right, rows, bits),
            Is.GreaterThan(ToleranceInTargetScales),
            "a check that misses this proves nothing");
    }

    [Test]
    public void Absurd_but_finite_rows_give_finite_predictions()
    {
        SequenceModel model = ModelFixture.Model(hidden: 9, features: 2, window: 3, layers: 2);
        ISequenceSession session = SequenceSessions.Create(model);
        foreach (double[] row in (double[][])[[1e308, -1e308], [0, 1e-308], [double.MaxValue, 5], [0, 0]])
        {
            PredictionStatus status = session.OnRow(row, out double prediction);
            Assert.That(double.IsFinite(prediction), Is.True, $"{status}");
        }
        Assert.That(session.OutOfRangeInputs, Is.EqualTo(4));
    }

    [Test]
    public void The_widest_width_is_one_the_machine_has()
    {
        int lanes = SequenceNetwork.Create(ModelFixture.Model()).Lanes;
        Assert.That(lanes, Is.AnyOf(4, 8, 16));
        Assert.That(
            lanes,
            Is.EqualTo(System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? 16 : System.Runtime.Intrinsics.Vector256.IsHardwareAccelerated ? 8 : 4));
    }
}
