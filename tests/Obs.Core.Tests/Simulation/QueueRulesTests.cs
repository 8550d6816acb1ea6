using System;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Tests.Market;

namespace Obs.Core.Tests.Simulation;

/// <summary>The queue estimates, each beside the formula worked by hand.</summary>
internal sealed class QueueRulesTests
{
    // sizes in units of 1 (0 decimals): front 6, back 4, the level goes from 10 to 8
    [TestCase(QueueModel.PowerProb1, 1, 0.4)]
    [TestCase(QueueModel.PowerProb1, 2, 16.0 / 52)]
    [TestCase(QueueModel.PowerProb1, 3, 64.0 / 280)]
    [TestCase(QueueModel.PowerProb2, 2, 0.16)]
    [TestCase(QueueModel.PowerProb3, 1, 0.4)]
    [TestCase(QueueModel.PowerProb3, 3, 1 - 0.216)]
    [TestCase(QueueModel.LogProb1, 1, 0.45268083)]
    [TestCase(QueueModel.LogProb2, 1, 0.67118774)]
    public void A_decrease_moves_the_front_by_the_share_ahead(QueueModel model, double power, double behind)
    {
        QueueRules rules = Rules(model, power);
        QueuePosition queue = new() { Front = 6 };
        rules.OnDepth(ref queue, new Size(10), new Size(8));
        Assert.That(queue.Front, Is.EqualTo(6 - (1 - behind) * 2).Within(1e-7));
    }

    [Test]
    public void What_the_back_cannot_supply_is_taken_from_the_front()
    {
        QueueRules rules = Rules(QueueModel.PowerProb3, 1);
        QueuePosition queue = new() { Front = 5 };
        rules.OnDepth(ref queue, new Size(10), new Size(1));
        // p = 0.5: front 5 − 4.5, back 5 − 4.5 ≥ 0
        Assert.That(queue.Front, Is.EqualTo(0.5));
        queue = new QueuePosition { Front = 12 };
        rules.OnDepth(ref queue, new Size(10), new Size(9));
        // the back is −2: p = 1 − 12/10 = −0.2; estimate 12 − 1.2 + (−2 + 0.2) = 9, at most the level
        Assert.That(queue.Front, Is.EqualTo(9).Within(1e-12));
    }

    [Test]
    public void Prints_since_the_last_update_explain_their_part_of_a_decrease()
    {
        QueueRules rules = Rules(QueueModel.PowerProb3, 1);
        QueuePosition queue = rules.Behind(new Size(10));
        rules.OnPrint(ref queue, new Size(3), new Size(3));
        rules.OnDepth(ref queue, new Size(10), new Size(7));
        Assert.That((queue.Front, queue.TradedSince), Is.EqualTo((7.0, 0.0)));
        rules.OnDepth(ref queue, new Size(7), new Size(20));
        Assert.That(queue.Front, Is.EqualTo(7), "growth is behind");
    }

    [Test]
    public void A_print_explains_the_whole_of_its_decrease_although_own_orders_took_a_part_of_it()
    {
        QueueRules rules = Rules(QueueModel.PowerProb3, 1);
        QueuePosition queue = new() { Front = 4 };
        rules.OnPrint(ref queue, available: new Size(1), print: new Size(5));
        rules.OnDepth(ref queue, new Size(10), new Size(5));
        Assert.That(queue.Front, Is.EqualTo(3), "no cancel is left to guess about");
    }

    [Test]
    public void A_resync_forgets_what_was_traded_before_it()
    {
        QueueRules rules = Rules(QueueModel.PowerProb3, 1);
        QueuePosition queue = new() { Front = 6 };
        rules.OnPrint(ref queue, new Size(2), new Size(2));
        rules.OnResync(ref queue, new Size(10));
        rules.OnDepth(ref queue, new Size(10), new Size(8));
        // p = 1 − 4/10: of the two that went, 0.8 stood ahead
        Assert.That(queue.Front, Is.EqualTo(4 - 0.4 * 2).Within(1e-12));
    }

    [Test]
    public void An_estimate_that_is_no_number_becomes_the_level_and_an_infinite_share_one()
    {
        QueueRules none = Rules(QueueModel.PowerProb3, 1);
        QueuePosition queue = default;
        none.OnDepth(ref queue, Size.Zero, Size.Zero);
        Assert.That(queue.Front, Is.Zero, "0/0 shares of nothing");
        QueueRules infinite = Rules(QueueModel.PowerProb2, 1);
        queue = new QueuePosition { Front = 5, TradedSince = -1 };
        infinite.OnDepth(ref queue, Size.Zero, Size.Zero);
        // b = −5, b + f = 0: p = −∞ counts as 1; d = 1: 5 − 0 + min(−5 − 1, 0) = −1
        Assert.That(queue.Front, Is.EqualTo(-1));
    }

