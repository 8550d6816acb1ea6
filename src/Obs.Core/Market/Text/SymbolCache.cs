using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Obs.Core.Market.Text;

/// <summary>The markets a decoder has seen, found by the symbol's bytes as two words. Only what the general path accepted enters, so the
/// fast path never adds a market and both paths number them alike.</summary>
/// <remarks>One thread. Adding allocates now and then and happens at a market's first frame; finding does not.</remarks>
internal sealed class SymbolCache
{
    /// <summary>Longest symbol that is kept, in bytes; longer ones always take the general path.</summary>
    public const int MaxSymbolBytes = 16;

    /// <summary>Most decimals the fast path can convert; finer markets always take the general path.</summary>
    public const int MaxDecimals = 8;

    // number 0 means a free slot, so the first entry stays empty
    private MarketScale[] _markets = new MarketScale[64];
    private ushort[] _slots = new ushort[256];
    private int _count;

    /// <summary>Finds a market by its symbol's words (bytes behind the end are 0).</summary>
    /// <returns>A reference into the cache, valid until the next <see cref="Add"/>, or a null reference.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly MarketScale Find(ulong low, ulong high)
    {
        ushort[] slots = _slots;
        for (uint slot = Hash(low, high); ; slot = unchecked(slot + 1))
        {
            int number = slots[slot & unchecked((uint)(slots.Length - 1))];
            if (number == 0)
                return ref Unsafe.NullRef<MarketScale>();
            ref readonly MarketScale market = ref _markets[number];
            if (market.SymbolLow == low && market.SymbolHigh == high)
                return ref market;
        }
    }

    /// <summary>Finds a market by its symbol.</summary>
    public bool TryFind(ReadOnlySpan<byte> symbol, out MarketScale market)
    {
        market = default;
        if (symbol.Length is 0 or > MaxSymbolBytes)
            return false;
        (ulong low, ulong high) = Words(symbol);
        ref readonly MarketScale found = ref Find(low, high);
        if (Unsafe.IsNullRef(in found))
            return false;
        market = found;
        return true;
    }

    /// <summary>Remembers a market unless it is known, or its symbol is long or not plain text, or its scale is finer than the fast path's.</summary>
    public void Add(ReadOnlySpan<byte> symbol, Instrument instrument, ushort index)
    {
        if (symbol.Length is 0 or > MaxSymbolBytes || !IsPlain(symbol)
            || instrument.PriceDecimals > MaxDecimals || instrument.SizeDecimals > MaxDecimals)
            return;
        MarketScale market = MarketScale.Of(instrument, index);
        (market.SymbolLow, market.SymbolHigh) = Words(symbol);
        if (!Unsafe.IsNullRef(in Find(market.SymbolLow, market.SymbolHigh)))
            return;
        if (_count == _markets.Length - 1)
            Grow();
        _markets[++_count] = market;
        Debug.Assert(_count * 4 <= _slots.Length, "probing needs free slots");
        Link(market, _count);
    }

    private static (ulong Low, ulong High) Words(ReadOnlySpan<byte> symbol)
    {
        Span<byte> padded = stackalloc byte[MaxSymbolBytes];
        padded.Clear();
        symbol.CopyTo(padded);
        return (BinaryPrimitives.ReadUInt64LittleEndian(padded), BinaryPrimitives.ReadUInt64LittleEndian(padded[8..]));
    }

    private void Grow()
    {
        Array.Resize(ref _markets, _markets.Length * 2);
        _slots = new ushort[_slots.Length * 2];
        for (int number = 1; number <= _count; number++)
            Link(_markets[number], number);
    }

    private void Link(in MarketScale market, int number)
    {
        uint slot = Hash(market.SymbolLow, market.SymbolHigh);
        while (_slots[slot & (uint)(_slots.Length - 1)] != 0)
            slot = unchecked(slot + 1);
        _slots[slot & (uint)(_slots.Length - 1)] = (ushort)number;
    }

    private static uint Hash(ulong low, ulong high) =>
        unchecked((uint)(((low ^ BitOperations.RotateLeft(high, 29)) * 0x9E3779B97F4A7C15UL) >> 40));

    private static bool IsPlain(ReadOnlySpan<byte> symbol) =>
        !symbol.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E) && !symbol.ContainsAny((byte)'"', (byte)'\\');
}
