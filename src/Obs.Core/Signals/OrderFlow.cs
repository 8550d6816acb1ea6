using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Signals;

/// <summary>The order-flow increment of the best level between two states, in lots; positive is net buying pressure.</summary>
/// <remarks>Cont, Kukanov, Stoikov, J. Financial Econometrics 12(1), 2014:
/// e = 1[pb ≥ pb']·qb − 1[pb ≤ pb']·qb' − 1[pa ≤ pa']·qa + 1[pa ≥ pa']·qa', ' = the state before. Both inequalities hold at an equal price, so the
/// term there is the change of the size; with strict ones every such change would be lost.</remarks>
internal static class OrderFlow
{
    /// <summary>Sizes count up to this many lots, so that no sum of four can overflow.</summary>
    public const long MaxLots = 1L << 60;

    /// <summary>The increment from one best bid and ask to the next.</summary>
    public static long Increment(in BookLevel bidBefore, in BookLevel askBefore, in BookLevel bid, in BookLevel ask)
    {
        long flow = 0;
        if (bid.Price >= bidBefore.Price)
            flow += Lots(bid);
        if (bid.Price <= bidBefore.Price)
            flow -= Lots(bidBefore);
        if (ask.Price <= askBefore.Price)
            flow -= Lots(ask);
        if (ask.Price >= askBefore.Price)
            flow += Lots(askBefore);
        Debug.Assert(Math.Abs(flow) <= 2 * MaxLots, "each side adds or takes at most one level");
        return flow;
    }

    /// <summary>The size of a level as order flow counts it.</summary>
    public static long Lots(in BookLevel level) => Math.Min(level.Size.Mantissa, MaxLots);
}
