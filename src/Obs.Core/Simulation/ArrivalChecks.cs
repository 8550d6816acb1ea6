using System;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>What a venue refuses on arrival: prices off the tick table, sizes off the lot, values below the minimum.</summary>
/// <remarks>Immutable, no allocation. Not applied in compatible mode.</remarks>
internal sealed class ArrivalChecks
{
    private readonly Instrument _instrument;
    private readonly Int128 _minimumValue;

    /// <summary>Checks of one instrument.</summary>
    public ArrivalChecks(Instrument instrument)
    {
        _instrument = instrument;
        _minimumValue = (Int128)decimal.Ceiling(instrument.MinOrderValue * PowersOfTen.AsDecimal[instrument.PriceDecimals] * PowersOfTen.AsDecimal[instrument.SizeDecimals]);
    }

    /// <summary>True when the venue would take the order.</summary>
    /// <param name="order">The order as it arrives.</param>
    /// <param name="opposite">Best opposite price, by which a market order is valued; null without one (then only its size is checked).</param>
    public bool Accepts(in PaperOrder order, Price? opposite)
    {
        if (order.Left <= Size.Zero || order.Total.Mantissa % _instrument.Lot.Mantissa != 0)
            return false;
        if (order.Type == OrderType.Limit && !_instrument.Ticks.IsOnTick(order.Price))
            return false;
        Price? valued = order.Type == OrderType.Limit ? order.Price : opposite;
        return valued is not Price price || Instrument.Notional(price, order.Left) >= _minimumValue;
    }
}
