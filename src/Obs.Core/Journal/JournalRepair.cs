using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Makes a damaged log usable again up to the damage; `obs journal repair`. Nothing is destroyed: copies go to *.damaged files
/// first.</summary>
/// <remarks>Takes the folder's lock. Damaged records: the log ends before them, what follows is set aside. A damaged header is rebuilt from
/// the file's
/// name and its neighbours, then the segment is judged by its records.</remarks>
internal static unsafe class JournalRepair
{
    /// <summary>Repairs a folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="format">Which log.</param>
    /// <param name="isRecording">Whether it was made by an import; needed only where no header can tell.</param>
    /// <param name="snapshots">Snapshots of the log, or null; those beyond its end are set aside.</param>
    /// <param name="keepsNewer">Keep what lies behind the first damage instead of what lies before it.</param>
    /// <exception cref="JournalException">A writer is at work, the disk failed, no header is left and <paramref name="isRecording"/> was
    /// not given, or <paramref name="keepsNewer"/> was and no segment behind the damage, or no snapshot to start one from, is there.</exception>
    public static RepairReport Run(string directory, LogFormat format, bool? isRecording = null, SnapshotStore? snapshots = null, bool keepsNewer = false)
    {
        if (!Directory.Exists(directory))
            JournalThrow.WrongContent(directory, $"There is no folder {directory}; give the folder that holds the {format.Extension} files.");
        using DirectoryLock folder = DirectoryLock.Take(directory);
        _ = JournalRecovery.FinishSpares(directory, format);
        List<RepairAction> actions = [];
        int actionsMax = (3 * SegmentCatalog.List(directory, format).Count) + 4;
        bool hasBegun = false;                                  // a second damage ends what the first let stay
        while (true)
        {
            JournalScan scan = JournalScan.Run(directory, format, ScanDepth.Everything, null, snapshots?.NewestEvidence());
            if (scan.Problem is not JournalProblem problem)
                return new RepairReport(actions, scan.FirstSequence, scan.LastSequence);
            Debug.Assert(actions.Count < actionsMax, "each action leaves one problem less");
            if (actions.Count >= actionsMax)
                JournalThrow.WrongContent(problem.Path, $"The repair does not come to an end; last problem: {problem}");
            actions.Add(problem.Kind switch
            {
                JournalProblemKind.Header => RebuildHeader(problem, directory, format, isRecording),
                JournalProblemKind.Beginning => BeginHere(scan, problem, directory, format),
                JournalProblemKind.End => EndHere(scan, problem, snapshots!),
                _ when keepsNewer && !hasBegun && problem.IsAcknowledged => BeginAt(scan, problem, directory, format, FirstToKeep(scan, problem, snapshots)),
                _ => Cut(scan, problem, directory),
            });
            hasBegun |= keepsNewer && problem is { Kind: JournalProblemKind.Records, IsAcknowledged: true };
        }
    }

    // whoever opens the log next finds what it holds to be all there is
    private static RepairAction BeginHere(JournalScan scan, JournalProblem problem, string directory, LogFormat format)
    {
        long prunedTo = scan.Segments.Count == 0 ? 0 : scan.FirstSequence - 1;
        string? aside = LogBeginning.Store(directory, format, prunedTo);
        return new RepairAction(problem, $"the log now begins with sequence {prunedTo + 1}", aside is null ? [] : [aside]);
    }

    private static RepairAction EndHere(JournalScan scan, JournalProblem problem, SnapshotStore snapshots)
    {
        IReadOnlyList<string> setAside = SnapshotStore.SetAsideBeyond(snapshots.Folder, scan.LastSequence);
        return new RepairAction(problem, $"the log ends with sequence {scan.LastSequence}; the snapshots beyond it no longer count", setAside);
    }

    /// <summary>Index of the first segment behind a damage: the one behind a gap itself, else the one after the damaged one; null if none is.</summary>
    private static int? FirstBehind(JournalScan scan, JournalProblem problem)
    {
        for (int i = 0; i < scan.Segments.Count; i++)
        {
            if (scan.Segments[i].Path != problem.Path)
                continue;
            int first = problem.Sequence < scan.Segments[i].FirstSequence ? i : i + 1;
            return first < scan.Segments.Count ? first : null;
        }
        return null;
    }

