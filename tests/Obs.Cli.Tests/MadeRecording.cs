using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace Obs.Cli.Tests;

/// <summary>A recording of Upbit frames made from a seed, as lines of receive time and frame: a book that wanders and trades at its touch.</summary>
internal static class MadeRecording
{
    private const long StartNs = 1_700_000_000_000_000_000;

    /// <summary>Mean time between two frames, ns.</summary>
    private const long StepNs = 50_000_000;

    /// <summary>Writes a recording and names its file.</summary>
    public static string Write(string path, int frames, int seed = 1, string market = "KRW-BTC")
    {
        File.WriteAllText(path, Text(frames, seed, market));
        return path;
    }

    /// <summary>The lines of a recording.</summary>
    public static string Text(int frames, int seed = 1, string market = "KRW-BTC")
    {
        Random random = new(seed);
        StringBuilder text = new();
        long nowNs = StartNs;
        long bid = 100_000_000;
        for (int frame = 0; frame < frames; frame++)
        {
            nowNs += random.NextInt64(1, 2 * StepNs);
            bid += 1_000 * random.Next(-2, 3);
            text.Append(CultureInfo.InvariantCulture, $"{nowNs} ");
            if (random.Next(3) == 0)
                AddTrade(text, market, nowNs, bid + (random.Next(2) * 1_000), random, 17_000_000_000_000_000 + frame);
            else
                AddBook(text, market, nowNs, bid, random);
            text.Append('\n');
        }
        return text.ToString();
    }

    private static void AddBook(StringBuilder text, string market, long nowNs, long bid, Random random)
    {
        StringBuilder units = new();
        long asks = 0, bids = 0;
        for (int level = 0; level < 15; level++)
        {
            // now and then one side is far heavier, so that the imbalance strategy has something to say
            (int ask, int bidSize) = (random.Next(1, random.Next(4) == 0 ? 9_000 : 900), random.Next(1, random.Next(4) == 0 ? 9_000 : 900));
            (asks, bids) = (asks + ask, bids + bidSize);
            units.Append(CultureInfo.InvariantCulture, $"{(level == 0 ? "" : ",")}{{\"ap\":{bid + (1_000 * (level + 1))},\"bp\":{bid - (1_000 * level)},\"as\":{ask / 1000m},\"bs\":{bidSize / 1000m}}}");
        }
        text.Append(CultureInfo.InvariantCulture,
            $"{{\"ty\":\"orderbook\",\"cd\":\"{market}\",\"tms\":{nowNs / 1_000_000},\"tas\":{asks / 1000m},\"tbs\":{bids / 1000m},\"obu\":[{units}],\"st\":\"REALTIME\"}}");
    }

    private static void AddTrade(StringBuilder text, string market, long nowNs, long price, Random random, long id)
    {
        long ms = nowNs / 1_000_000;
        text.Append(CultureInfo.InvariantCulture,
            $"{{\"ty\":\"trade\",\"cd\":\"{market}\",\"tms\":{ms},\"td\":\"2023-11-14\",\"ttm\":\"22:13:20\",\"ttms\":{ms},\"tp\":{price},\"tv\":{random.Next(1, 500) / 1000m},\"ab\":\"{(random.Next(2) == 0 ? "ASK" : "BID")}\",\"pcp\":99000000,\"c\":\"RISE\",\"cp\":1000000,\"sid\":{id},\"st\":\"REALTIME\"}}");
    }
}
