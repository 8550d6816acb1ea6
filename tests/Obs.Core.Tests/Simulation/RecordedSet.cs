using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>One recording with its fixed list of orders and the reference's results (shared/data/simulation/README.md).</summary>
internal sealed class RecordedSet
{
    private readonly List<(long ReceiveNs, JsonDocument Frame)> _frames = [];

    private RecordedSet(string name, Instrument instrument)
    {
        Name = name;
        Instrument = instrument;
    }

    public string Name { get; }

    public Instrument Instrument { get; }

    public bool IsFutures => Instrument.Venue == VenueId.BinanceUsdm;

    public static RecordedSet Usdm { get; } = new("usdm_btcusdt_20240718", InstrumentOf(VenueId.BinanceUsdm, "BTCUSDT", 1, 3));

    public static RecordedSet Spot { get; } = new("spot_nexousdt_20240723", InstrumentOf(VenueId.BinanceSpot, "NEXOUSDT", 3, 2));

    public long ClockOffsetNs => Totals().RootElement.GetProperty("clock_offset_ns").GetInt64();

    public JsonDocument Totals() => JsonDocument.Parse(File.ReadAllText(SharedData.Path($"data/simulation/{Name}.totals.json")));

    /// <summary>The reference's rows of one run without the run's name, sorted.</summary>
    public string[] Expected(string table, string run)
    {
        List<string> rows = [];
        foreach (string line in Lines(SharedData.Path($"data/simulation/{Name}.{table}.csv.gz")))
        {
            if (line.StartsWith(run + ",", StringComparison.Ordinal))
                rows.Add(line[(run.Length + 1)..]);
        }
        rows.Sort(StringComparer.Ordinal);
        return [.. rows];
    }

    public IEnumerable<OrderRequest> Script()
    {
        foreach (string line in Lines(SharedData.Path($"data/simulation/{Name}.script.csv.gz")))
        {
            string[] cells = line.Split(',');
            if (cells[0] == "recv_ns")
                continue;
            OrderRequest request = new() { RequestNs = Long(cells[0]), OrderId = Long(cells[2]) };
            if (cells[1] == "submit")
            {
                request.Side = cells[3] == "BUY" ? Side.Bid : Side.Ask;
                request.Price = cells[4].Length == 0 ? default : new Price(Mantissa(cells[4], Instrument.PriceDecimals));
                request.Size = new Size(Mantissa(cells[5], Instrument.SizeDecimals));
                request.Type = cells[6] == "MARKET" ? OrderType.Market : OrderType.Limit;
                request.TimeInForce = Enum.Parse<TimeInForce>(cells[7], ignoreCase: true);
            }
            else
            {
                request.Action = RequestAction.Cancel;
            }
            yield return request;
        }
    }

    /// <summary>Receive time in ns and frame of every line but bookTicker's; read once.</summary>
    public IReadOnlyList<(long ReceiveNs, JsonDocument Frame)> Frames()
    {
        lock (_frames)
        {
            if (_frames.Count == 0)
                ReadFrames();
            return _frames;
        }
    }

    public string Text(Price price) => Instrument.ToDecimal(price).ToString("F" + Instrument.PriceDecimals, CultureInfo.InvariantCulture);

    public string Text(Size size) => Instrument.ToDecimal(size).ToString("F" + Instrument.SizeDecimals, CultureInfo.InvariantCulture);

    public static long Mantissa(string text, int decimals) =>
        (long)(decimal.Parse(text, CultureInfo.InvariantCulture) * PowersOfTen.AsDecimal[decimals]);

    private void ReadFrames()
    {
        foreach (string line in Lines(SharedData.Path($"data/binance/{Name}{(IsFutures ? ".gz" : ".dat.gz")}")))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (!line.Contains("@bookTicker", StringComparison.Ordinal))
                _frames.Add((Long(line[..space]) * (IsFutures ? 1 : 1000), JsonDocument.Parse(line[(space + 1)..])));
        }
    }

    private static long Long(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string path)
    {
        using FileStream file = File.OpenRead(path);
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked, Encoding.UTF8);
        while (reader.ReadLine() is string line)
            yield return line;
    }

    private static Instrument InstrumentOf(VenueId venue, string symbol, int priceDecimals, int sizeDecimals) => new()
    {
        Venue = venue,
        Symbol = symbol,
        QuoteCurrency = "USDT",
        PriceDecimals = priceDecimals,
        SizeDecimals = sizeDecimals,
        Ticks = TickTable.Constant(new Price(1)),
        Lot = new Size(1),
        MaxPrice = new Price(10_000_000),
        MinOrderValue = 5,
        MakerFee = 0.0002m,
        TakerFee = 0.0005m,
        ShortAllowed = true,
    };
}
