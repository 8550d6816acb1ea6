using System;

namespace Obs.Core.Models.Sequence;

/// <summary>One market's stream of feature rows through one model: a prediction per row once the window is full.</summary>
/// <remarks>
/// A pure function of the rows since <see cref="Clear"/>: the bits of every prediction are the same for every implementation on the CPU,
/// every vector width, every slicing of the background part and every restore. One thread at a time; the caller hands over (with a fence)
/// when background slices run on another thread.
/// No member but <see cref="Restore"/> loops over the whole window on the path of a row unless its class says so.
/// </remarks>
internal interface ISequenceSession
{
    /// <summary>The model that runs.</summary>
    SequenceModel Model { get; }

    /// <summary>Values outside ± <see cref="RobustScaler.RangeLimit"/> after scaling in accepted rows since creation (or as
    /// restored).</summary>
    long OutOfRangeInputs { get; }

    /// <summary>Rows so far that came before the background part was done and had to finish their own window's share of it. For figures only.</summary>
    long LateRows { get; }

    /// <summary>Rows that a snapshot must keep: those since the last clear, at most T − 1.</summary>
    int HeldRows { get; }

    /// <summary>A hash of the held rows' bits and their number; equal for sessions that will give equal predictions. It reads every
    /// value held: at checkpoints, not per row.</summary>
    ulong StateHash { get; }

    /// <summary>Takes a row of raw features, in the order of the model's names, and predicts when it fills a window. The critical path; no
    /// allocation.</summary>
    /// <param name="rawFeatures">Finite values; a row with an empty feature is not given.</param>
    /// <param name="prediction">In the model's own unit; meaningful with <see cref="PredictionStatus.Ready"/> only.</param>
    PredictionStatus OnRow(ReadOnlySpan<double> rawFeatures, out double prediction);

    /// <summary>Does about a microsecond of the work that later rows need, nearest window first; true while more remains. No
    /// allocation.</summary>
    bool RunBackgroundSlice();

    /// <summary>Forgets all rows: the next prediction needs T new ones.</summary>
    void Clear();

    /// <summary>Copies the held rows, oldest first, and returns how many.</summary>
    int CopyRows(Span<double> rows);

    /// <summary>Clears, takes the rows of a snapshot and does all their background work; the future is then the same as without the
    /// interruption.</summary>
    /// <param name="rows">What <see cref="CopyRows"/> gave.</param>
    /// <param name="outOfRangeInputs">The counter as it was.</param>
    void Restore(ReadOnlySpan<double> rows, long outOfRangeInputs);
}
