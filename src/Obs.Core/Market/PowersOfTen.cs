using System;

namespace Obs.Core.Market;

/// <summary>Powers of ten from 10^0 to 10^18, exact in each type.</summary>
internal static class PowersOfTen
{
    /// <summary>As 64-bit integers.</summary>
    public static readonly long[] AsLong = Build(static (long p) => p);

    /// <summary>As doubles (exact up to 10^22).</summary>
    public static readonly double[] AsDouble = Build(static (long p) => (double)p);

    /// <summary>As decimals.</summary>
    public static readonly decimal[] AsDecimal = Build(static (long p) => (decimal)p);

    private static T[] Build<T>(Func<long, T> convert)
    {
        T[] powers = new T[19];
        long power = 1;
        for (int exponent = 0; exponent < powers.Length; exponent++)
        {
            powers[exponent] = convert(power);
            power = exponent < 18 ? power * 10 : power;
        }
        return powers;
    }
}
