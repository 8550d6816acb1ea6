using System;
using System.Diagnostics;
using Obs.Core.Market;

namespace Obs.Core.Simulation;

/// <summary>A generated book: never crossed, sizes clustered, its best sizes lean to the side that presses.</summary>
/// <remarks>One thread, no allocation after construction.</remarks>
internal sealed class GeneratedBook
{
    private const double LeanOfBest = 0.35;
    private const double KrwPerUnit = 3_000_000;

    private readonly double _unit;
    private readonly double _startPrice;

    /// <summary>A book around a price (8 decimals), one tick wide.</summary>
    public GeneratedBook(Price start, int levels, in MarketMood mood, ref SeededDraws draws)
    {
        Price bid = new(start.Mantissa - start.Mantissa % UpbitMarkets.KrwTicks.StepAt(start).Mantissa);
        Bids = new GeneratedSide(Side.Bid, UpbitMarkets.KrwTicks, levels, bid);
        Asks = new GeneratedSide(Side.Ask, UpbitMarkets.KrwTicks, levels, Bids.Better(bid));
        _startPrice = bid.Mantissa;
        // sizes at 8 decimals worth about three million KRW each
        _unit = KrwPerUnit / (bid.Mantissa / 1e8) * 1e8;
        for (int index = 0; index < levels; index++)
        {
            Bids.SetSize(index, LevelSize(Side.Bid, index, in mood, ref draws));
            Asks.SetSize(index, LevelSize(Side.Ask, index, in mood, ref draws));
        }
    }

    /// <summary>Buyers.</summary>
    public GeneratedSide Bids { get; }

    /// <summary>Sellers.</summary>
    public GeneratedSide Asks { get; }

    /// <summary>How far the price has run from its start, as a logarithm: it is drawn back gently, so that a long run stays in its band.</summary>
    public double Run => PortableMath.Log(Bids.Best.Price.Mantissa / _startPrice);

    /// <summary>One side.</summary>
    public GeneratedSide Of(Side side) => side == Side.Bid ? Bids : Asks;

    /// <summary>Some orders come and go: a few levels change, the best ones nearly always.</summary>
    public void Change(in MarketMood mood, ref SeededDraws draws)
    {
        foreach (Side side in (ReadOnlySpan<Side>)[Side.Bid, Side.Ask])
        {
            if (draws.Happens(0.8))
                Of(side).SetSize(0, LevelSize(side, 0, in mood, ref draws));
            for (int changes = draws.NextGeometric(0.6, 8); changes > 0; changes--)
            {
                int index = Math.Min(draws.NextGeometric(0.8, 40), Bids.Levels.Length - 1);
                Of(side).SetSize(index, LevelSize(side, index, in mood, ref draws));
            }
        }
        if (IsWide && draws.Happens(0.5))
            Narrow(draws.Happens(mood.UpProbability(1)) ? Side.Bid : Side.Ask, in mood, ref draws);
    }

    /// <summary>The best of the given side gives way; usually the other side follows at once.</summary>
    public void GiveWay(Side side, in MarketMood mood, ref SeededDraws draws)
    {
        Of(side).RemoveBest(LevelSize(side, Bids.Levels.Length - 1, in mood, ref draws), gap: draws.Happens(0.1));
        if (draws.Happens(0.6))
            Narrow(side == Side.Bid ? Side.Ask : Side.Bid, in mood, ref draws);
        Debug.Assert(Bids.Best.Price < Asks.Best.Price, "a generated book is never crossed");
    }

    /// <summary>A taker's size: mostly small, now and then the whole best level (then nothing of it is left).</summary>
    public Size TakerSize(Side side, ref SeededDraws draws)
    {
        Size shown = Of(side == Side.Bid ? Side.Ask : Side.Bid).Best.Size;
        Size wanted = Clustered(_unit * 0.15 * PortableMath.Exp(1.2 * draws.NextNormal()), ref draws);
        return wanted < shown ? wanted : shown;
    }

    /// <summary>A print takes from the best level of the other side.</summary>
    public void Take(Side aggressor, Size size, in MarketMood mood, ref SeededDraws draws)
    {
        Side side = aggressor == Side.Bid ? Side.Ask : Side.Bid;
        Size left = Of(side).Best.Size - size;
        Debug.Assert(left >= Size.Zero, "a print takes at most what is shown");
        if (left > Size.Zero)
            Of(side).SetSize(0, left);
        else
            GiveWay(side, in mood, ref draws);
    }

    private bool IsWide => Bids.Better(Bids.Best.Price) < Asks.Best.Price;

    private void Narrow(Side side, in MarketMood mood, ref SeededDraws draws)
    {
        if (IsWide)
            Of(side).Improve(LevelSize(side, 0, in mood, ref draws));
    }

    private Size LevelSize(Side side, int index, in MarketMood mood, ref SeededDraws draws)
    {
        double lean = index == 0 ? LeanOfBest * (side == Side.Bid ? mood.Pressure : -mood.Pressure) : 0;
        double depth = 1 + 0.4 * Math.Min(index, 6);
        return Clustered(_unit * depth * PortableMath.Exp(lean + 0.6 * draws.NextNormal()), ref draws);
    }

    // people like round numbers: one size in five has a single significant digit
    private static Size Clustered(double mantissa, ref SeededDraws draws)
    {
        long size = Math.Max(1_000, (long)mantissa);
        if (draws.Happens(0.2))
        {
            long digit = 1;
            while (size / digit >= 10)
                digit *= 10;
            size -= size % digit;
        }
        return new Size(size);
    }
}
