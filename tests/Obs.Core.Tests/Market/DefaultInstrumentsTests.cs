using System;
using System.Collections.Immutable;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

[TestFixture]
internal sealed class DefaultInstrumentsTests
{
    [TestCase(VenueId.BinanceUsdm, "BTCUSDT", 0.1, 0.001, 0.0002, 0.0005, true)]
    [TestCase(VenueId.BinanceSpot, "BTCUSDT", 0.01, 0.00001, 0.001, 0.001, false)]
    [TestCase(VenueId.BinanceSpot, "NEXOUSDT", 0.001, 0.01, 0.001, 0.001, false)]
    [TestCase(VenueId.BinanceSpot, "SHIBUSDT", 0.00000001, 1, 0.001, 0.001, false)]
    [TestCase(VenueId.Upbit, "KRW-BTC", 0.00000001, 0.00000001, 0.0005, 0.0005, false)]
    [TestCase(VenueId.Upbit, "BTC-ETH", 0.00000001, 0.00000001, 0.0025, 0.0025, false)]
    public void Known_markets_have_the_venues_numbers(VenueId venue, string symbol, double tick, double lot, double maker, double taker, bool isShortAllowed)
    {
        Instrument market = Find(venue, symbol)!;
        Assert.Multiple(() =>
        {
            Assert.That(market.ToDecimal(market.Ticks.Bands[0].Step), Is.EqualTo((decimal)tick));
            Assert.That(market.ToDecimal(market.Lot), Is.EqualTo((decimal)lot));
            Assert.That((market.MakerFee, market.TakerFee), Is.EqualTo(((decimal)maker, (decimal)taker)));
            Assert.That(market.ShortAllowed, Is.EqualTo(isShortAllowed));
            Assert.That(market.Symbol, Is.EqualTo(symbol));
        });
    }

    [TestCase(5), TestCase(255)]
    public void A_venue_of_another_build_has_no_markets_and_is_no_fault(byte venue) => Assert.That(Find((VenueId)venue, "KRW-BTC"), Is.Null);

    [TestCase(0.000000123, 0.00000001), TestCase(0.00001, 0.0000001), TestCase(0.0005, 0.000001), TestCase(0.005, 0.00001), TestCase(0.05, 0.0001)]
    [TestCase(0.5, 0.001), TestCase(5, 0.01), TestCase(50, 0.1), TestCase(500, 1), TestCase(2_000, 1), TestCase(7_000, 5), TestCase(20_000, 10)]
    [TestCase(60_000, 50), TestCase(300_000, 100), TestCase(700_000, 500), TestCase(1_000_000, 1_000), TestCase(170_000_000, 1_000), TestCase(999_999, 500)]
    public void Krw_steps_are_those_since_2025_07_31(double price, double step)
    {
        Instrument market = Find(VenueId.Upbit, "KRW-ANY")!;
        Price at = new((long)Math.Round((decimal)price * 100_000_000m));
        Assert.That(market.ToDecimal(market.Ticks.StepAt(at)), Is.EqualTo((decimal)step));
        Assert.That(market.MinOrderValue, Is.EqualTo(5_000m));
    }

    [TestCase(50, 0.01), TestCase(2, 0.001), TestCase(0.5, 0.0001), TestCase(0.05, 0.00001)]
    public void Usdt_steps_fall_with_the_price(double price, double step)
    {
        Instrument market = Find(VenueId.Upbit, "USDT-XRP")!;
        Assert.That(market.ToDecimal(market.Ticks.StepAt(new Price((long)((decimal)price * 100_000_000m)))), Is.EqualTo((decimal)step));
    }

    [TestCase(VenueId.Upbit, "EUR-BTC"), TestCase(VenueId.Upbit, "KRW"), TestCase(VenueId.Upbit, "KRW-"), TestCase(VenueId.BinanceSpot, "WHATUSDT")]
    [TestCase(VenueId.BinanceUsdm, "KRW-BTC"), TestCase(VenueId.BinanceUsdm, "NEXOUSDT")]
    public void Unknown_markets_stay_unknown(VenueId venue, string symbol) => Assert.That(Find(venue, symbol), Is.Null);

    [Test]
    public void Every_listed_binance_market_fits_a_ladder()
    {
        foreach (VenueId venue in new[] { VenueId.BinanceSpot, VenueId.BinanceUsdm })
        {
            foreach (string symbol in new[] { "BTCUSDT", "ETHUSDT", "XRPUSDT", "ADAUSDT", "DOGEUSDT", "SHIBUSDT", "NEXOUSDT" })
            {
                if (Find(venue, symbol) is { } market)
                    Assert.That(LadderBook.Create(market).Has(Side.Bid), Is.False, symbol);
            }
        }
    }

