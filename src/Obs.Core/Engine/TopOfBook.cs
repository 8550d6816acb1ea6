using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Best level of each side; size 0 where a side is empty.</summary>
internal readonly record struct TopOfBook(BookLevel Bid, BookLevel Ask)
{
    /// <summary>True when both sides have a level.</summary>
    public bool HasBothSides => Bid.Size > Size.Zero && Ask.Size > Size.Zero;

    /// <summary>Best bid + best ask mantissa: twice the mid.</summary>
    public long BidPlusAsk => checked(Bid.Price.Mantissa + Ask.Price.Mantissa);
}
