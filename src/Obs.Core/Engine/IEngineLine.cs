using System;
using Obs.Core.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>Where a journaled record goes next: the engine on the same thread (<see cref="FusedLine"/>) or on one of its own (<see cref="SplitLine"/>).</summary>
/// <remarks>One thread offers, in the order of the journal; that thread calls everything here. One virtual call a record.</remarks>
internal interface IEngineLine : IDisposable
{
    /// <summary>Name of the thread that offers, for messages.</summary>
    string OfferingStage { get; }

    /// <summary>The earliest time the engine has published as due, ns; <see cref="long.MaxValue"/> for none. May be some records old where the engine has its own thread.</summary>
    long NextDueNs { get; }

    /// <summary>Knows when the machine kept the offering thread waiting.</summary>
    StallDetector Stalls { get; }

    /// <summary>Hands a record over; waits while there is no room.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="venue">Whose frame it is.</param>
    /// <param name="receiveNs">Its receive time.</param>
    /// <param name="payload">Its bytes; read before the call returns.</param>
    /// <param name="receivedTicks">When it was received or due, Stopwatch ticks; 0 = unknown.</param>
    /// <param name="sequence">Its journal sequence; 0 = unknown.</param>
    /// <param name="command">Who waits for its outcome, or null.</param>
    /// <exception cref="Disruptor.RingStoppedException">The engine's thread has failed; names the sequence.</exception>
    void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null);

    /// <summary>There is nothing to offer now: does a slice of what can be done before the next record.</summary>
    /// <param name="nowTicks">Now, in Stopwatch ticks.</param>
    /// <returns>True when records wait for more of it.</returns>
    bool RunIdleSlice(long nowTicks);

    /// <summary>Waits until everything offered is processed.</summary>
    /// <exception cref="Disruptor.RingStoppedException">The engine's thread has failed; names the sequence.</exception>
    void Finish();
}
