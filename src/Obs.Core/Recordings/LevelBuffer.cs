using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>Levels of the book that is being put together, by side, in the order they came.</summary>
/// <remarks>Reused from book to book; grows to <see cref="MostLevels"/> in all.</remarks>
internal sealed class LevelBuffer
{
    /// <summary>Most levels of one event, both sides together: the decoders' limit.</summary>
    public const int MostLevels = DecodedForm.LevelsMax;

    private BookLevel[] _bids = new BookLevel[64];
    private BookLevel[] _asks = new BookLevel[64];
    private int _bidCount;
    private int _askCount;

    /// <summary>Bids.</summary>
    public ReadOnlySpan<BookLevel> Bids => _bids.AsSpan(0, _bidCount);

    /// <summary>Asks.</summary>
    public ReadOnlySpan<BookLevel> Asks => _asks.AsSpan(0, _askCount);

    /// <summary>Levels of both sides.</summary>
    public int Count => _bidCount + _askCount;

    /// <summary>Forgets all levels.</summary>
    public void Clear() => _bidCount = _askCount = 0;

    /// <summary>Appends a level; false when the book is full.</summary>
    public bool TryAdd(Side side, Price price, Size size)
    {
        Debug.Assert(price.Mantissa > 0 && size.Mantissa >= 0, "prices and sizes are judged before they enter a book");
        if (Count == MostLevels)
            return false;
        if (side == Side.Bid)
            Append(ref _bids, ref _bidCount, new BookLevel(price, size));
        else
            Append(ref _asks, ref _askCount, new BookLevel(price, size));
        Debug.Assert(_bidCount <= _bids.Length && _askCount <= _asks.Length, "levels ≤ storage");
        return true;
    }

    /// <summary>Puts both sides best first.</summary>
    public void SortBestFirst()
    {
        _bids.AsSpan(0, _bidCount).Sort(static (BookLevel left, BookLevel right) => right.Price.CompareTo(left.Price));
        _asks.AsSpan(0, _askCount).Sort(static (BookLevel left, BookLevel right) => left.Price.CompareTo(right.Price));
    }

    /// <summary>True when both sides run from the best to the worst and no price appears twice.</summary>
    public bool IsStrictlySorted()
    {
        for (int index = 1; index < _bidCount; index++)
        {
            if (_bids[index].Price >= _bids[index - 1].Price)
                return false;
        }
        for (int index = 1; index < _askCount; index++)
        {
            if (_asks[index].Price <= _asks[index - 1].Price)
                return false;
        }
        return true;
    }

    private static void Append(ref BookLevel[] levels, ref int count, BookLevel level)
    {
        if (count == levels.Length)
            Array.Resize(ref levels, count * 2);
        levels[count++] = level;
    }
}
