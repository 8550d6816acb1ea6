using System;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Signals;

namespace Obs.Core.Tests.Signals;

/// <summary>Names and numbers of features are on disk: they are frozen.</summary>
internal sealed class FeatureNamesTests
{
    [TestCase(FeatureId.Spread, 0, "spread")]
    [TestCase(FeatureId.MidPrice, 1, "mid_price")]
    [TestCase(FeatureId.OrderBookImbalance, 2, "obi")]
    [TestCase(FeatureId.PriceVolatility, 3, "price_volatility")]
    [TestCase(FeatureId.BuySellRatio, 4, "buy_sell_ratio")]
    [TestCase(FeatureId.PriceChangeRate, 5, "price_change_rate")]
    [TestCase(FeatureId.QueueImbalance, 6, "imb1")]
    [TestCase(FeatureId.MicroPrice, 7, "micro")]
    [TestCase(FeatureId.DepthImbalance3, 8, "cimb3")]
    [TestCase(FeatureId.DepthImbalance5, 9, "cimb5")]
    [TestCase(FeatureId.DepthSkew5, 10, "depthskew5")]
    [TestCase(FeatureId.OrderFlow5S, 11, "ofi1_5s")]
    [TestCase(FeatureId.OrderFlow30S, 12, "ofi1_30s")]
    [TestCase(FeatureId.Return1S, 13, "ret1s")]
    [TestCase(FeatureId.Return5S, 14, "ret5s")]
    [TestCase(FeatureId.LastDirection, 15, "lastdir")]
    [TestCase(FeatureId.SpreadBp, 16, "spread_bp")]
    [TestCase(FeatureId.TradeFlow5S, 17, "tfi5s")]
    [TestCase(FeatureId.SignedVolume5S, 18, "signedvol5s")]
    public void Numbers_and_names_only_grow(FeatureId id, int number, string name)
    {
        Assert.That((int)id, Is.EqualTo(number));
        Assert.That(FeatureNames.Of(id), Is.EqualTo(name));
        Assert.That(FeatureNames.TryParse(name, out FeatureId byText) ? byText : (FeatureId)255, Is.EqualTo(id));
    }

    [Test]
    public void Every_id_is_in_the_table_above() => Assert.That(Enum.GetValues<FeatureId>(), Has.Length.EqualTo(FeatureNames.Count));

    [TestCase("Spread")]
    [TestCase("")]
    [TestCase("obi ")]
    public void Other_names_are_unknown(string name) => Assert.That(FeatureNames.TryParse(name, out _), Is.False);

    [Test]
    public void Sets_are_bits()
    {
        Assert.That((FeatureSet.Six.Count, FeatureSet.All.Count, FeatureSet.None.Count), Is.EqualTo((6, 19, 0)));
        FeatureSet two = FeatureSet.Of(FeatureId.Spread, FeatureId.SignedVolume5S);
        Assert.That(Enumerable.Range(0, FeatureNames.Count).Where((int id) => two.Has((FeatureId)id)), Is.EqualTo(new[] { 0, 18 }));
        Assert.That((FeatureSet.Six | two).Bits, Is.EqualTo(0b100_0000_0000_0011_1111u));
        Assert.That((FeatureSet.Six.HasAny(two), FeatureSet.Six.HasAny(FeatureSet.Of(FeatureId.SignedVolume5S))), Is.EqualTo((true, false)));
        Assert.That((FeatureSet.All.HasAll(two), two.HasAll(FeatureSet.All)), Is.EqualTo((true, false)));
    }
}
