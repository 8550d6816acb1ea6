using System.IO;

namespace Obs.Core.Journal;

/// <summary>Remembers which records retention has let go, so that a log whose oldest segments were lost is not taken for a pruned one.</summary>
/// <remarks>A <see cref="CursorFile"/> beside the segments: its position is the last record that may be missing. Stored before a segment is deleted;
/// made with the log, so that a full disk does not keep retention from freeing room.</remarks>
internal static class LogBeginning
{
    private const string Name = "pruned-to";
    private const string Extension = ".mark";

    /// <summary>The mark of a log.</summary>
    public static string PathOf(string directory, LogFormat format) => Path.Combine(directory, Name + format.Extension + Extension);

    /// <summary>Makes the mark where there is none, without waiting for the disk.</summary>
    /// <exception cref="JournalException">The folder cannot be written.</exception>
    public static void Ensure(string directory, LogFormat format)
    {
        string path = PathOf(directory, format);
        if (!File.Exists(path))
            CursorFile.OpenAt(path, isRoomKept: true).Dispose();
    }

    /// <summary>Last record that was let go on purpose; 0 for none, and where both copies of the mark are damaged.</summary>
    public static long PrunedTo(string directory, LogFormat format) => CursorFile.PositionAt(PathOf(directory, format))?.Sequence ?? 0;

    /// <summary>Whether there is a mark: the folder holds a log, or held one.</summary>
    public static bool Exists(string directory, LogFormat format) => File.Exists(PathOf(directory, format));

    /// <summary>Stores how far records may be missing from now on; on disk when it returns. A damaged mark is set aside first.</summary>
    /// <returns>The damaged mark's new name, or null.</returns>
    /// <exception cref="JournalException">The disk is full or failed; the older mark holds.</exception>
    public static string? Store(string directory, LogFormat format, long prunedTo)
    {
        string path = PathOf(directory, format);
        bool isDamaged = File.Exists(path) && new FileInfo(path).Length > 0 && CursorFile.PositionAt(path) is null;
        string? aside = isDamaged ? TailCut.MoveAside(path) : null;
        using (CursorFile mark = CursorFile.OpenAt(path, isRoomKept: true))
            mark.Save(prunedTo);
        DiskSync.Directory(directory);
        return aside;
    }
}
