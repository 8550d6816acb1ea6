using System;
using Obs.Core.Market;
using Obs.Core.Market.Upbit;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Upbit;

/// <summary>The Upbit decoder beside its oracle, both on one registry.</summary>
internal sealed class FuzzedUpbit : IFuzzedDecoder
{
    private readonly UpbitOracle _oracle;

    public FuzzedUpbit()
    {
        Registry = TestMarkets.Registry();
        Decoder = new UpbitDecoder(Registry);
        _oracle = new UpbitOracle(Registry);
    }

    public InstrumentRegistry Registry { get; }

    public UpbitDecoder Decoder { get; }

    public DecodeStatus Decode(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e) => Decoder.Decode(frame, levels, ref e);

    public DecodeStatus DecodeGeneral(ReadOnlySpan<byte> frame, Span<BookLevel> levels, ref MarketEvent e) => Decoder.DecodeGeneral(frame, levels, ref e);

    public bool TakesFastPath(ReadOnlySpan<byte> frame, Span<BookLevel> levels)
    {
        MarketEvent e = default;
        return Decoder.TryFast(frame, levels, ref e);
    }

    public DecodedFrame Oracle(byte[] frame) => _oracle.Decode(frame);
}
