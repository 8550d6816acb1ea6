using System.Diagnostics;
using Obs.Core.Journal;

namespace Obs.Core.Engine;

/// <summary>What an engine's thread does around records in a live run: answers commands, publishes the status, takes snapshots. The same in every layout.</summary>
/// <remarks>Engine thread only. None of it is read by the engine.</remarks>
internal sealed class LiveDuties
{
    private readonly EngineCore _engine;
    private readonly StatusBoard _board;
    private readonly CommandLane? _commands;
    private readonly SnapshotKeeper? _snapshots;
    private int _markets;

    /// <summary>Duties of an engine as recovered; the kill gate goes where its state is.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="markets">Its registry's markets so far.</param>
    /// <param name="board">Where the status goes.</param>
    /// <param name="commands">Where commands come from, or null.</param>
    /// <param name="snapshots">Takes snapshots while the run goes on, or null.</param>
    public LiveDuties(EngineCore engine, int markets, StatusBoard board, CommandLane? commands, SnapshotKeeper? snapshots)
    {
        (_engine, _markets, _board, _commands, _snapshots) = (engine, markets, board, commands, snapshots);
        commands?.SetGate(engine.IsKilled);
    }

    /// <summary>A record was processed.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="sequence">Its journal sequence.</param>
    /// <param name="markets">Markets that records up to this one have named.</param>
    /// <param name="command">Who waits for its outcome, or null. The answer may go out once the record is durable.</param>
    public void AfterRecord(RecordKind kind, long sequence, int markets, PendingCommand? command)
    {
        Debug.Assert(_engine.Sequence == sequence, "engine and journal count the same records");
        Debug.Assert(markets >= _markets, "a market is never forgotten");
        _markets = markets;
        if (command is not null)
            _commands?.Settle(command, _engine.IsKilled);
        if (command is not null || kind == RecordKind.Timer)
            _engine.WriteStatus(_board);
        command?.Complete(sequence, _engine.LastOutcome);
        _snapshots?.BetweenRecords(isIdle: false, _markets);
    }

    /// <summary>No record waits.</summary>
    public void WhenIdle() => _snapshots?.BetweenRecords(isIdle: true, _markets);
}
