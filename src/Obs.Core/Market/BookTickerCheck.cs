using System;
using System.Diagnostics;

namespace Obs.Core.Market;

/// <summary>Compares the rebuilt top with the venue's own (bookTicker) wherever both stand at the same update id, whichever arrives first.</summary>
/// <remarks>Engine thread only, no allocation. Counts, changes nothing, and is no part of the state: a restart forgets tickers that wait. A ticker waits for the
/// diff that ends at its id; most ids fall inside a diff and are never compared.</remarks>
internal sealed class BookTickerCheck
{
    private const int Waiting = 1_024;

    // ids apart: most are only passed by, and eight of them lie in a cache line
    private readonly long[] _ids = new long[Waiting];
    private readonly Tops[] _tops = new Tops[Waiting];
    private int _first;
    private int _count;

    /// <summary>Tickers equal to the rebuilt top in both prices and both sizes.</summary>
    public long Matches { get; private set; }

    /// <summary>Tickers that differ from the rebuilt top: 0 unless the book is wrong.</summary>
    public long Mismatches { get; private set; }

    /// <summary>Takes a ticker: compares it now, or keeps it for the diff that ends at its id.</summary>
    public void OnTicker<TBook>(in MarketEvent ticker, ReadOnlySpan<BookLevel> levels, TBook book, long bookUpdateId)
        where TBook : struct, IOrderBook<TBook>
    {
        Debug.Assert(levels.Length >= 2, "a ticker has a bid and an ask");
        if (ticker.LastUpdateId < Math.Max(1, bookUpdateId))
            return; // passed already; id 0 is no update, as it is no book's
        if (ticker.LastUpdateId == bookUpdateId)
        {
            Compare(new Tops(levels[0], levels[1]), book);
            return;
        }
        if (_count == Waiting)
            DropFirst();
        // member by member: a ticker built elsewhere and copied here would wait for its own stores
        int at = unchecked(_first + _count++) & (Waiting - 1);
        _ids[at] = ticker.LastUpdateId;
        ref Tops place = ref _tops[at];
        (place.Bid, place.Ask) = (levels[0], levels[1]);
    }

    /// <summary>A diff was applied: compares the tickers that waited for its last id and forgets those it passed.</summary>
    public void OnApplied<TBook>(TBook book, long bookUpdateId)
        where TBook : struct, IOrderBook<TBook>
    {
        while (_count > 0 && _ids[_first] <= bookUpdateId)
        {
            if (_ids[_first] == bookUpdateId)
                Compare(_tops[_first], book);
            DropFirst();
        }
        Debug.Assert(_count >= 0, "the ring is never emptied twice");
    }

    /// <summary>Reads what the next diff will go through.</summary>
    public ulong Touch() => unchecked((ulong)(_ids[_first] + _count + Matches));

    private void DropFirst()
    {
        _first = (_first + 1) & (Waiting - 1);
        _count--;
    }

    private void Compare<TBook>(in Tops ticker, TBook book)
        where TBook : struct, IOrderBook<TBook>
    {
        if (IsTop(book, Side.Bid, ticker.Bid) && IsTop(book, Side.Ask, ticker.Ask))
            Matches++;
        else
            Mismatches++;
    }

    private static bool IsTop<TBook>(TBook book, Side side, BookLevel level)
        where TBook : struct, IOrderBook<TBook> =>
        book.Has(side) ? book.Best(side) == level.Price && book.SizeAt(side, level.Price) == level.Size : level.Size == Size.Zero;

    private struct Tops(BookLevel bid, BookLevel ask)
    {
        public BookLevel Bid = bid;
        public BookLevel Ask = ask;
    }
}
