using System;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Bench.Suites;

/// <summary>Our side of the decode benchmark: one decoder, and one validated book as the engine keeps it (synchronisation, quality, state hash).</summary>
/// <remarks>Frames repeat, so their ids and times are replaced after decoding by ones that follow each other.</remarks>
internal sealed class DecodeBooks
{
    private readonly BookLevel[] _levels = new BookLevel[16_384];
    private readonly UpbitDecoder _upbit = new(new InstrumentRegistry(DefaultInstruments.Catalog));
    private readonly BinanceDecoder _spot = new(VenueId.BinanceSpot, new InstrumentRegistry(DefaultInstruments.Catalog));
    private readonly BinanceDecoder _usdm = new(VenueId.BinanceUsdm, new InstrumentRegistry(DefaultInstruments.Catalog));
    private readonly MarketBook<DepthBook> _upbitBook = new(Market(VenueId.Upbit, "KRW-BTC"), new UpbitSync());
    private readonly MarketBook<LadderBook> _spotBook = new(Market(VenueId.BinanceSpot, "BTCUSDT"), new BinanceSpotSync());
    private MarketEvent _event;
    private QuietVisitor _visitor;
    private long _venueNs = 1_760_000_000_000_000_000;
    private long _updateId = 1_000;

    /// <summary>A Binance book that stands on an empty snapshot.</summary>
    public DecodeBooks()
    {
        MarketEvent snapshot = new() { Kind = MarketEventKind.Snapshot, LastUpdateId = _updateId };
        _spotBook.OnFrame(in snapshot, default, ref _visitor);
    }

    /// <summary>Decodes an Upbit frame.</summary>
    public double Upbit(ReadOnlySpan<byte> frame) => Checked(_upbit.Decode(frame, _levels, ref _event));

    /// <summary>Decodes a Binance spot frame.</summary>
    public double Spot(ReadOnlySpan<byte> frame) => Checked(_spot.Decode(frame, _levels, ref _event));

    /// <summary>Decodes a Binance futures frame.</summary>
    public double Usdm(ReadOnlySpan<byte> frame) => Checked(_usdm.Decode(frame, _levels, ref _event));

    /// <summary>Decodes an Upbit book and takes it into the engine's book, which checks and hashes it.</summary>
    public double UpbitBook(ReadOnlySpan<byte> frame)
    {
        _ = Upbit(frame);
        _event.VenueNs = _event.MatchNs = _event.ReceiveNs = ++_venueNs;
        _upbitBook.OnFrame(in _event, _levels, ref _visitor);
        return Synced(_upbitBook.Quality);
    }

    /// <summary>Decodes a Binance diff and takes it into the book.</summary>
    public double SpotBook(ReadOnlySpan<byte> frame)
    {
        _ = Spot(frame);
        _event.ReceiveNs = ++_venueNs;
        _event.FirstUpdateId = _event.LastUpdateId = ++_updateId;
        _spotBook.OnFrame(in _event, _levels, ref _visitor);
        return Synced(_spotBook.Quality);
    }

    private double Checked(DecodeStatus status) =>
        status == DecodeStatus.Ok ? _event.BidCount : throw new InvalidOperationException($"A frame of the benchmark was refused: {status}.");

    private static double Synced(BookQuality quality) =>
        quality == BookQuality.Synced ? 1 : throw new InvalidOperationException($"The book of the benchmark is {quality}.");

    private static Instrument Market(VenueId venue, string symbol) =>
        DefaultInstruments.Catalog.TryCreate(venue, System.Text.Encoding.ASCII.GetBytes(symbol), out Instrument? market)
            ? market
            : throw new InvalidOperationException($"{symbol} is not in the default registry.");

    /// <summary>Wants nothing: the cost of the book alone.</summary>
    private struct QuietVisitor : IBookVisitor
    {
        /// <inheritdoc/>
        public readonly bool WantsLevels => false;

        /// <inheritdoc/>
        public readonly void BeforeFrame(in MarketEvent frame)
        {
        }

        /// <inheritdoc/>
        public readonly void OnLevel(Side side, Price price, Size previous, Size now)
        {
        }

        /// <inheritdoc/>
        public readonly void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels)
        {
        }

        /// <inheritdoc/>
        public readonly void OnSnapshot(in MarketEvent snapshot)
        {
        }

        /// <inheritdoc/>
        public readonly void OnResync(in MarketEvent cause)
        {
        }
    }
}
