namespace Obs.Core.Disruptor;

/// <summary>What a consumer does with an event. A struct is compiled into its processor's loop; a class costs an interface call per event.</summary>
/// <remarks>Called by one thread, in sequence order, each event once. What it throws stops the line at that sequence.</remarks>
/// <typeparam name="T">The event.</typeparam>
internal interface IEventHandler<T>
    where T : struct
{
    /// <summary>Handles one event where it lies.</summary>
    /// <param name="entry">The slot. Write only the part that is this stage's own.</param>
    /// <param name="sequence">Its sequence.</param>
    /// <param name="isEndOfBatch">True for the last event of a run that was available together: the moment to flush.</param>
    void OnEvent(ref T entry, long sequence, bool isEndOfBatch);
}
