using System;
using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Core.Tests.Simulation;

/// <summary>The plainest book that can be: a sorted map a side. Optionally with the library's crossing rule (facts/simulation.md §3): an update that
/// makes best bid ≥ best ask moves the other side's best past it, overrun levels stay in the map.</summary>
internal readonly struct PlainBook : IOrderBook<PlainBook>
{
    private readonly Storage _storage;

    private PlainBook(Storage storage) => _storage = storage;

    public ulong StateHash
    {
        get
        {
            ulong hash = 0;
            foreach (Side side in new[] { Side.Bid, Side.Ask })
            {
                foreach ((long key, long size) in _storage.Levels(side))
                    hash = unchecked(hash + BookHash.OfLevel(side, PriceOf(side, key), new Size(size)));
            }
            return hash;
        }
    }

    public static PlainBook Create(Instrument instrument) => new(new Storage(movesOpposite: false));

    public static PlainBook CreateLikeTheLibrary() => new(new Storage(movesOpposite: true));

    public bool Has(Side side) => _storage.Best(side) != Storage.None;

    public Price Best(Side side) => PriceOf(side, _storage.Best(side));

    public Size SizeAt(Side side, Price price) => new(_storage.Levels(side).GetValueOrDefault(Key(side, price)));

    public Size Set(Side side, Price price, Size size) => new(_storage.Set(side, Key(side, price), size.Mantissa));

    public bool TryNextWorse(Side side, Price price, out Price next)
    {
        long key = _storage.After(side, Key(side, price));
        next = key == Storage.None ? default : PriceOf(side, key);
        return key != Storage.None;
    }

    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        int count = 0;
        for (long key = _storage.Best(side); key != Storage.None && count < levels.Length; key = _storage.After(side, key))
            levels[count++] = new BookLevel(PriceOf(side, key), SizeAt(side, PriceOf(side, key)));
        return count;
    }

    public int Count(Side side) => _storage.Levels(side).Count;

    public void Clear() => _storage.Clear();

    private static long Key(Side side, Price price) => side == Side.Bid ? -price.Mantissa : price.Mantissa;

    private static Price PriceOf(Side side, long key) => new(side == Side.Bid ? -key : key);

    private sealed class Storage(bool movesOpposite)
    {
        public const long None = long.MaxValue;

        private readonly SortedList<long, long>[] _levels = [[], []];
        private readonly long[] _best = [None, None];

        public SortedList<long, long> Levels(Side side) => _levels[(int)side];

        public long Best(Side side) => _best[(int)side];

        public void Clear()
        {
            _levels[0].Clear();
            _levels[1].Clear();
            _best[0] = _best[1] = None;
        }

        public long Set(Side side, long key, long size)
        {
            SortedList<long, long> levels = Levels(side);
            long previous = levels.GetValueOrDefault(key);
            if (size == 0)
            {
                levels.Remove(key);
                if (key == Best(side))
                    _best[(int)side] = After(side, key);
                return previous;
            }
            levels[key] = size;
            if (key < Best(side))
            {
                _best[(int)side] = key;
                int other = 1 - (int)side;
                if (movesOpposite && _best[other] != None && _best[other] <= -key)
                    _best[other] = After((Side)other, -key);
            }
            return previous;
        }

        public long After(Side side, long key)
        {
            IList<long> keys = Levels(side).Keys;
            int low = 0;
            int high = keys.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (keys[middle] <= key)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low < keys.Count ? keys[low] : None;
        }
    }
}
