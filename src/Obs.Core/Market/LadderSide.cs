using System;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Obs.Core.Market;

/// <summary>One side of a <see cref="LadderBook"/>: sizes by key in pages of 64, found through a directory; two levels of bitmaps lead to the next occupied key.</summary>
/// <remarks>
/// A key is the price mantissa of a bid and its one's complement for an ask, so that for both sides the highest key is the best price and one code
/// serves both without a branch. Engine thread only. No allocation but when the levels lie further apart than ever, or need more pages at once than ever;
/// after <see cref="Reserve"/> only beyond 16.7 million prices or 4,095 pages. A directory that its levels have left is moved to them in place.
/// Memory: 4.2 bytes per 64 prices between the furthest levels, 576 bytes per page that holds a level; reserved at most 3.4 MB, mapped as it is used.
/// The invariants behind the unchecked reads: <c>_directory[page]</c> is 0 or the offset of 72 longs inside <c>_pages</c>; a page with an offset holds at
/// least one level and its occupancy word says which; <c>_summary</c> has a bit for each such page, <c>_top</c> one for each non-zero word of it.
/// </remarks>
internal sealed class LadderSide
{
    /// <summary>The key that stands for "no level"; lower than every key.</summary>
    public const long None = long.MinValue;

    private const int PageShift = 6;
    private const int SlotMask = 63;
    private const int OccupancyAt = 64;
    private const int NextFreeAt = 65;
    private const int PageLongs = 72; // 64 sizes, occupancy, link of free pages; a multiple of a cache line
    private const int LongsPerLine = 8;
    private const int PagesAtOnce = 8;
    private const int WarmParts = 16; // 8,192 prices from the best on: most of what diffs touch
    private const int DirectoryUnit = 4096; // pages under one word of the top bitmap: re-basing moves whole words
    private const int ReservedDirectory = 1 << 18;
    private const int ReservedPages = 1 << 12;

    private readonly long _lowestKey;
    private readonly long _highestKey;
    private readonly long _priceMask;
    private int[] _directory = [];
    private ulong[] _summary = [];
    private ulong[] _top = [];
    private long[] _pages = new long[16 * PageLongs];
    private long _firstPage;
    private int _usedLongs = PageLongs; // offset 0 means "no page"
    private int _firstFree;

    /// <summary>An empty side for prices 0 to <paramref name="maxPrice"/>.</summary>
    public LadderSide(Side side, Price maxPrice)
    {
        _priceMask = -(long)side;
        long low = _priceMask;
        long high = maxPrice.Mantissa ^ _priceMask;
        (_lowestKey, _highestKey) = (Math.Min(low, high), Math.Max(low, high));
    }

    /// <summary>Key of the best level, <see cref="None"/> without one. The book moves it when updates cross (<see cref="CrossPolicy.MoveOpposite"/>).</summary>
    public long Best { get; set; } = None;

    /// <summary>Number of levels.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the memory that recorded markets need in days: levels over 2^18 pages of 64 prices (or the whole range of prices), 4,095 pages at once.</summary>
    public void Reserve()
    {
        Debug.Assert(Count == 0, "room is taken before the first level");
        long range = (_highestKey >> PageShift) - (_lowestKey >> PageShift) + (2 * DirectoryUnit);
        int length = (int)Math.Min(ReservedDirectory, BitOperations.RoundUpToPowerOf2((ulong)range));
        if (_directory.Length < length)
            (_directory, _summary, _top) = (new int[length], new ulong[length >> 6], new ulong[length >> 12]);
        if (_pages.Length < ReservedPages * PageLongs)
            Array.Resize(ref _pages, ReservedPages * PageLongs);
    }

    /// <summary>Size at a key, 0 when there is no level.</summary>
    public long SizeAt(long key)
    {
        long page = (key >> PageShift) - _firstPage;
        if (unchecked((ulong)page) >= (ulong)_directory.Length)
            return 0;
        int offset = _directory[page];
        return offset == 0 ? 0 : _pages[offset + (int)(key & SlotMask)];
    }

