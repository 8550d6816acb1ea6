using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>The plain book: two sorted dictionaries and a remembered best, hftbacktest's rule of crossing written down straight. The oracle of the fast ones.</summary>
internal readonly struct SortedBook : IOrderBook<SortedBook>
{
    private readonly Storage _storage;

    private SortedBook(Storage storage) => _storage = storage;

    public ulong StateHash
    {
        get
        {
            ulong hash = 0;
            foreach (Side side in new[] { Side.Bid, Side.Ask })
            {
                foreach ((long price, long size) in _storage.Levels[(int)side])
                    hash = unchecked(hash + BookHash.OfLevel(side, new Price(price), new Size(size)));
            }
            return hash;
        }
    }

    public static SortedBook Create(Instrument instrument) => new(new Storage());

    public void SetCrossPolicy(CrossPolicy policy) => _storage.Policy = policy;

    public bool Has(Side side) => _storage.Best[(int)side] is not null;

    public Price Best(Side side) => new(_storage.Best[(int)side]!.Value);

    public Size SizeAt(Side side, Price price) => new(_storage.Levels[(int)side].GetValueOrDefault(price.Mantissa));

    public int Count(Side side) => _storage.Levels[(int)side].Count;

    public Size Set(Side side, Price price, Size size)
    {
        SortedDictionary<long, long> levels = _storage.Levels[(int)side];
        long previous = levels.GetValueOrDefault(price.Mantissa);
        long? best = _storage.Best[(int)side];
        if (size == Size.Zero)
        {
            levels.Remove(price.Mantissa);
            if (price.Mantissa == best)
                _storage.Best[(int)side] = NextWorse(side, price.Mantissa);
            return new Size(previous);
        }
        levels[price.Mantissa] = size.Mantissa;
        if (best is null || IsBetter(side, price.Mantissa, best.Value))
        {
            _storage.Best[(int)side] = price.Mantissa;
            MoveOpposite(side, price.Mantissa);
        }
        return new Size(previous);
    }

    public void Apply(Side side, ReadOnlySpan<BookLevel> levels)
    {
        foreach (BookLevel level in levels)
            Set(side, level.Price, level.Size);
    }

    public bool TryReplace(Side side, ReadOnlySpan<BookLevel> levels) => false;

    public bool TryNextWorse(Side side, Price price, out Price next)
    {
        long? found = NextWorse(side, price.Mantissa);
        next = new Price(found ?? 0);
        return found is not null;
    }

    public int CopyBest(Side side, Span<BookLevel> levels)
    {
        int copied = 0;
        for (long? price = _storage.Best[(int)side]; price is not null && copied < levels.Length; price = NextWorse(side, price.Value))
            levels[copied++] = new BookLevel(new Price(price.Value), SizeAt(side, new Price(price.Value)));
        return copied;
    }

    public ReadOnlySpan<BookLevel> ViewBest(Side side, Span<BookLevel> scratch) => scratch[..CopyBest(side, scratch)];

    public ReadOnlySpan<BookLevel> ViewAll(Side side, Span<BookLevel> scratch)
    {
        IEnumerable<KeyValuePair<long, long>> levels = _storage.Levels[(int)side];
        BookLevel[] all = [.. (side == Side.Bid ? levels.Reverse() : levels).Select(l => new BookLevel(new Price(l.Key), new Size(l.Value)))];
        all.CopyTo(scratch);
        return scratch[..all.Length];
    }

    public void Clear()
    {
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            _storage.Levels[(int)side].Clear();
            _storage.Best[(int)side] = null;
        }
    }

    private void MoveOpposite(Side side, long price)
    {
        Side other = side ^ Side.Ask;
        long? best = _storage.Best[(int)other];
        if (_storage.Policy == CrossPolicy.MoveOpposite && best is not null && !IsBetter(other, price, best.Value))
            _storage.Best[(int)other] = NextWorse(other, price);
    }

    private long? NextWorse(Side side, long price)
    {
        IEnumerable<long> worse = _storage.Levels[(int)side].Keys.Where(candidate => IsBetter(side, price, candidate));
        return side == Side.Bid ? worse.Select(p => (long?)p).LastOrDefault() : worse.Select(p => (long?)p).FirstOrDefault();
    }

    private static bool IsBetter(Side side, long price, long than) => side == Side.Bid ? price > than : price < than;

    private sealed class Storage
    {
        public SortedDictionary<long, long>[] Levels { get; } = [[], []];

        public long?[] Best { get; } = [null, null];

        public CrossPolicy Policy { get; set; }
    }
}
