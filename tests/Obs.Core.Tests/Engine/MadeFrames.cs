using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Obs.Core.Tests.Engine;

/// <summary>Upbit frames made from a seed: a book that wanders, trades at its touch, gaps in time. Small enough to read, lively enough to trade on.</summary>
internal static class MadeFrames
{
    public const long StartNs = 1_700_000_000_000_000_000;

    /// <summary>Frames with their receive times, rising.</summary>
    public static List<(long ReceiveNs, byte[] Bytes)> Upbit(int seed, int count, string market = "KRW-BTC", long stepNs = 50_000_000, long startNs = StartNs)
    {
        Random random = new(seed);
        List<(long, byte[])> frames = [];
        long nowNs = startNs;
        long bid = 100_000_000;
        long tradeId = 17_000_000_000_000_000;
        for (int frame = 0; frame < count; frame++)
        {
            nowNs += random.NextInt64(1, 2 * stepNs) + (random.Next(200) == 0 ? 5_000_000_000 : 0);
            bid += 1_000 * random.Next(-2, 3);
            string text = random.Next(3) == 0
                ? Trade(market, nowNs, bid + (random.Next(2) * 1_000), random.Next(1, 500), random.Next(2) == 0, ++tradeId)
                : Book(market, nowNs, bid, random);
            frames.Add((nowNs, Encoding.UTF8.GetBytes(text)));
        }
        return frames;
    }

    /// <summary>A book of 15 levels a side, tick 1,000.</summary>
    private static string Book(string market, long nowNs, long bid, Random random)
    {
        StringBuilder units = new();
        long totalAsk = 0, totalBid = 0;
        for (int level = 0; level < 15; level++)
        {
            (int askSize, int bidSize) = (random.Next(1, 900), random.Next(1, 900));
            totalAsk += askSize;
            totalBid += bidSize;
            units.Append(CultureInfo.InvariantCulture, $"{(level == 0 ? "" : ",")}{{\"ap\":{bid + (1_000 * (level + 1))},\"bp\":{bid - (1_000 * level)},\"as\":{askSize / 1000m},\"bs\":{bidSize / 1000m}}}");
        }
        return string.Create(CultureInfo.InvariantCulture,
            $"{{\"ty\":\"orderbook\",\"cd\":\"{market}\",\"tms\":{nowNs / 1_000_000},\"tas\":{totalAsk / 1000m},\"tbs\":{totalBid / 1000m},\"obu\":[{units}],\"st\":\"REALTIME\"}}");
    }

    private static string Trade(string market, long nowNs, long price, int size, bool bought, long id)
    {
        long ms = nowNs / 1_000_000;
        return string.Create(CultureInfo.InvariantCulture,
            $"{{\"ty\":\"trade\",\"cd\":\"{market}\",\"tms\":{ms},\"td\":\"2023-11-14\",\"ttm\":\"22:13:20\",\"ttms\":{ms},\"tp\":{price},\"tv\":{size / 1000m},\"ab\":\"{(bought ? "BID" : "ASK")}\",\"pcp\":99000000,\"c\":\"RISE\",\"cp\":1000000,\"sid\":{id},\"st\":\"REALTIME\"}}");
    }
}
