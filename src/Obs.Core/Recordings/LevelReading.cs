using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>Prices and sizes of one market from text, judged.</summary>
internal static class LevelReading
{
    /// <summary>A price above zero and at most the market's largest.</summary>
    public static LineFault Price(ReadOnlySpan<byte> text, Instrument instrument, string field, out Price price)
    {
        BadLineReason reason = ScaledNumber.Parse(text, instrument.PriceDecimals, out long mantissa);
        price = new Price(mantissa);
        return Judge(reason, instrument, field, price);
    }

    /// <summary>A size of zero or more.</summary>
    public static LineFault Size(ReadOnlySpan<byte> text, Instrument instrument, string field, out Size size)
    {
        BadLineReason reason = ScaledNumber.Parse(text, instrument.SizeDecimals, out long mantissa);
        size = new Size(mantissa);
        return reason != BadLineReason.None ? new LineFault(reason, field) : mantissa < 0 ? new LineFault(BadLineReason.BadSize, field) : default;
    }

    /// <summary>Judges a price that was read by other means.</summary>
    public static LineFault Judge(BadLineReason reason, Instrument instrument, string field, Price price)
    {
        Debug.Assert(instrument.MaxPrice.Mantissa > 0, "a market has a largest price");
        if (reason != BadLineReason.None)
            return new LineFault(reason, field);
        return price.Mantissa <= 0 || price > instrument.MaxPrice ? new LineFault(BadLineReason.BadPrice, field) : default;
    }
}
