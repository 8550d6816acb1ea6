using System;
using System.Globalization;
using System.Text;

namespace Obs.Bench.Suites;

/// <summary>Seeded frames in the venues' own shapes: digits and lengths as in real ones, values invented.</summary>
internal static class DecodeFrames
{
    /// <summary>Frames of one kind, so that branch prediction does not learn a single one by heart.</summary>
    public const int Count = 256;

    /// <summary>Upbit books of one market in a row: the middle walks, a fifth of the sizes change from frame to frame.
    /// Sizes stay with their rank, so that nearly every level differs where the middle has moved: the worst case for a book that looks for differences.</summary>
    /// <param name="simple">Short keys, or long ones.</param>
    /// <param name="units">Ranks.</param>
    public static byte[][] UpbitBooks(bool simple, int units)
    {
        (string ap, string bp, string asz, string bs) = simple ? ("ap", "bp", "as", "bs") : ("ask_price", "bid_price", "ask_size", "bid_size");
        string[] sizes = new string[2 * units];
        long mid = 170_000_000;
        return Build(random =>
        {
            StringBuilder text = new();
            mid += 1000 * Math.Clamp(random.Next(-2, 3), -1, 1);
            for (int unit = 0; unit < units; unit++)
            {
                foreach (int index in new[] { 2 * unit, 2 * unit + 1 })
                    sizes[index] = sizes[index] is null || random.Next(5) == 0 ? Size(random) : sizes[index];
                text.Append(unit == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                    $"{{\"{ap}\":{mid + 1000 * (unit + 1)}{(simple ? ".0" : "")},\"{bp}\":{mid - 1000 * unit}{(simple ? ".0" : "")},\"{asz}\":{sizes[2 * unit]},\"{bs}\":{sizes[2 * unit + 1]}}}");
            }
            return simple
                ? $"{{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\",\"tms\":{Time(random)},\"tas\":{Size(random)},\"tbs\":{Size(random)},\"obu\":[{text}],\"st\":\"REALTIME\"}}"
                : $"{{\"type\":\"orderbook\",\"code\":\"KRW-BTC\",\"timestamp\":{Time(random)},\"total_ask_size\":{Size(random)},\"total_bid_size\":{Size(random)},\"orderbook_units\":[{text}],\"stream_type\":\"REALTIME\",\"level\":0}}";
        });
    }

    /// <summary>The same books with spaces between units, the code escaped and prices with an exponent: work for the general path.</summary>
    public static byte[][] UpbitOdd(bool simple, int units) => Array.ConvertAll(UpbitBooks(simple, units), static frame =>
    {
        string text = Encoding.ASCII.GetString(frame);
        return Encoding.ASCII.GetBytes(text.Replace("KRW-BTC", "KRW\\u002dBTC", StringComparison.Ordinal).Replace("000,\"", "e3,\"", StringComparison.Ordinal).Replace("},{", "}, {", StringComparison.Ordinal));
    });

    /// <summary>Binance spot diffs.</summary>
    /// <param name="levels">Levels a side.</param>
    /// <param name="odd">With a space behind each comma between levels, for the general path.</param>
    public static byte[][] BinanceDiffs(int levels, bool odd = false) => Build(random =>
    {
        StringBuilder text = new();
        long id = 50_093_239_189 + random.Next(1_000_000);
        text.Append(CultureInfo.InvariantCulture, $"{{\"stream\":\"btcusdt@depth@100ms\",\"data\":{{\"e\":\"depthUpdate\",\"E\":{Time(random)},\"s\":\"BTCUSDT\",\"U\":{id},\"u\":{id + 13},\"b\":[");
        for (int side = 0; side < 2; side++)
        {
            for (int level = 0; level < levels; level++)
            {
                string size = random.Next(3) == 0 ? "0.00000000" : $"{random.Next(10)}.{random.Next(100_000):00000}000";
                text.Append(level == 0 ? "" : odd ? ", " : ",")
                    .Append(CultureInfo.InvariantCulture, $"[\"{(side == 0 ? 61_499 - random.Next(2) - 2 * level : 61_500 + random.Next(2) + 2 * level)}.{random.Next(100):00}000000\",\"{size}\"]");
            }
            text.Append(side == 0 ? "],\"a\":[" : "]}}");
        }
        return text.ToString();
    });

    /// <summary>Binance futures bookTickers.</summary>
    public static byte[][] BookTickers() => Build(static random =>
        $"{{\"stream\":\"btcusdt@bookTicker\",\"data\":{{\"e\":\"bookTicker\",\"u\":{5_123_107_839_020 + random.Next(1000)},\"s\":\"BTCUSDT\",\"b\":\"61{random.Next(100, 999)}.20\",\"B\":\"{random.Next(60)}.{random.Next(1000):000}\",\"a\":\"61{random.Next(100, 999)}.30\",\"A\":\"{random.Next(60)}.{random.Next(1000):000}\",\"T\":{Time(random)},\"E\":{Time(random)}}}}}");

    /// <summary>Binance futures trades.</summary>
    public static byte[][] Trades() => Build(static random =>
        $"{{\"stream\":\"btcusdt@trade\",\"data\":{{\"e\":\"trade\",\"E\":{Time(random)},\"T\":{Time(random)},\"s\":\"BTCUSDT\",\"t\":{5_266_583_935 + random.Next(1000)},\"p\":\"61{random.Next(100, 999)}.30\",\"q\":\"{random.Next(9)}.{random.Next(1, 1000):000}\",\"X\":\"MARKET\",\"m\":{(random.Next(2) == 0 ? "true" : "false")}}}}}");

    private static byte[][] Build(Func<Random, string> next)
    {
        Random random = new(20240808);
        byte[][] frames = new byte[Count][];
        for (int index = 0; index < Count; index++)
            frames[index] = Encoding.ASCII.GetBytes(next(random));
        return frames;
    }

    private static string Time(Random random) => (1_760_000_000_000 + random.Next(1_000_000_000)).ToString(CultureInfo.InvariantCulture);

    private static string Size(Random random) =>
        (random.Next(1, 1_000_000_000) / (decimal)Math.Pow(10, random.Next(4, 9))).ToString("0.0#######", CultureInfo.InvariantCulture);
}