    [Test]
    public void The_careful_model_moves_only_by_prints_and_smaller_levels()
    {
        QueueRules rules = Rules(QueueModel.RiskAdverse, 3);
        QueuePosition queue = rules.Behind(new Size(10));
        rules.OnDepth(ref queue, new Size(10), new Size(30));
        Assert.That(queue.FrontUnits, Is.EqualTo(10));
        rules.OnPrint(ref queue, new Size(4), new Size(4));
        Assert.That(queue.FrontUnits, Is.EqualTo(6));
        rules.OnDepth(ref queue, new Size(30), new Size(2));
        Assert.That(queue.FrontUnits, Is.EqualTo(2));
    }

    [Test]
    public void A_place_taken_over_from_another_model_keeps_what_stands_ahead()
    {
        Instrument market = MarketFixture.Instrument(sizeDecimals: 2);
        QueueRules careful = new(market, QueueModel.RiskAdverse, 3), guessing = new(market, QueueModel.PowerProb3, 3);
        QueuePosition queue = careful.Behind(new Size(1_234));
        guessing.Adopt(ref queue);
        Assert.That((queue.FrontUnits, queue.Front, queue.TradedSince), Is.EqualTo((0L, 12.34, 0.0)));
        guessing.OnPrint(ref queue, new Size(3), new Size(3));
        QueuePosition own = queue;
        guessing.Adopt(ref own);
        Assert.That(own, Is.EqualTo(queue), "a place of its own stays, the trades since the last update too");
        careful.Adopt(ref queue);
        Assert.That((queue.FrontUnits, queue.Front, queue.TradedSince), Is.EqualTo((1_231L, 0.0, 0.0)));
        careful.Adopt(ref queue);
        Assert.That(queue.FrontUnits, Is.EqualTo(1_231));
    }

    [Test]
    public void A_place_at_the_end_of_the_range_is_taken_over_without_a_fault([Values(long.MaxValue, -long.MaxValue)] long units)
    {
        Instrument market = MarketFixture.Instrument(sizeDecimals: 8);
        QueuePosition queue = new() { FrontUnits = units };
        new QueueRules(market, QueueModel.LogProb2, 3).Adopt(ref queue);
        new QueueRules(market, QueueModel.RiskAdverse, 3).Adopt(ref queue);
        Assert.That(queue.FrontUnits, Is.EqualTo(units));
    }

    [TestCase(0, 0)]
    [TestCase(-4, 0)]
    [TestCase(-5, 10)]
    [TestCase(-14, 10)]
    [TestCase(-15, 20)]
    [TestCase(4, 0)]
    public void Half_a_lot_is_rounded_away_from_zero(long front, long executable)
    {
        foreach (QueueModel model in new[] { QueueModel.RiskAdverse, QueueModel.PowerProb1 })
        {
            QueueRules rules = new(MarketFixture.Instrument(sizeDecimals: 0) with { Lot = new Size(10) }, model, 3);
            QueuePosition queue = new() { FrontUnits = front, Front = front };
            Assert.That(rules.TakeExecutable(ref queue).Mantissa, Is.EqualTo(executable), model.ToString());
            bool reached = executable > 0;
            Assert.That(model == QueueModel.RiskAdverse ? queue.FrontUnits : queue.Front, Is.EqualTo(reached ? 0 : front), "less than half a lot is kept");
        }
    }

    [Test]
    public void Portable_functions_agree_with_the_platforms_to_a_few_last_bits()
    {
        Random random = new(11);
        for (int round = 0; round < 20_000; round++)
        {
            double x = Math.Exp(random.NextDouble() * 40 - 20);
            double y = random.NextDouble() * 60 - 30;
            double n = 0.1 + random.NextDouble() * 8;
            Assert.That(PortableMath.Log(x), Is.EqualTo(Math.Log(x)).Within(4).Ulps, $"ln {x:R}");
            Assert.That(PortableMath.Exp(y), Is.EqualTo(Math.Exp(y)).Within(1e-15 * (8 + Math.Abs(y)) * Math.Exp(y)), $"e^{y:R}");
            Assert.That(PortableMath.Power(x, n), Is.EqualTo(Math.Pow(x, n)).Within(1e-13).Percent.Or.EqualTo(Math.Pow(x, n)).Within(Math.Pow(x, n) * 1e-13), $"{x:R}^{n:R}");
        }
    }

    [Test]
    public void Portable_functions_keep_the_rules_at_the_edges()
    {
        Assert.That(PortableMath.Log(0), Is.EqualTo(double.NegativeInfinity));
        Assert.That(PortableMath.Log(-1), Is.NaN);
        Assert.That(PortableMath.Log(double.PositiveInfinity), Is.EqualTo(double.PositiveInfinity));
        Assert.That(PortableMath.Exp(800), Is.EqualTo(double.PositiveInfinity));
        Assert.That(PortableMath.Exp(-800), Is.Zero);
        Assert.That(PortableMath.Exp(double.NaN), Is.NaN);
        Assert.That(PortableMath.Power(-2, 3), Is.EqualTo(-8));
        Assert.That(PortableMath.Power(-2, 2.5), Is.NaN);
        Assert.That(PortableMath.Power(0, 2.5), Is.Zero);
        Assert.That(PortableMath.Power(0.1, 3), Is.EqualTo(0.1 * 0.1 * 0.1));
    }

    private static QueueRules Rules(QueueModel model, double power) => new(MarketFixture.Instrument(sizeDecimals: 0), model, power);
}
