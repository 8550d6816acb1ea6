using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Obs.Core.Market;

/// <summary>Failures of books and market state, kept out of the fast methods.</summary>
internal static class BookThrow
{
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void PriceOutOfRange(long priceMantissa, long maxMantissa) =>
        throw new InvalidOperationException(
            $"A level at price mantissa {priceMantissa} lies outside 0..{maxMantissa}; the decoder must refuse such a frame (raise Instrument.MaxPrice if it is real).");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void LadderTooWide(string symbol, long maxMantissa, long limitMantissa) =>
        throw new InvalidOperationException(
            $"{symbol}: a ladder of prices up to mantissa {maxMantissa} is too wide (limit {limitMantissa}); use DepthBook, or fewer price decimals (--tick).");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void BookNotEmpty() =>
        throw new InvalidOperationException("The cross policy is chosen before the first level enters the book; clear the book first.");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void TooManyLevels(int count, int room) =>
        throw new ArgumentException($"{count} levels do not fit a span of {room}; size it by Count(side).", nameof(room));

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void OverrunLevels(Side side, long priceMantissa) =>
        throw new InvalidOperationException(
            $"The {side} level at mantissa {priceMantissa} is overrun (CrossPolicy.MoveOpposite); a compatible run has no snapshots, replay it from its start.");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void WrongHash(ulong saved, ulong restored) =>
        throw new InvalidOperationException(
            $"The restored book hashes to {restored:x16}, the saved one to {saved:x16}; start from an older snapshot, or from the journal's beginning.");
}
