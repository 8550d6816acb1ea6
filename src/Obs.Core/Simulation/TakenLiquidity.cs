using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>What own orders took of the shown levels since those levels were last updated, per account: the recorded book cannot show it.</summary>
/// <remarks>Engine thread only. A handful of entries: a plain list, searched from the start; grows by doubling.</remarks>
internal sealed class TakenLiquidity
{
    private Entry[] _entries = new Entry[64];

    /// <summary>Levels remembered.</summary>
    public int Count { get; private set; }

    /// <summary>The entries, in the order they were made.</summary>
    public ReadOnlySpan<Entry> All => _entries.AsSpan(0, Count);

    /// <summary>What an account took at a level.</summary>
    public Size At(int account, Side side, Price price)
    {
        int index = IndexOf(account, side, price);
        return index < 0 ? Size.Zero : _entries[index].Size;
    }

    /// <summary>Remembers a take.</summary>
    public void Add(int account, Side side, Price price, Size size)
    {
        Debug.Assert(size > Size.Zero, "a take has a size");
        int index = IndexOf(account, side, price);
        if (index >= 0)
        {
            _entries[index] = _entries[index] with { Size = _entries[index].Size + size };
            return;
        }
        if (Count == _entries.Length)
            Array.Resize(ref _entries, Count * 2);
        _entries[Count++] = new Entry(account, side, price, size);
    }

    /// <summary>The level was updated: what it shows now is news to every account.</summary>
    public void Forget(Side side, Price price)
    {
        int kept = 0;
        for (int index = 0; index < Count; index++)
        {
            if (_entries[index].Price != price || _entries[index].Side != side)
                _entries[kept++] = _entries[index];
        }
        Count = kept;
    }

    /// <summary>The whole book is new.</summary>
    public void Clear() => Count = 0;

    private int IndexOf(int account, Side side, Price price)
    {
        for (int index = 0; index < Count; index++)
        {
            ref readonly Entry entry = ref _entries[index];
            if (entry.Price == price && entry.Side == side && entry.Account == account)
                return index;
        }
        return -1;
    }

    /// <summary>One account's takes of one level.</summary>
    /// <param name="Account">Whose.</param>
    /// <param name="Side">Side of the level.</param>
    /// <param name="Price">Its price.</param>
    /// <param name="Size">Taken since its last update.</param>
    internal readonly record struct Entry(int Account, Side Side, Price Price, Size Size);
}
