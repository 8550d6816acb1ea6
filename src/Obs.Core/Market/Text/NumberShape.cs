using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Obs.Core.Market.Text;

/// <summary>All that is known about a decimal text from its counts of digits: what may stand in each of its bytes, and where its digits go.</summary>
/// <remarks>Bytes are those of a 16-byte vector that ends with the text. A byte is good when <c>byte − Base ≤ Limit</c> (unsigned): a digit has base '0'
/// and limit 9, a first digit that may not be 0 has '1' and 8, the point has '.' and 0, a dropped digit has '0' and 0, bytes before the text have 0 and 255.</remarks>
internal struct NumberShape
{
    /// <summary>Bytes looked at.</summary>
    public const int Bytes = 16;

    private const byte Nothing = 0x80;

    /// <summary>Lowest good value of each byte.</summary>
    public Vector128<byte> Base;

    /// <summary>How far above it a good byte may lie.</summary>
    public Vector128<byte> Limit;

    /// <summary>Brings the kept digits, without the point, to the end of the vector and zeros before them.</summary>
    public Vector128<byte> Shuffle;

    /// <summary>Factor from the kept digits to the mantissa.</summary>
    public long Unit;

    /// <summary>0 when the shape is usual; anything else leaves the text to <see cref="DecimalText"/>.</summary>
    public int Unusual;

    /// <summary>The shape of a text.</summary>
    /// <param name="whole">Digits before the point.</param>
    /// <param name="tail">Bytes from the point on, the point among them; 0 without a point.</param>
    /// <param name="decimals">Decimals of the mantissa.</param>
    [SkipLocalsInit]
    public static NumberShape Of(int whole, int tail, int decimals)
    {
        int fraction = Math.Max(tail - 1, 0);
        int kept = Math.Min(fraction, decimals);
        // "5." is no number; beyond 18 digits a mantissa may not fit
        if (whole < 1 || tail == 1 || whole + tail > Bytes || whole + decimals > 18)
            return new NumberShape { Unusual = 1 };
        Span<byte> low = stackalloc byte[Bytes], limit = stackalloc byte[Bytes], shuffle = stackalloc byte[Bytes];
        low.Clear();
        limit.Fill(byte.MaxValue);
        shuffle.Fill(Nothing);
        int start = Bytes - whole - tail, point = Bytes - tail;
        low[start..].Fill((byte)'0');
        limit[start..].Fill(9);
        if (whole > 1)
            (low[start], limit[start]) = ((byte)'1', 8);
        if (tail > 0)
            (low[point], limit[point]) = ((byte)'.', 0);
        limit[(Bytes - fraction + kept)..].Clear();
        for (int digit = 0; digit < kept; digit++)
            shuffle[Bytes - kept + digit] = (byte)(point + 1 + digit);
        for (int digit = 0; digit < whole; digit++)
            shuffle[Bytes - kept - whole + digit] = (byte)(start + digit);
        Debug.Assert(whole + kept <= Bytes && start >= 0, "the digits fit the vector");
        return new NumberShape
        {
            Base = Vector128.Create<byte>(low),
            Limit = Vector128.Create<byte>(limit),
            Shuffle = Vector128.Create<byte>(shuffle),
            Unit = PowersOfTen.AsLong[decimals - kept],
        };
    }
}
