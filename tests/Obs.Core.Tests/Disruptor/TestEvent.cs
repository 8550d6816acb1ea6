namespace Obs.Core.Tests.Disruptor;

/// <summary>An event with a part for each stage of the tests' lines.</summary>
internal struct TestEvent
{
    /// <summary>Written by the producer.</summary>
    public long Value;

    /// <summary>Written by the first stage, or the left one of a diamond.</summary>
    public long Left;

    /// <summary>Written by the second stage, or the right one of a diamond.</summary>
    public long Right;
}
