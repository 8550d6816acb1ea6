using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Market.Text;

namespace Obs.Core.Tests.Market.Text;

[TestFixture]
public sealed class SymbolCacheTests
{
    [Test]
    public void A_thousand_markets_are_found_each_under_its_own_number()
    {
        SymbolCache cache = new();
        List<string> symbols = [];
        for (int index = 0; index < 1_000; index++)
        {
            symbols.Add(string.Create(CultureInfo.InvariantCulture, $"KRW-{(char)('A' + index % 26)}{index}"));
            cache.Add(Encoding.ASCII.GetBytes(symbols[index]), TestMarkets.Of(VenueId.Upbit, symbols[index], 8, 8), (ushort)index);
        }
        for (int index = 0; index < symbols.Count; index++)
            Assert.That(IndexOf(cache, symbols[index]), Is.EqualTo(index));
        Assert.That(IndexOf(cache, "KRW-NOPE"), Is.EqualTo(-1));
    }

    [TestCase("ABCDEFGHIJKLMNOPQ", 8, Description = "17 bytes")]
    [TestCase("KRW-\u00e9", 8)]
    [TestCase("KRW-\"", 8)]
    [TestCase("", 8)]
    [TestCase("KRW-FINE", 9)]
    public void What_the_fast_path_cannot_do_stays_out(string symbol, int decimals)
    {
        SymbolCache cache = new();
        byte[] bytes = Encoding.UTF8.GetBytes(symbol);
        cache.Add(bytes, TestMarkets.Of(VenueId.Upbit, symbol, decimals, 8), 0);
        if (bytes.Length <= SymbolCache.MaxSymbolBytes)
            Assert.That(IndexOf(cache, symbol), Is.EqualTo(-1));
        Assert.That(IndexOf(cache, symbol.Length > 16 ? symbol[..16] : "KRW-FINE"), Is.EqualTo(-1));
    }

    [Test]
    public void Adding_a_market_again_changes_nothing()
    {
        SymbolCache cache = new();
        cache.Add("KRW-BTC"u8, TestMarkets.Of(VenueId.Upbit, "KRW-BTC", 8, 8), 3);
        cache.Add("KRW-BTC"u8, TestMarkets.Of(VenueId.Upbit, "KRW-BTC", 2, 2), 4);
        Assert.That(IndexOf(cache, "KRW-BTC"), Is.EqualTo(3));
    }

    private static int IndexOf(SymbolCache cache, string symbol)
    {
        Span<byte> padded = stackalloc byte[SymbolCache.MaxSymbolBytes];
        padded.Clear();
        Encoding.UTF8.GetBytes(symbol, padded);
        ref readonly MarketScale market = ref cache.Find(BitConverter.ToUInt64(padded), BitConverter.ToUInt64(padded[8..]));
        return Unsafe.IsNullRef(in market) ? -1 : market.Instrument;
    }
}
