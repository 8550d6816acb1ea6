using System;

namespace Obs.Core.Trading;

/// <summary>An amount of quote currency in the unit of one instrument's <see cref="MoneyScale"/>: fine enough that values are exact, and fees too wherever 22 decimals suffice.</summary>
/// <remarks>128 bits, checked: an overflow throws, it never wraps. Amounts of two instruments are only comparable as decimals.</remarks>
internal readonly record struct Money(Int128 Units) : IComparable<Money>
{
    /// <summary>Nothing.</summary>
    public static Money Zero => default;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Units.CompareTo(other.Units);

    /// <summary>Sum.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Units + right.Units));

    /// <summary>Difference.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Units - right.Units));

    /// <summary>Negation.</summary>
    public static Money operator -(Money value) => new(checked(-value.Units));

    /// <summary>Less than.</summary>
    public static bool operator <(Money left, Money right) => left.Units < right.Units;

    /// <summary>More than.</summary>
    public static bool operator >(Money left, Money right) => left.Units > right.Units;

    /// <summary>Less than or equal.</summary>
    public static bool operator <=(Money left, Money right) => left.Units <= right.Units;

    /// <summary>More than or equal.</summary>
    public static bool operator >=(Money left, Money right) => left.Units >= right.Units;
}
