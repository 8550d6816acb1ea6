using System;
using System.Diagnostics;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Simulation;

/// <summary>How much of the executed volume rests on what: the simulation's honesty (docs/concepts/paper-venue.md, "Where it is optimistic").</summary>
/// <remarks>Beyond evidence = size that was filled although less was shown: any size at a print through the price, the rest of a take at its limit,
/// whole orders at the front of the queue, a whole order when a small level crosses it.</remarks>
internal struct FillTally
{
    /// <summary>Orders that took.</summary>
    public CauseTally Take;

    /// <summary>Resting orders the best moved onto.</summary>
    public CauseTally BestCrossed;

    /// <summary>Resting orders a print went through.</summary>
    public CauseTally TradedThrough;

    /// <summary>Resting orders reached by their queue.</summary>
    public CauseTally Queue;

    /// <summary>Times the book ceased to be Synced while orders rested or were on their way.</summary>
    public long Gaps;

    /// <summary>Executions by prints while the book was not Synced.</summary>
    public long ExecutionsInGaps;

    /// <summary>Executions in all.</summary>
    public readonly long Executions => Take.Executions + BestCrossed.Executions + TradedThrough.Executions + Queue.Executions;

    /// <summary>Executed in all, in size mantissas.</summary>
    public readonly Int128 Size => Take.Size + BestCrossed.Size + TradedThrough.Size + Queue.Size;

    /// <summary>Executed beyond evidence, in size mantissas.</summary>
    public readonly Int128 BeyondEvidence =>
        Take.BeyondEvidence + BestCrossed.BeyondEvidence + TradedThrough.BeyondEvidence + Queue.BeyondEvidence;

    /// <summary>Share of the volume beyond evidence, 0 to 1; 0 without any volume.</summary>
    public readonly double OptimisticShare => Size == 0 ? 0 : (double)BeyondEvidence / (double)Size;

    /// <summary>Counts an execution.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="size">How much.</param>
    /// <param name="shown">How much the book or the print showed for it.</param>
    public void Count(FillCause cause, Size size, Size shown)
    {
        Debug.Assert(cause != FillCause.None, "a paper execution has a cause");
        switch (cause)
        {
            case FillCause.Take: Add(ref Take, size, shown); break;
            case FillCause.BestCrossed: Add(ref BestCrossed, size, shown); break;
            case FillCause.TradedThrough: Add(ref TradedThrough, size, shown); break;
            default: Add(ref Queue, size, shown); break;
        }
    }

    private static void Add(ref CauseTally tally, Size size, Size shown)
    {
        tally.Executions++;
        tally.Size += size.Mantissa;
        tally.BeyondEvidence += Math.Max(0, size.Mantissa - Math.Max(0, shown.Mantissa));
    }
}
