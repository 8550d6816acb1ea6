using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Trading;

/// <summary>The tick rule of an instrument as the risk stage asks it: <see cref="TickTable.IsOnTick"/> with a test per band instead of divisions.</summary>
/// <remarks>Engine thread only. It starts at the band of the last price, which hardly ever changes.</remarks>
internal sealed class TickGrid
{
    private readonly (long From, long End, DivisibilityTest Step)[] _bands;
    private int _last;

    /// <summary>The grid of a tick table.</summary>
    public TickGrid(TickTable ticks)
    {
        _bands = new (long, long, DivisibilityTest)[ticks.Bands.Length];
        for (int index = 0; index < _bands.Length; index++)
        {
            // the last band has no end; the last price there is, 2^63 − 1, is found by the search
            long end = index + 1 < _bands.Length ? ticks.Bands[index + 1].From.Mantissa : long.MaxValue;
            _bands[index] = (ticks.Bands[index].From.Mantissa, end, new DivisibilityTest(ticks.Bands[index].Step.Mantissa));
        }
        _last = _bands.Length - 1;
    }

    /// <summary>True when an order may carry this price.</summary>
    public bool Holds(Price price)
    {
        if (price.Mantissa <= 0)
            return false;
        ref readonly (long From, long End, DivisibilityTest Step) band = ref _bands[_last];
        if (price.Mantissa < band.From || price.Mantissa >= band.End)
            band = ref Find(price.Mantissa);
        return band.Step.Divides(price.Mantissa);
    }

    private ref readonly (long From, long End, DivisibilityTest Step) Find(long price)
    {
        int index = _bands.Length - 1;
        while (price < _bands[index].From)
            index--;
        Debug.Assert(index >= 0, "the first band starts at 0");
        _last = index;
        return ref _bands[index];
    }
}
