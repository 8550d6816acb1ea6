using System;

namespace Obs.Core.Market;

/// <summary>A price as an integer mantissa; the value is <c>Mantissa / 10^Instrument.PriceDecimals</c> in quote currency.</summary>
/// <remarks>Comparable only between prices of one instrument. Overflow throws (checked), it never wraps.</remarks>
internal readonly record struct Price(long Mantissa) : IComparable<Price>
{
    /// <inheritdoc/>
    public int CompareTo(Price other) => Mantissa.CompareTo(other.Mantissa);

    /// <summary>Lower than.</summary>
    public static bool operator <(Price left, Price right) => left.Mantissa < right.Mantissa;

    /// <summary>Higher than.</summary>
    public static bool operator >(Price left, Price right) => left.Mantissa > right.Mantissa;

    /// <summary>Lower than or equal.</summary>
    public static bool operator <=(Price left, Price right) => left.Mantissa <= right.Mantissa;

    /// <summary>Higher than or equal.</summary>
    public static bool operator >=(Price left, Price right) => left.Mantissa >= right.Mantissa;
}