    // what would be kept must be of use: a log without its beginning starts from a snapshot
    private static int FirstToKeep(JournalScan scan, JournalProblem problem, SnapshotStore? snapshots)
    {
        if (FirstBehind(scan, problem) is not int first)
        {
            JournalThrow.WrongContent(problem.Path,
                $"{problem.Path}: the damage at sequence {problem.Sequence} has no segment behind it that could be kept; without --keep newer the log keeps what lies before it.");
            return 0;
        }
        long needed = scan.Segments[first].FirstSequence - 1;
        if (snapshots is not null && !(snapshots.NewestEvidence()?.Sequence >= needed))
        {
            JournalThrow.WrongContent(problem.Path,
                $"{problem.Path}: behind the damage at sequence {problem.Sequence} the log would begin with {needed + 1}, and {snapshots.Folder} holds no whole snapshot to start it from; "
                + "without --keep newer the log keeps what lies before the damage.");
        }
        return first;
    }

    private static RepairAction BeginAt(JournalScan scan, JournalProblem problem, string directory, LogFormat format, int first)
    {
        List<string> setAside = [];
        if (LogBeginning.Store(directory, format, scan.Segments[first].FirstSequence - 1) is string mark)
            setAside.Add(mark);
        for (int i = 0; i < first; i++)
            setAside.Add(TailCut.MoveAside(scan.Segments[i].Path));
        DiskSync.Directory(directory);
        return new RepairAction(problem, $"the log now begins with sequence {scan.Segments[first].FirstSequence}", setAside);
    }

    private static RepairAction Cut(JournalScan scan, JournalProblem problem, string directory)
    {
        IReadOnlyList<string> setAside = TailCut.Apply(scan, directory);
        return new RepairAction(problem, $"the log now ends with sequence {scan.LastSequence}", setAside);
    }

    private static RepairAction RebuildHeader(JournalProblem problem, string directory, LogFormat format, bool? isRecording)
    {
        long fileBytes = new FileInfo(problem.Path).Length;
        string kept;
        using (MappedSegment original = MappedSegment.OpenForReading(problem.Path))
        {
            if (SegmentHeaderPage.IsOtherVersion(original.Start, fileBytes))
                JournalThrow.WrongContent(problem.Path, $"{problem.Path}: {problem.Description}. A repair by this program would destroy it.");
            kept = TailCut.CopyAside(problem.Path, original.Start, fileBytes);
        }
        if (fileBytes < SegmentHeaderPage.SizeBytes + RecordHeader.SizeBytes)
        {
            File.Delete(problem.Path);                       // a copy was just made; there is no record in it
            return new RepairAction(problem, "the segment held no record and was taken out", [kept]);
        }
        long segmentBytes = (fileBytes + SegmentHeaderPage.SizeBytes - 1) / SegmentHeaderPage.SizeBytes * SegmentHeaderPage.SizeBytes;
        using MappedSegment map = MappedSegment.OpenForWriting(problem.Path, segmentBytes);
        long firstReceiveNs = ((RecordHeader*)(map.Start + SegmentHeaderPage.SizeBytes))->ReceiveNs;
        SegmentHeader header = Guess(problem, directory, format, isRecording, segmentBytes);
        SegmentHeaderPage.Write(map.Start, header with { FirstReceiveNs = firstReceiveNs }, default);
        SegmentWalk walk = SegmentWalk.Through(map, segmentBytes, problem.Sequence);
        AcknowledgedLength.Write(map.Start, walk.UsedBytes, generation: 2);
        AcknowledgedLength.Write(map.Start, walk.UsedBytes, generation: 3);
        map.Sync(0, map.LengthBytes);
        return new RepairAction(problem, $"its header was rebuilt; {walk.NextSequence - problem.Sequence} whole records are in it", [kept]);
    }

    /// <summary>Identity and flags are those of any healthy segment; else the caller must say what sort of log it is.</summary>
    private static SegmentHeader Guess(JournalProblem problem, string directory, LogFormat format, bool? isRecording, long segmentBytes)
    {
        SegmentHeader guess = new() { Stream = format.Stream, FirstSequence = problem.Sequence, SegmentBytes = segmentBytes };
        foreach (SegmentFile file in SegmentCatalog.List(directory, format))
        {
            if (file.Path == problem.Path)
                continue;
            using MappedSegment map = MappedSegment.OpenForReading(file.Path);
            if (SegmentHeaderPage.TryRead(map.Start, map.LengthBytes, format, out SegmentHeader healthy, out _))
                return guess with { LogId = healthy.LogId, Flags = healthy.Flags };
        }
        if (isRecording is null)
        {
            JournalThrow.WrongContent(problem.Path,
                $"{problem.Path}: {problem.Description}, and no other segment tells whether this log was imported. Say so: --recording yes or --recording no.");
        }
        return guess with { LogId = 1, Flags = isRecording == true ? SegmentHeader.RecordingFlag : 0 };
    }
}
