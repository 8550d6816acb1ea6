namespace Obs.Core.Disruptor;

/// <summary>Hands out the sequences of a ring to producers and tells consumers which are published.</summary>
/// <remarks>When the ring is full <see cref="Claim(int)"/> waits with the ring's wait strategy and <see cref="TryClaim"/> answers false: nothing is ever overwritten
/// or dropped. When the line is stopped both throw <see cref="RingStoppedException"/>, at once. Whatever is claimed must be published, or the ring
/// stands still there. Order of use: claim, write the slots, publish. Invariant: handled ≤ published ≤ claimed ≤ handled + capacity.
/// Hot producers call the concrete class, whose methods inline.</remarks>
internal interface ISequencer
{
    /// <summary>Number of slots.</summary>
    int Capacity { get; }

    /// <summary>The sequence consumers look at first: the highest published (one producer) or the highest claimed (several).</summary>
    Sequence Cursor { get; }

    /// <summary>Highest sequence claimed, published or not. Exact when no producer is at work.</summary>
    long Claimed { get; }

    /// <summary>Why the ring takes no more events; null while it does.</summary>
    RingStop? Stopped { get; }

    /// <summary>Claims slots, waiting for room.</summary>
    /// <param name="count">1 to the capacity.</param>
    /// <returns>The last sequence claimed; the first is that − <paramref name="count"/> + 1.</returns>
    long Claim(int count);

    /// <summary>Claims slots if there is room now.</summary>
    /// <param name="count">1 to the capacity.</param>
    /// <param name="last">The last sequence claimed; meaningless when the answer is false.</param>
    bool TryClaim(int count, out long last);

    /// <summary>Publishes all of one claim with a single release.</summary>
    /// <param name="first">First sequence of the claim.</param>
    /// <param name="last">Last sequence of the claim.</param>
    void Publish(long first, long last);

    /// <summary>The highest sequence such that all from <paramref name="first"/> to it are published; <paramref name="first"/> − 1 when that one is not.</summary>
    /// <param name="first">Where to begin.</param>
    /// <param name="last">Where to end: a value of <see cref="Cursor"/>.</param>
    long HighestPublished(long first, long last);

    /// <summary>Names the consumers that must have handled a slot before it is used again. Once, before the first claim.</summary>
    void GateBy(params Sequence[] gates);

    /// <summary>Refuses all further claims and wakes everybody. The first reason given stays.</summary>
    void Stop(RingStop stop);

    /// <summary>A sequence moved: wakes those who sleep.</summary>
    void Signal();
}
