using System;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Market.Binance;
using Obs.Core.Market.Upbit;

namespace Obs.Core.Engine;

/// <summary>The decoders of one run behind one call: a record's bytes to a market event and its levels.</summary>
/// <remarks>One thread; no allocation but for a market's first frame. The levels stay valid until the next call.</remarks>
internal sealed class RecordDecoder
{
    /// <summary>Most levels of one frame, both sides together.</summary>
    public const int LevelsMax = 16_384;

    private readonly InstrumentRegistry _registry;
    private readonly UpbitDecoder _upbit;
    private readonly BinanceDecoder _binanceSpot;
    private readonly BinanceDecoder _binanceUsdm;
    private readonly BookLevel[] _levels = GC.AllocateArray<BookLevel>(LevelsMax, pinned: true);

    /// <summary>Decoders that add the markets they meet to a registry.</summary>
    public RecordDecoder(InstrumentRegistry registry)
    {
        _registry = registry;
        _upbit = new UpbitDecoder(registry);
        _binanceSpot = new BinanceDecoder(VenueId.BinanceSpot, registry);
        _binanceUsdm = new BinanceDecoder(VenueId.BinanceUsdm, registry);
    }

    /// <summary>The run's markets.</summary>
    public InstrumentRegistry Registry => _registry;

    /// <summary>Reads settings records; null where the options are given and the journal's are ignored.</summary>
    public ISettingsReader? Settings { get; init; }

    /// <summary>The settings in a record; null for other records and where they are ignored.</summary>
    public EngineSettings? ReadSettings(RecordKind kind, ReadOnlySpan<byte> payload) =>
        kind is RecordKind.ConfigurationChange or RecordKind.ModelChange or RecordKind.LimitChange ? Settings?.Read(kind, payload) : null;

    /// <summary>Names the market of frames that name none (Binance's REST snapshots).</summary>
    public void SetDefaultMarket(VenueId venue, int instrument)
    {
        if (venue == VenueId.BinanceSpot)
            _binanceSpot.DefaultInstrument = instrument;
        else if (venue == VenueId.BinanceUsdm)
            _binanceUsdm.DefaultInstrument = instrument;
    }

    /// <summary>Decodes a venue frame or REST answer.</summary>
    public DecodeStatus Decode(VenueId venue, ReadOnlySpan<byte> payload, ref MarketEvent e, out ReadOnlySpan<BookLevel> levels)
    {
        DecodeStatus status;
        switch (venue)
        {
            case VenueId.Upbit:
                status = _upbit.Decode(payload, _levels, ref e);
                break;
            case VenueId.BinanceSpot:
                status = _binanceSpot.Decode(payload, _levels, ref e);
                break;
            case VenueId.BinanceUsdm:
                status = _binanceUsdm.Decode(payload, _levels, ref e);
                break;
            case VenueId.Decoded:
                return DecodedForm.TryRead(payload, out e, out levels) && e.Instrument < _registry.Count ? DecodeStatus.Ok : Refuse(ref e, out levels);
            default:
                return Refuse(ref e, out levels);
        }
        levels = status == DecodeStatus.Ok ? new ReadOnlySpan<BookLevel>(_levels, 0, e.BidCount + e.AskCount) : default;
        return status;
    }

    private static DecodeStatus Refuse(ref MarketEvent e, out ReadOnlySpan<BookLevel> levels)
    {
        e = default;
        levels = default;
        return DecodeStatus.Malformed;
    }
}
