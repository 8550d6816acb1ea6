using System.Runtime.InteropServices;

namespace Obs.Core.Recordings.Hftbacktest;

/// <summary>One row of an hftbacktest (version 2) event array; 64 bytes, little endian.</summary>
/// <remarks>hftbacktest, hftbacktest/src/types.rs. Field order is the file's.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct HftEvent
{
    /// <summary>Kind in the low 8 bits, a number, not a mask; flags above.</summary>
    public readonly ulong Ev;

    /// <summary>Venue time, ns.</summary>
    public readonly long ExchangeTime;

    /// <summary>Receive time, ns.</summary>
    public readonly long LocalTime;

    /// <summary>Price.</summary>
    public readonly double Price;

    /// <summary>Absolute size of a level, or traded size.</summary>
    public readonly double Quantity;

    /// <summary>Order id, market-by-order feeds only.</summary>
    public readonly ulong OrderId;

    /// <summary>Reserved.</summary>
    public readonly long IntegerValue;

    /// <summary>Reserved.</summary>
    public readonly double FloatValue;

    /// <summary>What the row is.</summary>
    public HftKind Kind => (HftKind)(byte)(Ev & 0xFF);

    /// <summary>True for rows of the receiving side; rows without it are copies for a venue simulator.</summary>
    public bool IsLocal => (Ev & (1UL << 30)) != 0;

    /// <summary>Bid side, or a trade whose taker bought.</summary>
    public bool IsBuy => (Ev & (1UL << 29)) != 0;

    /// <summary>Ask side, or a trade whose taker sold.</summary>
    public bool IsSell => (Ev & (1UL << 28)) != 0;
}
