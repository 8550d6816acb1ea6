using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Tests.Market;

/// <summary>A recording run through decoder and market books, as the engine does it, with what the tests ask about.</summary>
internal sealed class RecordedMarket<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly BookLevel[] _levels = new BookLevel[16_384];
    private readonly InstrumentRegistry _registry = new(DefaultInstruments.Catalog);
    private readonly VenueId _venue;
    private readonly BinanceDecoder? _binance;
    private readonly UpbitDecoder? _upbit;

    public RecordedMarket(VenueId venue, string symbol)
    {
        _venue = venue;
        _registry.TryFind(venue, Encoding.UTF8.GetBytes(symbol), out ushort index);
        _upbit = venue == VenueId.Upbit ? new UpbitDecoder(_registry) : null;
        _binance = venue == VenueId.Upbit ? null : new BinanceDecoder(venue, _registry) { DefaultInstrument = index };
    }

    /// <summary>One book a market, by index in the registry.</summary>
    public SortedDictionary<int, MarketBook<TBook>> Books { get; } = [];

    public int Frames { get; private set; }

    public int Rejected { get; private set; }

    public int AppliedLevels { get; private set; }

    /// <summary>Rows that were not Synced.</summary>
    public int RowsNotSynced { get; private set; }

    /// <summary>Checked after each applied frame.</summary>
    public Action<MarketBook<TBook>, MarketEvent>? AfterRow { get; set; }

    public RecordedMarket<TBook> Run(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(SharedData.Path(file)), CompressionMode.Decompress), Encoding.Latin1, false, 1 << 16);
        while (reader.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            long received = long.Parse(line.AsSpan(0, space), CultureInfo.InvariantCulture);
            Take(Encoding.Latin1.GetBytes(line[(space + 1)..]), received > 100_000_000_000_000_000 ? received : received * 1_000);
        }
        return this;
    }

    /// <summary>The book as the README writes it: <c>b price size</c>, <c>a price size</c>, best first, plain decimals, LF.</summary>
    public string Text(int index)
    {
        StringBuilder text = new();
        Instrument instrument = _registry[index];
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            foreach (BookLevel level in Books[index].Book.ViewAll(side, new BookLevel[Books[index].Book.Count(side)]))
                text.Append(CultureInfo.InvariantCulture, $"{(side == Side.Bid ? 'b' : 'a')} {Plain(instrument.ToDecimal(level.Price))} {Plain(instrument.ToDecimal(level.Size))}\n");
        }
        return text.ToString();
    }

    public string Sha256(int index) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Text(index))));

    private static string Plain(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private void Take(byte[] frame, long receiveNs)
    {
        MarketEvent e = default;
        DecodeStatus status = _upbit?.Decode(frame, _levels, ref e) ?? _binance!.Decode(frame, _levels, ref e);
        if (status != DecodeStatus.Ok)
        {
            Rejected++;
            return;
        }
        Frames++;
        e.ReceiveNs = receiveNs;
        MarketBook<TBook> book = BookOf(e.Instrument);
        if (e.Kind == MarketEventKind.Trade)
        {
            book.TryAcceptTrade(e);
            return;
        }
        Visitor visitor = new(this, book);
        book.OnFrame(e, _levels, ref visitor);
    }

    private MarketBook<TBook> BookOf(int index)
    {
        if (!Books.TryGetValue(index, out MarketBook<TBook>? book))
        {
            IVenueSync sync = _venue switch
            {
                VenueId.BinanceSpot => new BinanceSpotSync(),
                VenueId.BinanceUsdm => new BinanceUsdmSync(),
                _ => new UpbitSync(),
            };
            Books[index] = book = new MarketBook<TBook>(_registry[index], sync);
        }
        return book;
    }

    private readonly struct Visitor(RecordedMarket<TBook> run, MarketBook<TBook> book) : IBookVisitor
    {
        public bool WantsLevels => false;

        public void BeforeFrame(in MarketEvent frame)
        {
        }

        public void OnLevel(Side side, Price price, Size previous, Size now) => throw new InvalidOperationException("nobody asked for levels");

        public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
        {
            run.AppliedLevels += levels.Length;
            run.RowsNotSynced += book.Quality == BookQuality.Synced ? 0 : 1;
            run.AfterRow?.Invoke(book, frame);
        }

        public void OnSnapshot(in MarketEvent snapshot)
        {
        }

        public void OnResync(in MarketEvent cause)
        {
        }
    }
}
