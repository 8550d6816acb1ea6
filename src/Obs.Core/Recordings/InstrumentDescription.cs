using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>An <see cref="Instrument"/> as it stands in a configuration record. Mantissas are integers at the scales named here.</summary>
internal sealed record InstrumentDescription
{
    private const int MostDecimals = 12;

    /// <summary>Index in the registry of the run.</summary>
    public required int Index { get; init; }

    /// <summary>Venue of the market.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The venue's own code.</summary>
    public required string Symbol { get; init; }

    /// <summary>Quote currency.</summary>
    public required string QuoteCurrency { get; init; }

    /// <summary>Decimals of price mantissas.</summary>
    public required int PriceDecimals { get; init; }

    /// <summary>Decimals of size mantissas.</summary>
    public required int SizeDecimals { get; init; }

    /// <summary>Price bands: pairs of first price and step, mantissas.</summary>
    public required IReadOnlyList<long> Ticks { get; init; }

    /// <summary>Smallest step of an order's size, mantissa.</summary>
    public required long Lot { get; init; }

    /// <summary>Highest price of a frame, mantissa.</summary>
    public required long MaxPrice { get; init; }

    /// <summary>Smallest order value in quote currency.</summary>
    public required decimal MinOrderValue { get; init; }

    /// <summary>Maker fee, a fraction.</summary>
    public required decimal MakerFee { get; init; }

    /// <summary>Taker fee, a fraction.</summary>
    public required decimal TakerFee { get; init; }

    /// <summary>True where positions may go below zero.</summary>
    public required bool ShortAllowed { get; init; }

    /// <summary>Describes an instrument.</summary>
    public static InstrumentDescription Of(Instrument instrument, int index) => new()
    {
        Index = index,
        Venue = instrument.Venue,
        Symbol = instrument.Symbol,
        QuoteCurrency = instrument.QuoteCurrency,
        PriceDecimals = instrument.PriceDecimals,
        SizeDecimals = instrument.SizeDecimals,
        Ticks = [.. instrument.Ticks.Bands.SelectMany(static (TickBand band) => new[] { band.From.Mantissa, band.Step.Mantissa })],
        Lot = instrument.Lot.Mantissa,
        MaxPrice = instrument.MaxPrice.Mantissa,
        MinOrderValue = instrument.MinOrderValue,
        MakerFee = instrument.MakerFee,
        TakerFee = instrument.TakerFee,
        ShortAllowed = instrument.ShortAllowed,
    };

    /// <summary>What is wrong with the description; null when nothing is.</summary>
    public string? Problem()
    {
        if (string.IsNullOrEmpty(Symbol))
            return $"instrument {Index} has no symbol";
        if (PriceDecimals is < 0 or > MostDecimals || SizeDecimals is < 0 or > MostDecimals)
            return $"{Symbol}: scales of {PriceDecimals} and {SizeDecimals} decimals; 0 to {MostDecimals} are possible";
        if (Lot <= 0 || MaxPrice <= 0)
            return $"{Symbol}: lot {Lot} and largest price {MaxPrice} must be positive";
        if (Ticks.Count < 2 || Ticks.Count % 2 != 0 || Ticks[0] != 0)
            return $"{Symbol}: price bands are pairs of first price and step, the first from 0";
        for (int band = 0; band < Ticks.Count; band += 2)
        {
            if (Ticks[band + 1] <= 0 || (band > 0 && Ticks[band] <= Ticks[band - 2]))
                return $"{Symbol}: price band {band / 2} is out of order or has no positive step";
        }
        return null;
    }

    /// <summary>The instrument; only when <see cref="Problem"/> is null.</summary>
    public Instrument ToInstrument() => new()
    {
        Venue = Venue,
        Symbol = Symbol,
        QuoteCurrency = QuoteCurrency,
        PriceDecimals = PriceDecimals,
        SizeDecimals = SizeDecimals,
        Ticks = new TickTable([.. Bands()]),
        Lot = new Size(Lot),
        MaxPrice = new Price(MaxPrice),
        MinOrderValue = MinOrderValue,
        MakerFee = MakerFee,
        TakerFee = TakerFee,
        ShortAllowed = ShortAllowed,
    };

    private ImmutableArray<TickBand> Bands()
    {
        ImmutableArray<TickBand>.Builder bands = ImmutableArray.CreateBuilder<TickBand>(Ticks.Count / 2);
        for (int band = 0; band < Ticks.Count; band += 2)
            bands.Add(new TickBand(new Price(Ticks[band]), new Price(Ticks[band + 1])));
        return bands.ToImmutable();
    }
}
