using System;

namespace Obs.Core.Market;

/// <summary>A size as an integer mantissa; the value is <c>Mantissa / 10^Instrument.SizeDecimals</c> in base currency.</summary>
/// <remarks>Comparable only between sizes of one instrument. Overflow throws (checked), it never wraps.</remarks>
internal readonly record struct Size(long Mantissa) : IComparable<Size>
{
    /// <summary>Nothing.</summary>
    public static Size Zero => default;

    /// <inheritdoc/>
    public int CompareTo(Size other) => Mantissa.CompareTo(other.Mantissa);

    /// <summary>Sum; throws on overflow.</summary>
    public static Size operator +(Size left, Size right) => new(checked(left.Mantissa + right.Mantissa));

    /// <summary>Difference; throws on overflow.</summary>
    public static Size operator -(Size left, Size right) => new(checked(left.Mantissa - right.Mantissa));

    /// <summary>Smaller than.</summary>
    public static bool operator <(Size left, Size right) => left.Mantissa < right.Mantissa;

    /// <summary>Larger than.</summary>
    public static bool operator >(Size left, Size right) => left.Mantissa > right.Mantissa;

    /// <summary>Smaller than or equal.</summary>
    public static bool operator <=(Size left, Size right) => left.Mantissa <= right.Mantissa;

    /// <summary>Larger than or equal.</summary>
    public static bool operator >=(Size left, Size right) => left.Mantissa >= right.Mantissa;
}
