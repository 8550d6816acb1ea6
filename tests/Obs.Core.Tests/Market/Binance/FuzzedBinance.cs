using System;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Binance;

/// <summary>The Binance decoder beside its oracle, both on one registry.</summary>
internal sealed class FuzzedBinance : IFuzzedDecoder
{
    private readonly BinanceOracle _oracle;

    public FuzzedBinance(VenueId venue, string defaultSymbol = "BTCUSDT")
    {
        Registry = TestMarkets.Registry();
        _ = Registry.TryFind(venue, System.Text.Encoding.ASCII.GetBytes(defaultSymbol), out ushort index);
        Decoder = new BinanceDecoder(venue, Registry) { DefaultInstrument = index };
        _oracle = new BinanceOracle(venue, Registry, index);
    }

    public InstrumentRegistry Registry { get; }

    public BinanceDecoder Decoder { get; }

    public DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e) => Decoder.Decode(frame, levels, ref e);

    public DecodeStatus DecodeGeneral(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e) => Decoder.DecodeGeneral(frame, levels, ref e);

    public bool TakesFastPath(ReadOnlySpan<byte> frame, Span<BookLevel> levels)
    {
        MarketEvent e = default;
        return Decoder.TryFast(frame, levels, ref e);
    }

    public DecodedFrame Oracle(byte[] frame) => _oracle.Decode(frame);
}