    [TestCase(VenueId.BinanceSpot, "FOOUSDT"), TestCase(VenueId.BinanceUsdm, "SHIBUSDT"), TestCase(VenueId.Upbit, "EUR-BTC"), TestCase(VenueId.None, "BTCUSDT")]
    public void A_market_of_others_costs_nothing_however_often_it_is_named(VenueId venue, string symbol)
    {
        InstrumentRegistry registry = new(DefaultInstruments.Catalog);
        byte[] code = Encoding.UTF8.GetBytes(symbol);
        bool isFound = false;
        Assert.That(MarketFixture.BytesAllocatedBy(() =>
        {
            for (int frame = 0; frame < 100; frame++)
                isFound |= registry.TryFind(venue, code, out _);
        }), Is.Zero);
        Assert.That((isFound, registry.Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public void A_step_has_at_most_eight_decimals_and_is_at_most_a_million()
    {
        Instrument market = DefaultInstruments.Create(VenueId.BinanceSpot, "XUSDT", "0.00000001", "1000000");
        Assert.That((market.PriceDecimals, market.Ticks.Bands[0].Step, market.Lot.Mantissa), Is.EqualTo((8, new Price(1), 1_000_000_000L)));
    }

    [Test]
    public void A_tick_table_begins_at_zero_and_rises([Range(0, 4)] int wrong)
    {
        ImmutableArray<TickBand> bands = wrong switch
        {
            0 => [],
            1 => [Band(1, 1)],
            2 => [Band(0, 1), Band(100, 10), Band(100, 20)],
            3 => [Band(0, 1), Band(100, 10), Band(99, 20)],
            _ => [Band(0, 0)],
        };
        Assert.That(() => new TickTable(bands), Throws.ArgumentException);
    }

    [TestCase(99, true), TestCase(100, true), TestCase(105, false), TestCase(0, false), TestCase(-10, false)]
    public void A_band_begins_with_its_first_price(long price, bool isOnTick)
    {
        TickTable table = new([Band(0, 1), Band(100, 10)]);
        Assert.That(table.IsOnTick(new Price(price)), Is.EqualTo(isOnTick));
        Assert.That((table.StepAt(new Price(99)).Mantissa, table.StepAt(new Price(100)).Mantissa), Is.EqualTo((1L, 10L)));
    }

    [Test]
    public void A_market_is_described_once()
    {
        InstrumentRegistry registry = new(DefaultInstruments.Catalog);
        Assert.That(registry.TryFind(VenueId.Upbit, "KRW-BTC"u8, out ushort index), Is.True);
        Assert.That(() => registry.Add(registry[index]), Throws.InvalidOperationException.With.Message.Contains("Upbit KRW-BTC is market 0"));
        Assert.That((registry.Count, registry.TryFind(VenueId.Upbit, "KRW-BTC"u8, out index), index), Is.EqualTo((1, true, (ushort)0)));
    }

    [Test]
    public void A_code_of_any_length_can_be_listed()
    {
        string code = new('X', 200);
        InstrumentRegistry registry = new(DefaultInstruments.CatalogWith(MarketFixture.Instrument(symbol: code)));
        Assert.That(registry.TryFind(VenueId.BinanceUsdm, Encoding.UTF8.GetBytes(code), out _), Is.True);
        Assert.That(registry.TryFind(VenueId.BinanceUsdm, Encoding.UTF8.GetBytes(code[1..]), out _), Is.False);
        Assert.That(registry.TryFind(VenueId.BinanceSpot, Encoding.UTF8.GetBytes(code), out _), Is.False);
    }

    [TestCase("KRW-B", true), TestCase("KRW-1INCH", true), TestCase("KRW-ABCDEFGHIJKLMNOPQRSTUVWXYZ12", true), TestCase("KRW-ABCDEFGHIJKLMNOPQRSTUVWXYZ123", false)]
    [TestCase("KRW-", false), TestCase("-BTC", false), TestCase("KRWBTC", false), TestCase("krw-BTC", false), TestCase("KRW-B C", false), TestCase("KRW-BTC-X", false), TestCase("KRW-é", false)]
    public void An_upbit_code_is_a_quote_a_dash_and_letters_or_digits(string code, bool isMarket) =>
        Assert.That(UpbitMarkets.TryCreate(code) is not null, Is.EqualTo(isMarket));

    [Test]
    public void Steps_can_be_given_as_texts()
    {
        Instrument market = DefaultInstruments.Create(VenueId.BinanceUsdm, "NEWUSDT", "0.0010", "0.5");
        Assert.Multiple(() =>
        {
            Assert.That((market.PriceDecimals, market.SizeDecimals, market.QuoteCurrency), Is.EqualTo((3, 1, "USDT")));
            Assert.That((market.Ticks.Bands[0].Step, market.Lot), Is.EqualTo((new Price(1), new Size(5))));
            Assert.That(market.MaxPrice.Mantissa, Is.EqualTo(DefaultInstruments.HighestMantissa));
        });
        InstrumentRegistry registry = new(DefaultInstruments.CatalogWith(market));
        Assert.That(registry.TryFind(VenueId.BinanceUsdm, "NEWUSDT"u8, out ushort index) && ReferenceEquals(registry[index], market), Is.True);
        Instrument upbit = DefaultInstruments.Create(VenueId.Upbit, "KRW-NEW", "0.5", "1");
        Assert.That((upbit.Ticks.Bands[0].Step.Mantissa, upbit.Lot.Mantissa, upbit.MinOrderValue), Is.EqualTo((50_000_000L, 100_000_000L, 5_000m)));
    }

    [TestCase("0", "1"), TestCase("-1", "1"), TestCase("x", "1"), TestCase("1e-3", "1"), TestCase("0.0000000001", "1"), TestCase("0.000000001", "1"), TestCase("1000001", "1"), TestCase("0.1", "99999999999"), TestCase("0,1", "1")]
    public void A_step_that_is_no_step_is_refused_with_its_text(string tick, string lot) =>
        Assert.That(() => DefaultInstruments.Create(VenueId.BinanceSpot, "BTCUSDT", tick, lot), Throws.InstanceOf<FormatException>().With.Message.Contains(tick == "0.1" ? lot : tick));

    [Test]
    public void A_symbol_without_a_known_quote_is_refused() =>
        Assert.That(() => DefaultInstruments.Create(VenueId.BinanceSpot, "FOO", "0.1", "1"), Throws.InstanceOf<FormatException>().With.Message.Contains("FOO"));

    [Test]
    public void The_registry_numbers_markets_as_they_come_and_finds_all_of_many()
    {
        InstrumentRegistry registry = new(DefaultInstruments.Catalog);
        for (int market = 0; market < InstrumentRegistry.Capacity; market++)
        {
            Assert.That(registry.TryFind(VenueId.Upbit, Encoding.UTF8.GetBytes($"KRW-C{market}"), out ushort index), Is.True);
            Assert.That(index, Is.EqualTo(market));
        }
        for (int market = 0; market < InstrumentRegistry.Capacity; market += 7)
        {
            Assert.That(registry.TryFind(VenueId.Upbit, Encoding.UTF8.GetBytes($"KRW-C{market}"), out ushort index), Is.True);
            Assert.That(index, Is.EqualTo(market));
        }
        Assert.That(registry.TryFind(VenueId.Upbit, "KRW-ONEMORE"u8, out _), Is.False);
        Assert.That(registry.TryFind(VenueId.BinanceSpot, "KRW-C5"u8, out _), Is.False, "the same code at another venue is another market");
        Assert.That(() => registry.Add(MarketFixture.Instrument()), Throws.InvalidOperationException.With.Message.Contains("4096"));
    }

    private static TickBand Band(long from, long step) => new(new Price(from), new Price(step));

    private static Instrument? Find(VenueId venue, string symbol) =>
        DefaultInstruments.Catalog.TryCreate(venue, Encoding.UTF8.GetBytes(symbol), out Instrument? market) ? market : null;

    [TestCase("XBTUSD", "USD"), TestCase("ETHTUSD", "TUSD"), TestCase("BTC-USD", "USD"), TestCase("BTCUSD", "USD"), TestCase("OPTUSD", "TUSD")]
    public void The_quote_currency_is_read_from_the_name(string symbol, string quote) =>
        Assert.That(DefaultInstruments.Create(VenueId.BinanceUsdm, symbol, "0.5", "1").QuoteCurrency, Is.EqualTo(quote));

    [Test]
    public void A_name_that_does_not_tell_its_quote_currency_takes_the_one_given()
    {
        Assert.That(DefaultInstruments.Create(VenueId.BinanceUsdm, "BTC-PERPETUAL", "0.5", "10", "USD").QuoteCurrency, Is.EqualTo("USD"));
        Assert.That(() => DefaultInstruments.Create(VenueId.BinanceUsdm, "BTC-PERPETUAL", "0.5", "10"), Throws.InstanceOf<FormatException>().With.Message.Contains("--quote"));
        Assert.That(() => DefaultInstruments.Create(VenueId.BinanceUsdm, "BTC-PERPETUAL", "0.5", "10", "us$"), Throws.InstanceOf<FormatException>().With.Message.Contains("us$"));
    }
}
