using System;
using System.Collections.Generic;

namespace Obs.Core.Journal;

/// <summary>Which kinds of records are put on disk at once, and how long the others may wait (docs/concepts/journal.md, When is it on disk?).</summary>
/// <remarks>"At once" means: the flusher starts a group commit as soon as such a record is published; whoever answers or sends waits for
/// <see cref="JournalWriter.DurableSequence"/>. A power failure loses at most <see cref="FlushInterval"/> plus one commit of the other
/// kinds,
/// a crash of the process alone loses nothing.</remarks>
internal sealed record DurabilityPolicy
{
    /// <summary>The journal's: market frames every 10 ms, whatever somebody waits for at once.</summary>
    public static DurabilityPolicy Journal { get; } = new()
    {
        ImmediateKinds = MaskOf((byte)RecordKind.Command, (byte)RecordKind.LiveOrderReport, (byte)RecordKind.ConfigurationChange,
            (byte)RecordKind.ModelChange, (byte)RecordKind.LimitChange, (byte)RecordKind.Reconcile, (byte)RecordKind.LiveAgain,
                (byte)RecordKind.Restore),
    };

    /// <summary>The output log's, and for imports: nothing waits, every 100 ms; it can be computed again.</summary>
    public static DurabilityPolicy Relaxed { get; } = new() { FlushInterval = TimeSpan.FromMilliseconds(100) };

    /// <summary>No flusher: only <see cref="JournalWriter.Commit"/> and closing put bytes on disk. For benchmarks and tests.</summary>
    public static DurabilityPolicy OnDemand { get; } = new() { FlushInterval = TimeSpan.Zero };

    /// <summary>Longest time a record waits for its commit to start; 1 ms to 10 s, zero for none. Default 10 ms: 100 commits of 0.3 ms a
    /// second
    /// cost 3 % of the flusher's time.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Bit k set: kind k is put on disk at once.</summary>
    public ulong ImmediateKinds { get; init; }

    /// <summary>Whether a kind is put on disk at once; kinds of 64 and above never are.</summary>
    public bool IsImmediate(byte kind) => kind < 64 && ((ImmediateKinds >> kind) & 1) != 0;

    /// <summary>The mask of some kinds.</summary>
    public static ulong MaskOf(params ReadOnlySpan<byte> kinds)
    {
        ulong mask = 0;
        foreach (byte kind in kinds)
            mask |= 1UL << kind;
        return mask;
    }

    /// <summary>What is wrong with these settings; empty if nothing.</summary>
    public IEnumerable<string> Problems()
    {
        if (FlushInterval != TimeSpan.Zero && (FlushInterval < TimeSpan.FromMilliseconds(1) || FlushInterval > TimeSpan.FromSeconds(10)))
            yield return $"Journal:FlushInterval is {FlushInterval.TotalMilliseconds} ms; set it between 1 and 10000, or 0 to commit only on demand.";
    }
}
