using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>The hash of a book from all its levels, against which the one kept incrementally is held.</summary>
internal static class RecomputedHash
{
    public static ulong Of<TBook>(TBook book)
        where TBook : struct, IOrderBook<TBook>
    {
        ulong hash = 0;
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            foreach (BookLevel level in book.ViewAll(side, new BookLevel[book.Count(side)]))
                hash = unchecked(hash + BookHash.OfLevel(side, level.Price, level.Size));
        }
        return hash;
    }
}
