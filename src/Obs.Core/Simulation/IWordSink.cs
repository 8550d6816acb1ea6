namespace Obs.Core.Simulation;

/// <summary>Takes a state as a sequence of 64-bit words: one walk over the state serves its size, its hash and its snapshot, so they cannot disagree.</summary>
internal interface IWordSink
{
    /// <summary>The next word.</summary>
    void Add(long word);
}
