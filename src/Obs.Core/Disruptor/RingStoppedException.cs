using System;

namespace Obs.Core.Disruptor;

/// <summary>The line is stopped: a handler threw, or the owner shut it down. The cause is the inner exception.</summary>
internal sealed class RingStoppedException : InvalidOperationException
{
    /// <summary>An exception for a stop.</summary>
    public RingStoppedException(RingStop stop)
        : base(stop.Describe(), stop.Cause) => Stop = stop;

    /// <summary>Who stopped where and why.</summary>
    public RingStop Stop { get; }
}
