using System;

namespace Obs.Core.Disruptor;

/// <summary>Why a ring takes no more events.</summary>
/// <param name="Stage">The processor that failed, or null when the owner shut the line down.</param>
/// <param name="Sequence">The sequence that was not handled; <see cref="Disruptor.Sequence.Initial"/> when nothing failed.</param>
/// <param name="Cause">What the handler threw; null when nothing failed.</param>
internal sealed record RingStop(string? Stage, long Sequence, Exception? Cause)
{
    /// <summary>The owner closed the ring.</summary>
    public static RingStop ShutDown { get; } = new(null, Disruptor.Sequence.Initial, null);

    /// <summary>What to tell the one who meets it.</summary>
    public string Describe() => Cause is null
        ? "The ring is shut down and takes no more events; claim before Shutdown, or make a new ring."
        : $"Handler '{Stage}' threw at sequence {Sequence} ({Cause.GetType().Name}: {Cause.Message}). The line is stopped: this handler passed nothing from {Sequence} on, and the ring takes no more events.";
}
