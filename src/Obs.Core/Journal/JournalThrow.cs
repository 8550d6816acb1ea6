using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.CompilerServices;

namespace Obs.Core.Journal;

/// <summary>Throws the journal's errors; kept out of the methods that must stay small.</summary>
internal static class JournalThrow
{
    private const int NoSpaceUnix = 28, QuotaUnix = 122, ReadOnlyUnix = 30;
    private const int DiskFullWindows = unchecked((int)0x80070070), HandleDiskFullWindows = unchecked((int)0x80070027);

    /// <summary>A record that no segment can hold.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void RecordTooLarge(long payloadBytes, long payloadBytesMax) =>
        throw new JournalException(JournalFault.RecordTooLarge,
            $"A record with {payloadBytes} payload bytes does not fit a segment, which takes {payloadBytesMax}; raise Journal:SegmentBytes or split the payload.");

    /// <summary>Damage below the acknowledged length.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Damaged(JournalProblem problem) =>
        throw new JournalException(JournalFault.Damaged, problem.ToString(), problem.Path) { Problem = problem };

    /// <summary>Another writer has the folder.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Locked(string path, Exception inner) =>
        throw new JournalException(JournalFault.Locked,
            $"{path} is held by another writer; one folder takes one. Stop the other `obs` or choose another folder.", path, inner);

    /// <summary>A sequence below the first one kept, or above the last.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void SequenceMissing(string directory, long sequence, long firstSequence, long lastSequence) =>
        throw new JournalException(JournalFault.SequenceMissing,
            $"{directory} holds sequences {firstSequence} to {lastSequence}, not {sequence}; start inside that range or restore older segments.", directory);

    /// <summary>Settings that cannot work, all at once.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Settings(string problems) => throw new JournalException(JournalFault.Settings, problems);

    /// <summary>A file of ours with content that is not.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void WrongContent(string path, string message) => throw new JournalException(JournalFault.WrongContent, message, path);

    /// <summary>Use after closing or after a failure.</summary>
    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    public static void Stopped(string message, Exception? inner = null) => throw new JournalException(JournalFault.Stopped, message, "", inner);

    /// <summary>Turns an error of the operating system into ours: what failed, where, how many bytes were needed, what to do.</summary>
    /// <param name="error">What the file system said.</param>
    /// <param name="path">File or folder.</param>
    /// <param name="doing">A verb phrase: "create a segment".</param>
    /// <param name="neededBytes">Room that was asked for; 0 where it does not matter.</param>
    public static JournalException From(Exception error, string path, string doing, long neededBytes)
    {
        if (error is JournalException already)
            return already;
        JournalFault fault = FaultOf(error);
        if (fault == JournalFault.InputOutput && LacksRoom(path, neededBytes))
            fault = JournalFault.DiskFull;
        string advice = fault switch
        {
            JournalFault.DiskFull => $"The disk is full: {neededBytes} bytes are needed. Free space, keep less (--keep-days, --keep-gib) or move the folder; what is stored is intact.",
            JournalFault.ReadOnly => "The folder cannot be written. Give this user write permission or choose another folder; what is stored is intact.",
            _ => $"The system says: {error.Message} Check the disk; what was acknowledged is intact.",
        };
        return new JournalException(fault, $"Could not {doing} at {path}. {advice}", path, error);
    }

    /// <summary>The runtime reports a failed preallocation without an error number; the free space tells.</summary>
    private static bool LacksRoom(string path, long neededBytes)
    {
        try
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
            string volume = OperatingSystem.IsWindows() ? Path.GetPathRoot(folder) ?? folder : folder;
            return neededBytes > 0 && new DriveInfo(volume).AvailableFreeSpace < neededBytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;       // the folder itself cannot be asked; the first error is the one to report
        }
    }

    private static JournalFault FaultOf(Exception error)
    {
        if (error is UnauthorizedAccessException)
            return JournalFault.ReadOnly;
        int code = error is IOException ? error.HResult : 0;
        return code switch
        {
            NoSpaceUnix or QuotaUnix or DiskFullWindows or HandleDiskFullWindows => JournalFault.DiskFull,
            ReadOnlyUnix => JournalFault.ReadOnly,
            _ => JournalFault.InputOutput,
        };
    }
}
