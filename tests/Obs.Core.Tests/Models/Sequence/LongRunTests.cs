using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Models;
using Obs.Core.Models.Sequence;

namespace Obs.Core.Tests.Models.Sequence;

/// <summary>Random lives of a session: rows, bursts, slices, refusals, clears and restores, against a session that always runs whole windows.</summary>
[TestFixture]
internal sealed class LongRunTests
{
    [Test]
    public void A_random_life_gives_the_bits_of_whole_windows([Range(1, 6)] int seed) => Live(seed, steps: 1_500);

    [Test, Category("Soak")]
    public void Many_random_lives_give_the_bits_of_whole_windows([Range(100, 160)] int seed) => Live(seed, steps: 20_000);

    [Test]
    public void Control_a_life_that_loses_a_row_is_noticed() =>
        Assert.That(
            Enumerable.Range(1, 6).Count(seed => FirstDifference(seed, steps: 1_500, loseRowFrom: 700).Length > 0),
            Is.AtLeast(4),
            "windows of one row and a clear right after forgive it, others must not");

    private static void Live(int seed, int steps) => Assert.That(FirstDifference(seed, steps, loseRowFrom: int.MaxValue), Is.Empty);

    /// <summary>Where the two sessions first said something else; empty when they never did.</summary>
    private static string FirstDifference(int seed, int steps, int loseRowFrom)
    {
        Random random = new(seed);
        SequenceModel model = ModelFixture.Model(
            (ModelKind)random.Next(2), random.Next(1, 40), random.Next(1, 7), random.Next(1, 20), random.Next(1, 4), seed);
        SequenceNetwork network = SequenceNetwork.Create(model);
        WindowSession whole = new(network);
        StaggeredSession staggered = new(network);
        for (int step = 0; step < steps; step++)
        {
            switch (random.Next(100))
            {
                case 0:
                    whole.Clear();
                    staggered.Clear();
                    break;
                case 1:
                    double[] rows = new double[staggered.HeldRows * model.Features];
                    staggered.CopyRows(rows);
                    staggered = new StaggeredSession(network);
                    staggered.Restore(rows, whole.OutOfRangeInputs);
                    break;
                case 2:
                    if (staggered.OnRow([double.NaN], out _) != PredictionStatus.InvalidInput)
                        return $"seed {seed}, step {step}: a row that is no row was taken";
                    break;
                case < 40:
                    for (int slice = random.Next(30); slice > 0 && staggered.RunBackgroundSlice(); slice--)
                    {
                        // some of the background
                    }
                    break;
                default:
                    bool isLost = step >= loseRowFrom;
                    loseRowFrom = isLost ? int.MaxValue : loseRowFrom;
                    if (!SameOnRow(whole, staggered, ModelFixture.Rows(1, model.Features, seed + (7919 * step))[0], isLost))
                        return $"seed {seed}, step {step}: another prediction or status";
                    break;
            }
        }
        return (staggered.StateHash, staggered.OutOfRangeInputs) == (whole.StateHash, whole.OutOfRangeInputs) ? "" : $"seed {seed}: state at the end";
    }

    private static bool SameOnRow(WindowSession whole, StaggeredSession staggered, double[] row, bool isLost)
    {
        PredictionStatus expectedStatus = whole.OnRow(row, out double expected);
        if (isLost)
            return true;
        PredictionStatus status = staggered.OnRow(row, out double prediction);
        return status == expectedStatus && BitConverter.DoubleToInt64Bits(prediction) == BitConverter.DoubleToInt64Bits(expected);
    }
}
