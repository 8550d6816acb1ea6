using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>The printed check sums of the prediction study and the feature rows of its reference trees, on the real 24 h recording.</summary>
/// <remarks>The study's rows stand on whole seconds of receive time ("the state after all frames received ≤ t"), the engine's on frames: FillRow takes the former
/// from the same calculator, so formulas, windows and joins are those the engine runs. Rows: t from the first second with 30 trades to 60 s before the last book frame;
/// the sums run over training [600, 52670) and validation [53090, 65688).</remarks>
internal sealed class NexoReferenceTests
{
    private static readonly Lazy<List<FeatureRow>> Rows = new(() => OnWholeSeconds(NexoRecording.Paths()));

    [TestCase(FeatureId.QueueImbalance, "-4967.347770", "-983.629429")]
    [TestCase(FeatureId.OrderBookImbalance, "3088.751745", "2842.825730")]
    [TestCase(FeatureId.OrderFlow5S, "-335.0161", "150.9763")]
    public void Sums_equal_the_printed_ones_to_the_digit(FeatureId id, string training, string validation)
    {
        _ = NexoRecording.Paths();
        Assert.That(Rows.Value, Has.Count.EqualTo(87_384));
        string format = $"F{training.Length - training.IndexOf('.', StringComparison.Ordinal) - 1}";
        Assert.That(Sum(id, 600, 52_670).ToString(format, CultureInfo.InvariantCulture), Is.EqualTo(training));
        Assert.That(Sum(id, 53_090, 65_688).ToString(format, CultureInfo.InvariantCulture), Is.EqualTo(validation));
    }

    [Test]
    public void Rows_of_the_reference_trees_are_found_with_all_twelve_features()
    {
        string path = SharedData.Path("data/models/trees_a.rows.csv");
        _ = NexoRecording.Paths();
        string[] lines = File.ReadAllLines(path);
        FeatureId[] ids = Array.ConvertAll(
            lines[0].Split(','), static (string name) => FeatureNames.TryParse(name.Trim(), out FeatureId id) ? id : throw new FormatException($"no feature is named '{name}'"));
        ILookup<float, FeatureRow> byMicro = Rows.Value.Skip(600).ToLookup(static (FeatureRow r) => MathF.Round((float)r[FeatureId.MicroPrice], 4));
        foreach (string line in lines.Skip(1).Take(180)) // the last 20 have empty cells
        {
            float[] wanted = Array.ConvertAll(line.Split(','), static (string cell) => float.Parse(cell, CultureInfo.InvariantCulture));
            float key = MathF.Round(wanted[Array.IndexOf(ids, FeatureId.MicroPrice)], 4);
            Assert.That(byMicro[key].Any((FeatureRow r) => Agrees(r, ids, wanted)), $"no row of the recording has these features: {line}");
        }
        Assert.That(Rows.Value.Any((FeatureRow r) => Agrees(r, ids, [.. ids.Select(static (FeatureId _) => 0.5f)])), Is.False, "the control: made-up features are not found");
    }

    [Test]
    public void Later_rows_have_every_feature()
    {
        _ = NexoRecording.Paths();
        Assert.That(Rows.Value.Skip(600).All(static (FeatureRow r) => (r.Present | FeatureSet.Of(FeatureId.OrderFlow5S, FeatureId.OrderFlow30S)) == FeatureSet.All));
    }

    private static bool Agrees(FeatureRow row, FeatureId[] ids, float[] wanted)
    {
        for (int index = 0; index < ids.Length; index++)
        {
            if (!(Math.Abs(row[ids[index]] - wanted[index]) <= 1e-6 * Math.Max(1, Math.Abs(wanted[index]))))
                return false;
        }
        return true;
    }

    private static double Sum(FeatureId id, int from, int to) => Rows.Value.Skip(from).Take(to - from).Sum((FeatureRow r) => r[id]);

    private static List<FeatureRow> OnWholeSeconds(string[] paths)
    {
        SortedTestBook book = SortedTestBook.Create(MadeMarket.Instrument);
        FeatureCalculator calculator = new(MadeMarket.Instrument, new FeatureOptions());
        List<(long Second, FeatureRow Row)> rows = [];
        FeatureRow row = default;
        int trades = 0;
        long second = 0, lastBook = 0;
        foreach ((MarketStep step, bool isSnapshot) in NexoRecording.Read(paths))
        {
            for (; second != 0 && second * MadeMarket.Second < step.Event.ReceiveNs; second++)
            {
                calculator.FillRow(second * MadeMarket.Second, ref row);
                if (trades >= 30)
                    rows.Add((second, row));
            }
            if (second == 0)
                second = (step.Event.ReceiveNs / MadeMarket.Second) + 1;
            if (step.IsTrade)
            {
                trades++;
                calculator.OnTrade(step.Event);
                continue;
            }
            MadeMarket.Apply(book, step);
            lastBook = step.Event.ReceiveNs;
            if (!isSnapshot)
                calculator.OnBook(in book, step.Event, step.Levels, ref row);
        }
        return [.. rows.TakeWhile(((long Second, FeatureRow) r) => (r.Second + 60) * MadeMarket.Second <= lastBook).Select(static ((long, FeatureRow Row) r) => r.Row)];
    }
}
