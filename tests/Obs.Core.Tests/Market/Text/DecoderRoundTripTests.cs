using System;
using System.Globalization;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Binance;
using Obs.Core.Tests.Market.Upbit;

namespace Obs.Core.Tests.Market.Text;

/// <summary>Random books written in the venues' own shapes come back exactly, on the fast path, whatever the count of digits.</summary>
[TestFixture]
public sealed class DecoderRoundTripTests
{
    private const int Frames = 200;

    private readonly BookLevel[] _levels = new BookLevel[16_384];

    [Test]
    public void Upbit_books_come_back_exactly([Range(1, 6)] int seed)
    {
        Random random = new(seed);
        FuzzedUpbit venue = new();
        for (int frame = 0; frame < Frames; frame++)
        {
            BookLevel[] bids = Side(random, random.Next(0, 31), descending: true, 8, 8), asks = Side(random, bids.Length, descending: false, 8, 8);
            bool simple = random.Next(2) == 0;
            byte[] text = Encoding.ASCII.GetBytes(UpbitText(random, simple, bids, asks));
            Expect(venue, text, bids, asks, fastPath: frame > 0, $"seed {seed}, frame {frame}");
        }
    }

    [Test]
    public void Binance_diffs_come_back_exactly([Range(1, 6)] int seed)
    {
        Random random = new(seed);
        FuzzedBinance venue = new(VenueId.BinanceUsdm);
        for (int frame = 0; frame < Frames; frame++)
        {
            BookLevel[] bids = Side(random, random.Next(0, 40), descending: random.Next(2) == 0, 1, 3), asks = Side(random, random.Next(0, 40), descending: false, 1, 3);
            string text = $"{{\"stream\":\"btcusdt@depth@0ms\",\"data\":{{\"e\":\"depthUpdate\",\"E\":1760000000130,\"T\":1760000000121,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,\"pu\":0,\"b\":[{Rows(bids)}],\"a\":[{Rows(asks)}]}}}}";
            Expect(venue, Encoding.ASCII.GetBytes(text), bids, asks, fastPath: frame > 0, $"seed {seed}, frame {frame}");
        }
    }

    private void Expect(IFuzzedDecoder venue, byte[] frame, BookLevel[] bids, BookLevel[] asks, bool fastPath, string where)
    {
        MarketEvent e = default;
        Assert.That(venue.Decode(frame, _levels, ref e), Is.EqualTo(DecodeStatus.Ok), where);
        Assert.That(_levels.AsSpan(0, e.BidCount).SequenceEqual(bids), Is.True, where);
        Assert.That(_levels.AsSpan(e.BidCount, e.AskCount).SequenceEqual(asks), Is.True, where);
        if (fastPath)
            Assert.That(venue.TakesFastPath(frame, _levels), Is.True, where + ": " + Encoding.ASCII.GetString(frame));
    }

    private static BookLevel[] Side(Random random, int count, bool descending, int priceDecimals, int sizeDecimals)
    {
        long unit = PowersOfTen.AsLong[priceDecimals];
        long price = random.NextInt64(unit / 10 + 50, (long)Math.Pow(10, random.Next(1, 9)) * unit + unit + 100);
        BookLevel[] levels = new BookLevel[count];
        for (int index = 0; index < count; index++)
        {
            price += (descending ? -1 : 1) * random.NextInt64(1, Math.Max(2, price / 1000));
            long size = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, sizeDecimals + 7)) + 1);
            levels[index] = new BookLevel(new Price(Math.Max(price, 1)), new Size(size));
        }
        return descending && price < 1 ? [] : levels;
    }

    private static string UpbitText(Random random, bool simple, BookLevel[] bids, BookLevel[] asks)
    {
        string[] keys = simple ? ["ap", "bp", "as", "bs"] : ["ask_price", "bid_price", "ask_size", "bid_size"];
        // a side that ran out of prices is written as the venue does it: zeros
        string units = string.Join(',', Enumerable.Range(0, Math.Max(bids.Length, asks.Length)).Select(index =>
            $"{{\"{keys[0]}\":{Text(random, At(asks, index).Price.Mantissa, 8)},\"{keys[1]}\":{Text(random, At(bids, index).Price.Mantissa, 8)},\"{keys[2]}\":{Text(random, At(asks, index).Size.Mantissa, 8)},\"{keys[3]}\":{Text(random, At(bids, index).Size.Mantissa, 8)}}}"));
        return simple
            ? $"{{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\",\"tms\":1760000000130,\"tas\":1.5,\"tbs\":2.5,\"obu\":[{units}],\"st\":\"REALTIME\"}}"
            : $"{{\"type\":\"orderbook\",\"code\":\"KRW-BTC\",\"timestamp\":1760000000130,\"total_ask_size\":1.5,\"total_bid_size\":2.5,\"orderbook_units\":[{units}],\"stream_type\":\"REALTIME\",\"level\":0}}";
    }

    private static BookLevel At(BookLevel[] side, int index) => index < side.Length ? side[index] : default;

    private static string Rows(BookLevel[] side) =>
        string.Join(',', side.Select(static level => $"[\"{Fixed(level.Price.Mantissa, 1)}0\",\"{Fixed(level.Size.Mantissa, 3)}\"]"));

    private static string Fixed(long mantissa, int decimals) =>
        (mantissa / PowersOfTen.AsDecimal[decimals]).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>A JSON number: all decimals, the fewest, or one zero at least.</summary>
    private static string Text(Random random, long mantissa, int decimals)
    {
        string all = Fixed(mantissa, decimals), trimmed = all.TrimEnd('0');
        return random.Next(3) switch { 0 => all, 1 => trimmed.TrimEnd('.'), _ => trimmed.EndsWith('.') ? trimmed + "0" : trimmed };
    }
}
