using System;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Engine;

/// <summary>The stages of one market, from book to paper venue. One virtual call per frame leads here; inside everything is compiled for the book's type.</summary>
/// <remarks>Engine thread only.</remarks>
internal abstract class MarketPipeline
{
    /// <summary>Stages of one market.</summary>
    protected MarketPipeline(ushort index, Instrument instrument)
    {
        Index = index;
        Instrument = instrument;
    }

    /// <summary>Index of the market in the run's registry.</summary>
    public ushort Index { get; }

    /// <summary>The market.</summary>
    public Instrument Instrument { get; }

    /// <summary>True since the market's first frame: only then it is part of the state.</summary>
    public bool IsActive { get; set; }

    /// <summary>Takes the memory of a long run beforehand, so that frames do not allocate.</summary>
    public abstract void Reserve();

    /// <summary>Rows so far that had to finish the model's background work themselves.</summary>
    public abstract long LateRows { get; }

    /// <summary>Venue's own best prices that equalled the rebuilt book's.</summary>
    public abstract long TickerMatches { get; }

    /// <summary>Venue's own best prices that differed from the rebuilt book's.</summary>
    public abstract long TickerMismatches { get; }

    /// <summary>What the paper venue's executions rest on: volume by cause, and the share that no print or shown size covers.</summary>
    public abstract FillTally Honesty { get; }

    /// <summary>The stand-alone run's ledger of this market.</summary>
    public abstract Ledger Ledger { get; }

    /// <summary>Predicted return of the last row; NaN when there was no prediction.</summary>
    public abstract double LastPredictedReturn { get; }

    /// <summary>Best bid + best ask of the last Synced book; 0 before the first.</summary>
    public abstract long LastSyncedBidPlusAsk { get; }

    /// <summary>The top of the book now.</summary>
    public abstract TopOfBook Top { get; }

    /// <summary>Quality of the book now.</summary>
    public abstract BookQuality Quality { get; }

    /// <summary>Earliest engine time at which something falls due without a frame (held request, report, stale limit); <see cref="long.MaxValue"/> for nothing.</summary>
    public abstract long NextDueNs { get; }

    /// <summary>Digest of the whole state of this market.</summary>
    public abstract ulong StateDigest { get; }

    /// <summary>Processes a decoded frame of this market.</summary>
    public abstract void OnEvent(ref MarketEvent e, ReadOnlySpan<BookLevel> levels);

    /// <summary>A depth frame or snapshot from before the run: builds the book and nothing else.</summary>
    public abstract void Prime(in MarketEvent e, ReadOnlySpan<BookLevel> levels);

    /// <summary>Moves the clocks that move without frames: paper venue, book quality, report delivery.</summary>
    public abstract void OnTime(long engineNs);

    /// <summary>Sends a request of a script or user.</summary>
    /// <returns>Why it was refused, or none.</returns>
    public abstract RejectReason Request(ref OrderRequest request);

    /// <summary>Does up to a slice of background model work; true while more remains.</summary>
    public abstract bool RunBackgroundSlice();

    /// <summary>Reads what the next frame will read, so that it lies in the core's caches when it comes. Changes nothing.</summary>
    /// <returns>A number made of what was read, so that reading cannot be left out.</returns>
    public abstract ulong Touch();

    /// <summary>Copies the best levels of a side; returns how many.</summary>
    public abstract int CopyBest(Side side, Span<BookLevel> levels);

    /// <summary>The recording has ended: requests still held at the paper venue are processed (compatible runs).</summary>
    public abstract void Finish();

    /// <summary>Writes the whole state of this market.</summary>
    public abstract void Save(SnapshotWriter writer);

    /// <summary>Takes what <see cref="Save"/> wrote, into fresh stages.</summary>
    public abstract void Restore(SnapshotReader reader);

    /// <summary>Goes over to the context's new options: book, windows, ledger and orders stay, as far as the options allow.</summary>
    /// <param name="before">The options until now.</param>
    public abstract void Adopt(EngineOptions before);

    /// <summary>Engages or releases the kill switch of this market's ledger.</summary>
    public abstract void SetKilled(bool killed);
}
