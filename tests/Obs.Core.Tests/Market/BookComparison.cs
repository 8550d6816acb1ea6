using System;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>Runs two books side by side and tells the first difference: the checker behind the book tests, itself checked by a book with a planted fault.</summary>
internal static class BookComparison
{
    /// <summary>The first difference after some operations, or null.</summary>
    public static string? FirstDifference<TLeft, TRight>(int seed, int operations, CrossPolicy policy, int checkEvery = 1)
        where TLeft : struct, IOrderBook<TLeft>
        where TRight : struct, IOrderBook<TRight>
    {
        Instrument instrument = MarketFixture.Instrument(maxPrice: 2_000_000);
        TLeft left = TLeft.Create(instrument);
        TRight right = TRight.Create(instrument);
        left.SetCrossPolicy(policy);
        right.SetCrossPolicy(policy);
        BookOperations source = new(seed, lowest: 1, highest: seed % 2 == 0 ? 2_000 : 1_500_000);
        for (int step = 0; step < operations; step++)
        {
            (Side side, Price price, Size size) = source.Next();
            Size previousLeft = left.Set(side, price, size);
            Size previousRight = right.Set(side, price, size);
            string where = $"seed {seed}, step {step}: {side} {price.Mantissa} := {size.Mantissa}";
            if (previousLeft != previousRight)
                return $"{where}: size before {previousLeft} against {previousRight}";
            if (step % checkEvery == 0 && Difference(left, right, price) is { } difference)
                return $"{where}: {difference}";
        }
        return Difference(left, right, new Price(1)) ?? (left.StateHash == RecomputedHash.Of(left) ? null : "the kept hash is not the recomputed one");
    }

    /// <summary>What two books show differently, or null.</summary>
    public static string? Difference<TLeft, TRight>(TLeft left, TRight right, Price probe)
        where TLeft : struct, IOrderBook<TLeft>
        where TRight : struct, IOrderBook<TRight>
    {
        if (left.StateHash != right.StateHash)
            return "hash";
        foreach (Side side in new[] { Side.Bid, Side.Ask })
        {
            if (left.Has(side) != right.Has(side) || (left.Has(side) && left.Best(side) != right.Best(side)))
                return $"best {side}: {(left.Has(side) ? left.Best(side) : null)} against {(right.Has(side) ? right.Best(side) : null)}";
            if (left.Count(side) != right.Count(side))
                return $"count {side}: {left.Count(side)} against {right.Count(side)}";
            if (left.TryNextWorse(side, probe, out Price leftNext) != right.TryNextWorse(side, probe, out Price rightNext)
                || (right.TryNextWorse(side, probe, out _) && leftNext != rightNext))
                return $"next {side} after {probe}: {leftNext} against {rightNext}";
            if (left.SizeAt(side, probe) != right.SizeAt(side, probe))
                return $"size of {side} {probe}";
            Span<BookLevel> ofLeft = new BookLevel[15];
            Span<BookLevel> ofRight = new BookLevel[15];
            if (!left.ViewBest(side, ofLeft).SequenceEqual(right.ViewBest(side, ofRight)))
                return $"best 15 levels of {side}";
        }
        return null;
    }
}
