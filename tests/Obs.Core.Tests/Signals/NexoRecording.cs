using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text.Json;
using Obs.Core.Market;

namespace Obs.Core.Tests.Signals;

/// <summary>Reads the 24 h NEXOUSDT recording in the plainest way: a line is a receive time in µs, a blank and JSON. It shares nothing with the decoders.</summary>
internal static class NexoRecording
{
    private static readonly string[] Files = ["data/binance/spot_nexousdt_20240723.dat.gz", "data/binance/spot_nexousdt_20240724.dat.gz"];

    /// <summary>Paths of the two files; ignores the running test where they are absent.</summary>
    public static string[] Paths() => Array.ConvertAll(Files, SharedData.Path);

    /// <summary>The snapshot as a diff on an empty book, then every depth update and trade, in the order received.</summary>
    public static IEnumerable<(MarketStep Step, bool IsSnapshot)> Read(string[] paths)
    {
        foreach (string path in paths)
        {
            using StreamReader lines = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            while (lines.ReadLine() is string line)
            {
                int blank = line.IndexOf(' ', StringComparison.Ordinal);
                long timeNs = long.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture) * 1000;
                using JsonDocument document = JsonDocument.Parse(line.AsMemory(blank + 1));
                if (Parse(document.RootElement, timeNs) is MarketStep step)
                    yield return (step, document.RootElement.TryGetProperty("lastUpdateId", out _));
            }
        }
    }

    private static MarketStep? Parse(JsonElement root, long timeNs)
    {
        if (root.TryGetProperty("lastUpdateId", out _))
            return MadeMarket.Diff(timeNs, Levels(root.GetProperty("bids")), Levels(root.GetProperty("asks")));
        JsonElement data = root.GetProperty("data");
        if (!data.TryGetProperty("e", out JsonElement kind))
            return null; // bookTicker
        if (kind.GetString() == "trade")
        {
            Side aggressor = data.GetProperty("m").GetBoolean() ? Side.Ask : Side.Bid;
            return new MarketStep(MadeMarket.Trade(timeNs, Mantissa(data.GetProperty("p"), 1000), Mantissa(data.GetProperty("q"), 100), aggressor), []);
        }
        return MadeMarket.Diff(timeNs, Levels(data.GetProperty("b")), Levels(data.GetProperty("a")));
    }

    private static BookLevel[] Levels(JsonElement pairs)
    {
        List<BookLevel> levels = [];
        foreach (JsonElement pair in pairs.EnumerateArray())
            levels.Add(MadeMarket.Level(Mantissa(pair[0], 1000), Mantissa(pair[1], 100)));
        return [.. levels];
    }

    private static long Mantissa(JsonElement text, int scale) => decimal.ToInt64(decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture) * scale);
}
