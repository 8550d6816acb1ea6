using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Bench.Suites.Book;

/// <summary>The depth frames of a recording, decoded beforehand: the benchmark measures books, not text.</summary>
internal sealed class RecordedBooks
{
    private readonly List<MarketEvent> _frames = [];
    private readonly List<BookLevel> _levels = [];
    private readonly InstrumentRegistry _registry = new(DefaultInstruments.Catalog);

    /// <summary>Frames in order; market indexes are those of <see cref="Instruments"/>.</summary>
    public MarketEvent[] Frames { get; private set; } = [];

    /// <summary>Levels of all frames, one behind the other.</summary>
    public BookLevel[] Levels { get; private set; } = [];

    /// <summary>The markets met.</summary>
    public IReadOnlyList<Instrument> Instruments { get; private set; } = [];

    /// <summary>Reads the USD-M recording of the decode benchmark: snapshot, diffs.</summary>
    public static RecordedBooks Binance(string file)
    {
        RecordedBooks books = new();
        books._registry.TryFind(VenueId.BinanceUsdm, "BTCUSDT"u8, out ushort index);
        BinanceDecoder decoder = new(VenueId.BinanceUsdm, books._registry) { DefaultInstrument = index };
        return books.Read(file, decoder.Decode);
    }

    /// <summary>Reads Upbit's complete books.</summary>
    public static RecordedBooks Upbit(string file)
    {
        RecordedBooks books = new();
        return books.Read(file, new UpbitDecoder(books._registry).Decode);
    }

    private delegate DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e);

    private RecordedBooks Read(string file, Decode decode)
    {
        BookLevel[] levels = new BookLevel[16_384];
        using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.Latin1, false, 1 << 16);
        while (reader.ReadLine() is { } line)
        {
            MarketEvent e = default;
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (decode(Encoding.Latin1.GetBytes(line[(space + 1)..]), levels, ref e) != DecodeStatus.Ok
                || e.Kind is not (MarketEventKind.Diff or MarketEventKind.Snapshot or MarketEventKind.FullBook))
                continue;
            e.ReceiveNs = long.Parse(line.AsSpan(0, space), System.Globalization.CultureInfo.InvariantCulture);
            _frames.Add(e);
            _levels.AddRange(levels.AsSpan(0, e.BidCount + e.AskCount));
        }
        (Frames, Levels) = ([.. _frames], [.. _levels]);
        List<Instrument> instruments = [];
        for (int index = 0; index < _registry.Count; index++)
            instruments.Add(_registry[index]);
        Instruments = instruments;
        return this;
    }
}
