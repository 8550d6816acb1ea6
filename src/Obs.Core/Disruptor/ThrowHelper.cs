using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Obs.Core.Disruptor;

/// <summary>Throws outside the fast methods, so that those stay small enough to inline.</summary>
internal static class ThrowHelper
{
    /// <summary>A size that masks cannot serve.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void CapacityNotPowerOfTwo(int capacity) =>
        throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A ring of {capacity} events cannot be made; use a power of two from 2 to 2^30.");

    /// <summary>A claim the ring could never grant.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void ClaimOutOfRange(int count, int capacity) =>
        throw new ArgumentOutOfRangeException(nameof(count), count, $"{count} events cannot be claimed at once from a ring of {capacity}; claim 1 to {capacity}.");

    /// <summary>A ring whose slots nobody frees.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void NobodyGates(int capacity) =>
        throw new InvalidOperationException($"All {capacity} slots are used and no consumer was ever registered; call GateBy (or RingTopology.Start) before the first claim.");

    /// <summary>The line stopped.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Stopped(RingStop stop) => throw new RingStoppedException(stop);

    /// <summary>Ring and sequencer that do not belong together.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void CapacitiesDiffer(int ringCapacity, int sequencerCapacity) =>
        throw new ArgumentException($"The ring has {ringCapacity} slots and its sequencer counts {sequencerCapacity}; give both the same capacity.");

    /// <summary>A call that comes too late or twice.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void AlreadyStarted(string what) =>
        throw new InvalidOperationException($"{what} is not possible once the line was started; build the whole topology, then call Start once.");

    /// <summary>A call that comes too early.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void NoProcessors() =>
        throw new InvalidOperationException("The line has no processor; add one with Handle before Start.");

    /// <summary>A dependency that is not part of the line.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void ForeignProcessor(string name) =>
        throw new ArgumentException($"Processor '{name}' belongs to another line; depend on processors of this one only.");

    /// <summary>Slots that were claimed and never published.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void NotDrained(long handledSequence, long claimedSequence) =>
        throw new InvalidOperationException($"The line stopped after sequence {handledSequence}, but {claimedSequence} was claimed: a producer claimed without publishing. Stop the producers before Shutdown.");
}
