using System;
using System.Diagnostics;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Engine;

/// <summary>What commands have brought about: the kill switch, and the answers given, so that a retry gets the first one.</summary>
/// <remarks>Engine state: in snapshots and in the state hash. Engine thread only; no allocation.</remarks>
internal sealed class CommandTable
{
    /// <summary>Answers remembered; with more keys than this in 24 hours the oldest are forgotten early.</summary>
    public const int Capacity = 1_024;

    private const long KeptNs = 86_400_000_000_000;

    private readonly Answer[] _answers = new Answer[Capacity];
    private long _given;

    /// <summary>True while the kill switch is engaged.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>The newest answer; default before the first.</summary>
    public CommandOutcome Last { get; private set; }

    /// <summary>Digest of this state; 0 as long as no command came.</summary>
    public ulong StateHash
    {
        get
        {
            unchecked
            {
                ulong killed = IsKilled ? 0x6B11UL : 0;
                return _given == 0 && killed == 0 ? 0 : BookHash.Mix((ulong)_given ^ (killed << 32) ^ BookHash.Mix((ulong)Last.Sequence));
            }
        }
    }

    /// <summary>Decides a command and puts it in force.</summary>
    /// <param name="command">The command; kind None when its bytes could not be read.</param>
    /// <param name="sequence">Its record.</param>
    /// <param name="engineNs">Engine time at its record.</param>
    public void Decide(in EngineCommand command, long sequence, long engineNs)
    {
        bool hasKey = (command.KeyHigh | command.KeyLow) != 0;
        if (hasKey && TryFind(command, engineNs, out CommandOutcome first))
        {
            Last = first.Kind == command.Kind ? first : new CommandOutcome(sequence, command.Kind, CommandReason.KeyReused);
            return;
        }
        bool isKnown = command.Kind is EngineCommandKind.Kill or EngineCommandKind.Release;
        Last = new CommandOutcome(sequence, command.Kind, isKnown ? CommandReason.Accepted : CommandReason.Unreadable);
        if (isKnown)
            IsKilled = command.Kind == EngineCommandKind.Kill;
        _answers[_given % Capacity] = new Answer { KeyHigh = command.KeyHigh, KeyLow = command.KeyLow, EngineNs = engineNs, Sequence = sequence, Kind = command.Kind, Reason = Last.Reason };
        _given++;
    }

    /// <summary>Writes the state.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteBoolean(IsKilled);
        writer.WriteInt64(Last.Sequence);
        writer.WriteByte((byte)Last.Kind);
        writer.WriteByte((byte)Last.Reason);
        writer.WriteInt64(_given);
        writer.WriteValues<Answer>(_answers.AsSpan(0, (int)Math.Min(_given, Capacity)));
    }

    /// <summary>Takes what <see cref="Save"/> wrote.</summary>
    public void Restore(SnapshotReader reader)
    {
        IsKilled = reader.ReadBoolean();
        Last = new CommandOutcome(reader.ReadInt64(), (EngineCommandKind)reader.ReadByte(), (CommandReason)reader.ReadByte());
        _given = reader.ReadInt64();
        Answer[] answers = reader.ReadValues<Answer>();
        Debug.Assert(answers.Length == Math.Min(_given, Capacity), "as many answers as were given, up to the table's size");
        answers.CopyTo(_answers, 0);
    }

    private bool TryFind(in EngineCommand command, long engineNs, out CommandOutcome first)
    {
        for (long at = _given - 1; at >= 0 && at >= _given - Capacity; at--)
        {
            ref readonly Answer answer = ref _answers[at % Capacity];
            if (engineNs - answer.EngineNs > KeptNs)
                break;
            if (answer.KeyHigh != command.KeyHigh || answer.KeyLow != command.KeyLow)
                continue;
            first = new CommandOutcome(answer.Sequence, answer.Kind, answer.Reason);
            return true;
        }
        first = default;
        return false;
    }

    /// <summary>An answer as it lies in snapshots.</summary>
    private struct Answer
    {
        public ulong KeyHigh;
        public ulong KeyLow;
        public long EngineNs;
        public long Sequence;
        public EngineCommandKind Kind;
        public CommandReason Reason;
    }
}
