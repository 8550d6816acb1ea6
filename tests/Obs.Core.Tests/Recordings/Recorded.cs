using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>A folder of made-up recordings for one test, and the markets they are about.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("obs-recordings-").FullName;

    /// <summary>A time of the tests, ns.</summary>
    public const long TimeNs = 1_730_386_800_033_000_000;

    /// <summary>Markets with exact scales.</summary>
    public static InstrumentCatalog Markets { get; } = new(
    [
        Market(VenueId.Upbit, "KRW-BTC", 4, 8),
        Market(VenueId.Upbit, "KRW-ETH", 4, 8),
        Market(VenueId.Upbit, "KRW-XRP", 4, 8),
        Market(VenueId.BinanceSpot, "BTCUSDT", 2, 5),
        Market(VenueId.BinanceUsdm, "BTCUSDT", 2, 3),
        Market(VenueId.BinanceUsdm, "BTC-PERPETUAL", 1, 0),
        Market(VenueId.BinanceUsdm, "XBTUSD", 1, 0),
    ]);

    /// <summary>The folder.</summary>
    public string Folder => _folder;

    /// <summary>A market of these scales.</summary>
    public static Instrument Market(VenueId venue, string symbol, int priceDecimals, int sizeDecimals) => new()
    {
        Venue = venue,
        Symbol = symbol,
        QuoteCurrency = "KRW",
        PriceDecimals = priceDecimals,
        SizeDecimals = sizeDecimals,
        Ticks = TickTable.Constant(new Price(1)),
        Lot = new Size(1),
        MaxPrice = new Price(1_000_000_000_000_000),
        MinOrderValue = 5000m,
        MakerFee = 0.0005m,
        TakerFee = 0.0005m,
        ShortAllowed = false,
    };

    /// <summary>Options for a market of a venue.</summary>
    public static ImportOptions Options(VenueId venue = VenueId.Upbit, string? symbol = "KRW-BTC") =>
        new() { Venue = venue, Instruments = Markets, Symbol = symbol };

    /// <summary>Path of a file that need not be there.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes text.</summary>
    public string Text(string name, params string[] lines) => Bytes(name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    /// <summary>Writes bytes.</summary>
    public string Bytes(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return PathOf(name);
    }

    /// <summary>Packs bytes as gzip.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>Packs members as zip.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        using MemoryStream packed = new();
        using (ZipArchive archive = new(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream member = archive.CreateEntry(name, level).Open();
                member.Write(content);
            }
        }
        return packed.ToArray();
    }

    /// <summary>Imports files into a fresh sink.</summary>
    public static (ImportResult Result, CollectingSink Sink) Import(ImportOptions options, params IReadOnlyList<string> files)
    {
        CollectingSink sink = new();
        return (new Importer(options, sink).Run(files), sink);
    }

    /// <summary>Deletes the folder.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
