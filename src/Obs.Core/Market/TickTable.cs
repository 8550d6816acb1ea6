using System;
using System.Collections.Immutable;

namespace Obs.Core.Market;

/// <summary>Price steps by price band (Upbit's KRW table), or one band for a constant tick.</summary>
/// <remarks>Immutable, any thread, no allocation in use.</remarks>
internal sealed class TickTable
{
    private readonly ImmutableArray<TickBand> _bands;

    /// <summary>Bands in ascending order of <see cref="TickBand.From"/>; the first must start at 0.</summary>
    /// <exception cref="ArgumentException">No band, a first band above 0, bands out of order, or a step that is not positive.</exception>
    public TickTable(ImmutableArray<TickBand> bands)
    {
        if (bands.IsDefaultOrEmpty || bands[0].From.Mantissa != 0)
            throw new ArgumentException("A tick table starts with a band from price 0.", nameof(bands));
        for (int index = 0; index < bands.Length; index++)
        {
            if (bands[index].Step.Mantissa <= 0 || (index > 0 && bands[index].From <= bands[index - 1].From))
                throw new ArgumentException($"Tick band {index} is out of order or has no positive step.", nameof(bands));
        }
        _bands = bands;
    }

    /// <summary>One step everywhere.</summary>
    public static TickTable Constant(Price step) => new([new TickBand(default, step)]);

    /// <summary>The bands, ascending.</summary>
    public ImmutableArray<TickBand> Bands => _bands;

    /// <summary>The step that applies at a price (the band that begins at or below it).</summary>
    public Price StepAt(Price price)
    {
        for (int index = _bands.Length - 1; index > 0; index--)
        {
            if (price >= _bands[index].From)
                return _bands[index].Step;
        }
        return _bands[0].Step;
    }

    /// <summary>True when an order may carry this price.</summary>
    public bool IsOnTick(Price price) => price.Mantissa > 0 && price.Mantissa % StepAt(price).Mantissa == 0;
}