    /// <summary>Sets the size at a key and returns the size before. The hot path of diff feeds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Set(long key, long size)
    {
        Debug.Assert(size >= 0, "decoders refuse negative sizes");
        int[] directory = _directory;
        long page = unchecked((key >> PageShift) - _firstPage);
        if (unchecked((ulong)page) >= (ulong)directory.Length)
            return SetWithoutPage(key, size);
        int offset = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(directory), (nint)page);
        if (offset == 0)
            return SetWithoutPage(key, size);
        return SetInPage(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pages), offset), key, size, (int)page);
    }

    /// <summary>Asks the memory for the two lines that <see cref="Set"/> of a key reads and writes. A hint: it changes nothing and cannot fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(long key)
    {
        int[] directory = _directory;
        long page = unchecked((key >> PageShift) - _firstPage);
        if (!Sse.IsSupported || unchecked((ulong)page) >= (ulong)directory.Length)
            return;
        int offset = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(directory), (nint)page);
        ref long sizes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pages), offset);
        // a collection may move the array before the hint arrives: then it was for nothing
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref sizes, unchecked((int)key & SlotMask))));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref sizes, OccupancyAt)));
    }

    /// <summary>Asks the memory for some pages, from the best on downwards.</summary>
    /// <param name="part">0 begins at the best; then what the call before returned.</param>
    /// <returns>The next part; 0 after the last.</returns>
    public unsafe int PrefetchPages(int part)
    {
        if (!Sse.IsSupported || Best == None)
            return 0;
        long page = (Best >> PageShift) - _firstPage - ((long)part * PagesAtOnce);
        for (int taken = 0; taken < PagesAtOnce; taken++, page--)
        {
            if (unchecked((ulong)page) >= (ulong)_directory.Length)
                return 0;
            int offset = _directory[page];
            if (offset == 0)
                continue;
            ref long sizes = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pages), offset);
            for (int at = 0; at < PageLongs; at += LongsPerLine)
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref sizes, at)));
        }
        return part + 1 < WarmParts ? part + 1 : 0;
    }

    /// <summary>The highest occupied key strictly below <paramref name="key"/>, or <see cref="None"/>.</summary>
    public long NextBelow(long key)
    {
        long page = (key >> PageShift) - _firstPage;
        if (key == None || page < 0)
            return None;
        if (page >= _directory.Length)
            return HighestIn(HighestPageBelow(_directory.Length));
        int offset = _directory[page];
        if (offset != 0)
        {
            ulong below = unchecked((ulong)_pages[offset + OccupancyAt] & ((1UL << (int)(key & SlotMask)) - 1));
            if (below != 0)
                return ((_firstPage + page) << PageShift) + BitOperations.Log2(below);
        }
        return HighestIn(HighestPageBelow((int)page));
    }

    /// <summary>Copies levels from <paramref name="fromKey"/> (occupied) downwards; returns how many.</summary>
    public int Copy(long fromKey, Span<BookLevel> levels)
    {
        if (fromKey == None || levels.IsEmpty)
            return 0;
        int copied = 0;
        int page = (int)((fromKey >> PageShift) - _firstPage);
        ulong upToKey = unchecked((2UL << (int)(fromKey & SlotMask)) - 1);
        while (page >= 0)
        {
            int offset = _directory[page];
            ReadOnlySpan<long> sizes = _pages.AsSpan(offset, OccupancyAt + 1);
            long pageKey = (_firstPage + page) << PageShift;
            for (ulong left = unchecked((ulong)sizes[OccupancyAt]) & upToKey; left != 0;)
            {
                int slot = BitOperations.Log2(left);
                left ^= 1UL << slot;
                levels[copied++] = new BookLevel(new Price((pageKey + slot) ^ _priceMask), new Size(sizes[slot]));
                if (copied == levels.Length)
                    return copied;
            }
            upToKey = ulong.MaxValue;
            page = HighestPageBelow(page);
        }
        return copied;
    }

    /// <summary>The highest occupied key, overrun or not; <see cref="None"/> without a level.</summary>
    public long Highest() => HighestIn(HighestPageBelow(_directory.Length));

    /// <summary>Removes every level; keeps the memory.</summary>
    public void Clear()
    {
        for (int page = HighestPageBelow(_directory.Length); page >= 0; page = HighestPageBelow(page))
        {
            _pages.AsSpan(_directory[page], OccupancyAt + 1).Clear();
            FreePage(page);
        }
        Best = None;
        Count = 0;
        Debug.Assert(!_summary.AsSpan().ContainsAnyExcept(0UL), "every page was freed");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long SetInPage(ref long sizes, long key, long size, int page)
    {
        unchecked
        {
            int slot = (int)key & SlotMask;
            ref long cell = ref Unsafe.Add(ref sizes, slot);
            long previous = cell;
            cell = size;
            ref long occupancy = ref Unsafe.Add(ref sizes, OccupancyAt);
            // no branch on "level appears or vanishes": half the updates of a diff feed do, unpredictably
            long isNow = (long)((ulong)-size >> 63);
            long was = (long)((ulong)-previous >> 63);
            long occupied = (occupancy & ~(1L << slot)) | (isNow << slot);
            occupancy = occupied;
            Count += (int)(isNow - was);
            if (occupied == 0)
                FreePage(page);
            if (key >= Best)
                MoveBest(key, size);
            return previous;
        }
    }

    private void MoveBest(long key, long size)
    {
        if (size != 0)
            Best = key;
        else if (key == Best)
            Best = NextBelow(key);
        Debug.Assert(Best == None || SizeAt(Best) > 0, "the best level exists");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long SetWithoutPage(long key, long size)
    {
        if (size == 0)
            return 0; // removing an unknown level is normal
        if (key < _lowestKey || key > _highestKey)
            BookThrow.PriceOutOfRange(key ^ _priceMask, Math.Max(_highestKey, ~_lowestKey));
        long absolutePage = key >> PageShift;
        if (unchecked((ulong)(absolutePage - _firstPage)) >= (ulong)_directory.Length)
            Cover(absolutePage);
        int page = (int)(absolutePage - _firstPage);
        int offset = TakePage();
        _directory[page] = offset;
        _summary[page >> 6] |= 1UL << (page & 63);
        _top[page >> 12] |= 1UL << ((page >> 6) & 63);
        return SetInPage(ref _pages[offset], key, size, page);
    }

    private int TakePage()
    {
        if (_firstFree != 0)
        {
            int offset = _firstFree;
            _firstFree = (int)_pages[offset + NextFreeAt];
            Debug.Assert(_pages[offset + OccupancyAt] == 0, "a free page is empty");
            return offset;
        }
        if (_usedLongs + PageLongs > _pages.Length)
            Array.Resize(ref _pages, checked(_pages.Length * 2));
        int fresh = _usedLongs;
        _usedLongs += PageLongs;
        return fresh;
    }

    private void FreePage(int page)
    {
        int offset = _directory[page];
        Debug.Assert(offset != 0, "only a page that was taken can be freed");
        Debug.Assert(!_pages.AsSpan(offset, OccupancyAt + 1).ContainsAnyExcept(0), "a freed page is empty");
        _pages[offset + NextFreeAt] = _firstFree;
        _firstFree = offset;
        _directory[page] = 0;
        _summary[page >> 6] &= ~(1UL << (page & 63));
        if (_summary[page >> 6] == 0)
            _top[page >> 12] &= ~(1UL << ((page >> 6) & 63));
    }

    private int HighestPageBelow(int page)
    {
        int word = page >> 6;
        ulong bits = word < _summary.Length ? _summary[word] & unchecked((1UL << (page & 63)) - 1) : 0;
        if (bits == 0)
        {
            int topWord = word >> 6;
            ulong words = topWord < _top.Length ? _top[topWord] & unchecked((1UL << (word & 63)) - 1) : 0;
            while (words == 0)
            {
                if (--topWord < 0)
                    return -1;
                words = _top[topWord];
            }
            word = (topWord << 6) + BitOperations.Log2(words);
            bits = _summary[word];
        }
        Debug.Assert(bits != 0, "a bit of the top map leads to a page");
        return (word << 6) + BitOperations.Log2(bits);
    }

    private long HighestIn(int page) =>
        page < 0 ? None : ((_firstPage + page) << PageShift) + BitOperations.Log2(unchecked((ulong)_pages[_directory[page] + OccupancyAt]));

    /// <summary>Makes the directory cover a page beside all occupied ones: in place where they fit together, else in a larger one.</summary>
    private void Cover(long absolutePage)
    {
        int lowest = LowestPage();
        int used = lowest < 0 ? 0 : (HighestPageBelow(_directory.Length) / DirectoryUnit * DirectoryUnit) + DirectoryUnit - lowest;
        long unit = absolutePage & ~(DirectoryUnit - 1L);
        long first = used == 0 ? unit : Math.Min(_firstPage + lowest, unit);
        long end = used == 0 ? unit + DirectoryUnit : Math.Max(_firstPage + lowest + used, unit + DirectoryUnit);
        int length = Math.Max(_directory.Length, (int)BitOperations.RoundUpToPowerOf2((ulong)(end - first)));
        // the far levels of either side lie below: most of the room goes there, but not beyond the last price
        long below = (length - (end - first)) / 8 * 7 / DirectoryUnit * DirectoryUnit;
        first = Math.Max(first - below, Math.Min(first, (_lowestKey >> PageShift) & ~(DirectoryUnit - 1L)));
        Debug.Assert(first <= absolutePage && absolutePage < first + length, "the new directory covers the page");
        Move(first, length, lowest, used);
    }

    private void Move(long first, int length, int lowest, int used)
    {
        int[] directory = length == _directory.Length ? _directory : new int[length];
        ulong[] summary = length == _directory.Length ? _summary : new ulong[length >> 6];
        ulong[] top = length == _directory.Length ? _top : new ulong[length >> 12];
        int target = used == 0 ? 0 : (int)(_firstPage + lowest - first);
        Debug.Assert(target % DirectoryUnit == 0 && lowest % DirectoryUnit == 0 || used == 0, "re-basing moves whole words of both bitmaps");
        Move(_directory, directory, lowest, target, used);
        Move(_summary, summary, lowest >> 6, target >> 6, used >> 6);
        Move(_top, top, lowest >> 12, target >> 12, used >> 12);
        (_directory, _summary, _top, _firstPage) = (directory, summary, top, first);
    }

    private static void Move<T>(T[] from, T[] to, int start, int target, int count)
    {
        if (count > 0)
            Array.Copy(from, start, to, target, count);
        to.AsSpan(0, target).Clear();
        to.AsSpan(target + count).Clear();
    }

    // rounded down to whole words of the top bitmap; −1 without a level
    private int LowestPage()
    {
        int word = _top.AsSpan().IndexOfAnyExcept(0UL);
        return word < 0 ? -1 : word * DirectoryUnit;
    }
}
