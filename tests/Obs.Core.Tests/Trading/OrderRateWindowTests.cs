using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Trading;

[TestFixture]
internal sealed class OrderRateWindowTests
{
    private const long SecondNs = 1_000_000_000;

    [Test]
    public void No_second_ever_holds_more_than_the_limit([Values(1, 2, 7, 8)] int limit)
    {
        Random random = new(limit);
        OrderRateWindow window = new(limit);
        List<long> sent = [];
        long nowNs = TradingFixture.StartNs;
        int refused = 0;
        for (int step = 0; step < 20_000; step++)
        {
            nowNs += random.Next(4) == 0 ? SecondNs / limit : random.Next(1, (int)(2 * SecondNs / limit));
            bool hasRoom = sent.Count(time => time > nowNs - SecondNs) < limit;
            Assert.That(window.HasRoom(nowNs), Is.EqualTo(hasRoom), $"limit {limit}, step {step}");
            sent.RemoveAll(time => time <= nowNs - SecondNs);
            refused += hasRoom ? 0 : 1;
            if (!hasRoom)
                continue;
            window.Note(nowNs);
            sent.Add(nowNs);
        }
        Assert.That(refused, Is.GreaterThan(100), "control: the limit was reached");
    }

    [Test]
    public void A_restored_window_answers_like_the_one_that_was_saved()
    {
        OrderRateWindow window = new(3), restored = new(3);
        for (int order = 0; order < 5; order++)
            window.Note(TradingFixture.StartNs + (order * SecondNs));
        restored.Load(TradingFixture.Reread(window.Save));
        for (long nowNs = TradingFixture.StartNs + (4 * SecondNs); nowNs < TradingFixture.StartNs + (8 * SecondNs); nowNs += SecondNs / 4)
        {
            Assert.That(restored.HasRoom(nowNs), Is.EqualTo(window.HasRoom(nowNs)), $"at {nowNs}");
            if (window.HasRoom(nowNs))
            {
                window.Note(nowNs);
                restored.Note(nowNs);
            }
        }
    }

    [Test]
    public void A_window_goes_over_to_another_limit_with_its_newest_times([Values(1, 2, 3, 5, 8)] int limit)
    {
        OrderRateWindow window = new(3), other = new(limit);
        for (int order = 0; order < 5; order++)
            window.Note(TradingFixture.StartNs + (order * SecondNs / 2));
        other.Load(TradingFixture.Reread(window.Save));
        // orders at 0, 0.5, 1, 1.5 and 2 s: two lie within the second before 2.4 s, one within that before 2.9 s
        Assert.That(other.HasRoom(TradingFixture.StartNs + (24 * SecondNs / 10)), Is.EqualTo(limit > 2));
        Assert.That(other.HasRoom(TradingFixture.StartNs + (29 * SecondNs / 10)), Is.EqualTo(limit > 1));
    }
}
