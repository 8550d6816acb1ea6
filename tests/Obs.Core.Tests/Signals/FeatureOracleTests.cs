using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>The calculator against a recomputation from the whole history, over random markets.</summary>
internal sealed class FeatureOracleTests
{
    private const double Tolerance = 1e-11;
    private static readonly FeatureId[] Ids = [.. Enumerable.Range(0, FeatureNames.Count).Select(static (int id) => (FeatureId)id)];

    [Test]
    public void Every_feature_equals_its_definition_after_every_frame([Range(1, 8)] int seed) =>
        Assert.That(FirstDifference(seed, 1500, strictFlow: false), Is.Null);

    [Test]
    public void A_planted_fault_is_found([Range(1, 3)] int seed) =>
        Assert.That(FirstDifference(seed, 1500, strictFlow: true), Does.Contain("ofi1"), "order flow with strict inequalities must not pass for the right one");

    [TestCase(2, 1)]
    [TestCase(5, 3)]
    [TestCase(7, 40)]
    public void Settings_change_the_windows(int tradeWindow, int obiLevels) =>
        Assert.That(FirstDifference(99, 1000, strictFlow: false, new FeatureOptions { TradeWindow = tradeWindow, ObiLevels = obiLevels }), Is.Null);

    [Test]
    public void Each_feature_is_the_same_when_it_is_wanted_alone([Values] FeatureId id)
    {
        List<MarketStep> steps = MadeMarket.Random(5, 600);
        FeatureRun all = new FeatureRun().FeedAll(steps);
        FeatureRun alone = new FeatureRun(new FeatureOptions { Wanted = FeatureSet.Of(id) }).FeedAll(steps);
        Assert.That(alone.Rows.All((FeatureRow r) => FeatureSet.Of(id).HasAll(r.Present)), "what is not wanted is absent");
        Assert.That(alone.Rows.Select((FeatureRow r) => BitConverter.DoubleToInt64Bits(r[id])), Is.EqualTo(all.Rows.Select((FeatureRow r) => BitConverter.DoubleToInt64Bits(r[id]))));
    }

    [Test]
    public void A_resynchronisation_clears_what_the_book_made_and_keeps_the_trades([Range(1, 3)] int seed)
    {
        List<MarketStep> steps = MadeMarket.Random(seed, 900);
        FeatureRun run = new();
        NaiveFeatures oracle = new(MadeMarket.Instrument);
        for (int index = 0; index < steps.Count; index++)
        {
            if (index % 211 == 210)
            {
                run.Calculator.OnResync();
                oracle.OnResync();
            }
            Assert.That(Step(run, oracle, steps[index]), Is.Null, $"seed {seed}, step {index}");
        }
    }

    [Test]
    public void A_row_can_be_taken_at_any_later_time([Range(1, 3)] int seed)
    {
        FeatureRun run = new();
        NaiveFeatures oracle = new(MadeMarket.Instrument);
        FeatureRow row = default;
        long next = 0;
        foreach (MarketStep step in MadeMarket.Random(seed, 800))
        {
            for (; next != 0 && next < step.Event.ReceiveNs; next += MadeMarket.Second)
            {
                run.Calculator.FillRow(next, ref row);
                Assert.That(Difference(row, oracle, next), Is.Null, $"seed {seed}, {next}");
            }
            Assert.That(Step(run, oracle, step), Is.Null, $"seed {seed}");
            next = next == 0 ? step.Event.ReceiveNs : next;
        }
    }

    private static string? FirstDifference(int seed, int steps, bool strictFlow, FeatureOptions? options = null)
    {
        options ??= new FeatureOptions();
        FeatureRun run = new(options);
        NaiveFeatures oracle = new(MadeMarket.Instrument, options.TradeWindow, options.ObiLevels, strictFlow);
        int index = 0;
        foreach (MarketStep step in MadeMarket.Random(seed, steps))
        {
            if (Step(run, oracle, step) is string difference)
                return $"seed {seed}, step {index}: {difference}";
            index++;
        }
        return null;
    }

    private static string? Step(FeatureRun run, NaiveFeatures oracle, MarketStep step)
    {
        bool gaveRow = run.Feed(step);
        if (step.IsTrade)
            oracle.OnTrade(step.Event);
        else
            oracle.OnBook(run.Book, step.Event);
        return gaveRow ? Difference(run.Rows[^1], oracle, step.Event.ReceiveNs) : null;
    }

    private static string? Difference(FeatureRow row, NaiveFeatures oracle, long timeNs)
    {
        foreach (FeatureId id in Ids)
        {
            double? wanted = oracle.Value(id, timeNs);
            bool isPresent = row.TryGet(id, out double got);
            if (isPresent != wanted.HasValue || (wanted is double value && !(Math.Abs(got - value) <= Tolerance * Math.Max(1, Math.Abs(value)))))
                return $"{FeatureNames.Of(id)} is {(isPresent ? got : "absent")}, by its definition {(wanted.HasValue ? wanted : "absent")}";
        }
        return null;
    }
}
