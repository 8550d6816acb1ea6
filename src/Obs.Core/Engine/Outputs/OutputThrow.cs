using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Obs.Core.Journal;

namespace Obs.Core.Engine.Outputs;

/// <summary>Throws the errors of outputs.</summary>
internal static class OutputThrow
{
    /// <summary>Recovery computed something else than the log holds.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Differs(string folder, long position, long journalSequence, OutputKind kind, string difference) =>
        throw new JournalException(JournalFault.WrongContent,
            $"{folder}: record {position} differs from what the journal gives at sequence {journalSequence} ({kind}): {difference}. Program, settings or model are not those of the run that wrote it. Go on with those, or move the folder away: the log is then written anew from the journal.", folder);

    /// <summary>The log lacks records that a snapshot has passed.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void LogIsBehind(string folder, long position, long lastSequence) =>
        throw new JournalException(JournalFault.SequenceMissing,
            $"{folder} ends with record {lastSequence}, but the run is at {position} already. Move the folder away, then obs journal rebuild-outputs writes it anew from the journal.", folder);

    /// <summary>The journal gives fewer records than the log holds.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void LogHasMore(string folder, long position, long lastSequence) =>
        throw new JournalException(JournalFault.WrongContent,
            $"{folder} holds {lastSequence} records, the journal gives {position}. Program, settings or model are not those of the run that wrote it. Go on with those, or move the folder away: the log is then written anew from the journal.", folder);
}
