using System;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>The decoded form of one event as a record's payload: <see cref="MarketEvent"/>, then the bids, then the asks, as they lie in memory (little endian).</summary>
internal static class DecodedPayload
{
    /// <summary>Bytes of the part before the levels.</summary>
    public static readonly int HeaderBytes = Marshal.SizeOf<MarketEvent>();

    /// <summary>Bytes of one level.</summary>
    public static readonly int LevelBytes = Marshal.SizeOf<BookLevel>();

    /// <summary>Bytes an event with so many levels takes.</summary>
    public static int SizeOf(int levels) => HeaderBytes + levels * LevelBytes;

    /// <summary>Writes an event; returns the bytes used.</summary>
    public static int Write(Span<byte> target, in MarketEvent head, ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        Debug.Assert(head.BidCount == bids.Length && head.AskCount == asks.Length, "the header counts its levels");
        MemoryMarshal.Write(target, in head);
        MemoryMarshal.AsBytes(bids).CopyTo(target[HeaderBytes..]);
        MemoryMarshal.AsBytes(asks).CopyTo(target[SizeOf(bids.Length)..]);
        return SizeOf(bids.Length + asks.Length);
    }

    /// <summary>Reads an event; false when the bytes are not exactly one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out MarketEvent head, out ReadOnlySpan<BookLevel> levels)
    {
        head = default;
        levels = default;
        if (payload.Length < HeaderBytes)
            return false;
        head = MemoryMarshal.Read<MarketEvent>(payload);
        if (head.BidCount < 0 || head.AskCount < 0 || head.BidCount + (long)head.AskCount > LevelBuffer.MostLevels
            || payload.Length != SizeOf(head.BidCount + head.AskCount))
            return false;
        levels = MemoryMarshal.Cast<byte, BookLevel>(payload[HeaderBytes..]);
        return true;
    }
}
