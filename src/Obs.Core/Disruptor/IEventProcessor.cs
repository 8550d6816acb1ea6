namespace Obs.Core.Disruptor;

/// <summary>A consumer with a thread of its own, seen by those who build and stop the line.</summary>
internal interface IEventProcessor
{
    /// <summary>Its name in messages and thread lists.</summary>
    string Name { get; }

    /// <summary>The last sequence it handled; later stages and producers wait for it.</summary>
    Sequence Progress { get; }

    /// <summary>What stopped it; null unless its handler threw.</summary>
    RingStop? Failure { get; }

    /// <summary>Handles events on the calling thread until it is told to end or its handler throws.</summary>
    void Run();

    /// <summary>Asks it to handle all that is available and then return. Stages before it must have returned.</summary>
    void Finish();

    /// <summary>Asks it to return after the batch it is in.</summary>
    void Halt();
}
