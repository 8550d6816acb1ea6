namespace Obs.Core.Market;

/// <summary>The contribution of one level to a book's state hash.</summary>
/// <remarks>A 64-bit mix of side and price (the finaliser of SplitMix64; Steele, Lea, Flood 2014), times the size: changes are one mix and one
/// multiplication, their sum does not depend on order, and wrapping is meant.</remarks>
internal static class BookHash
{
    /// <summary>The factor of a side and price; a level contributes factor × size.</summary>
    public static ulong Factor(Side side, Price price)
    {
        unchecked
        {
            return Mix(((ulong)price.Mantissa << 1) + (ulong)side);
        }
    }

    /// <summary>The mix itself, for other parts of the state: every input bit reaches every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            ulong z = value + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>What a change of size adds to the hash of a book, wrapping.</summary>
    public static ulong OfChange(Side side, Price price, long previous, long now) => unchecked(Factor(side, price) * (ulong)(now - previous));

    /// <summary>The hash of a book from all its levels, to be compared with the one kept incrementally. Allocates; for snapshots and tests.</summary>
    public static ulong Recompute<TBook>(TBook book)
        where TBook : struct, IOrderBook<TBook>
    {
        ulong hash = 0;
        foreach (Side side in stackalloc[] { Side.Bid, Side.Ask })
        {
            foreach (BookLevel level in book.ViewAll(side, new BookLevel[book.Count(side)]))
                hash = unchecked(hash + OfLevel(side, level.Price, level.Size));
        }
        return hash;
    }

    /// <summary>Contribution of a level; 0 for size 0.</summary>
    public static ulong OfLevel(Side side, Price price, Size size) => unchecked(Factor(side, price) * (ulong)size.Mantissa);
}
