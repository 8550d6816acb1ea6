using Obs.Core.Journal;

namespace Obs.Core.Trading;

/// <summary>Turns a row into a signal. One instance per market and ledger; a pure function of the rows it has seen.</summary>
/// <remarks>Engine thread only, called once per row (never per level): no allocation, no clock, no randomness, no I/O, no exception.
/// How to write one: docs/how-to/write-a-strategy.md.</remarks>
internal interface IStrategy
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>True when it needs a model's predictions.</summary>
    bool NeedsModel { get; }

    /// <summary>Writes what later decisions depend on; nothing for a strategy that judges each row alone.</summary>
    void Save(SnapshotWriter writer);

    /// <summary>Takes what <see cref="Save"/> wrote.</summary>
    void Restore(SnapshotReader reader);

    /// <summary>Judges one row.</summary>
    Signal Decide(in StrategyInput input);
}
