using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Obs.Core.Journal;

/// <summary>Stores snapshots as files named by journal sequence and finds the newest usable one. Start-up is that plus the journal's tail.</summary>
/// <remarks>A snapshot appears whole or not at all: temporary file, fsync, rename, fsync of the folder. Snapshots are a shortcut, never the
/// only copy:
/// with none usable the journal is replayed from its beginning. Blocking; one thread at a time.</remarks>
internal sealed class SnapshotStore
{
    /// <summary>Extension of snapshot files.</summary>
    public const string Extension = ".obss";

    private const int SequenceDigits = 20;
    private const string TemporaryExtension = ".writing";
    private readonly string _directory;
    private readonly string _name;

    /// <summary>A store in a folder, made with the first snapshot.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="name">Letters and digits; several stores may share a folder.</param>
    public SnapshotStore(string directory, string name = "engine")
    {
        _directory = directory;
        _name = name;
    }

    /// <summary>Stores what a writer collected.</summary>
    /// <param name="writer">All sections ended.</param>
    /// <param name="sequence">Last journal record whose effect is in it.</param>
    /// <param name="engineTimeNs">Engine time at that record.</param>
    /// <param name="schema">Version of the sections' content.</param>
    /// <returns>The file.</returns>
    /// <exception cref="JournalException">Disk full, folder read-only; older snapshots are untouched.</exception>
    public string Save(SnapshotWriter writer, long sequence, long engineTimeNs, int schema)
    {
        ReadOnlySpan<byte> file = writer.Complete(sequence, engineTimeNs, schema);
        string path = PathOf(sequence);
        string temporary = path + TemporaryExtension;
        try
        {
            Directory.CreateDirectory(_directory);
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(file);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
            DiskSync.Directory(_directory);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw JournalThrow.From(error, path, "store a snapshot", file.Length);
        }
    }

    /// <summary>The newest snapshot that is whole, of the wanted schema and not beyond a sequence; null if there is none.</summary>
    /// <param name="schema">Version the engine can read; others are skipped.</param>
    /// <param name="sequenceMax">The journal's last sequence: a snapshot beyond it belongs to records that were cut off.</param>
    /// <param name="skipped">Newer files that could not be used, and why.</param>
    /// <exception cref="JournalException">The folder cannot be read.</exception>
    public Snapshot? LoadNewest(int schema, long sequenceMax, out IReadOnlyList<SkippedSnapshot> skipped)
    {
        List<SkippedSnapshot> unusable = [];
        skipped = unusable;
        IReadOnlyList<string> paths = List();
        for (int i = paths.Count - 1; i >= 0; i--)
        {
            if (TryLoad(paths[i], schema, sequenceMax, out Snapshot? snapshot, out string problem))
                return snapshot;
            unusable.Add(new SkippedSnapshot(paths[i], problem));
        }
        return null;
    }

    /// <summary>The newest snapshot that is whole, of whatever schema: proof of how far the journal was on disk. Null where there is none.</summary>
    /// <exception cref="JournalException">The folder cannot be read.</exception>
    public SnapshotEvidence? NewestEvidence()
    {
        IReadOnlyList<string> paths = List();
        for (int i = paths.Count - 1; i >= 0; i--)
        {
            if (TryParse(paths[i], out Snapshot? snapshot, out _))
                return new SnapshotEvidence(snapshot!.Sequence, paths[i]);
        }
        return null;
    }

    /// <summary>Renames the snapshots of every store in a folder that stand beyond a sequence: other records will carry those numbers.</summary>
    /// <returns>Their new names.</returns>
    /// <exception cref="JournalException">The folder cannot be changed.</exception>
    public static IReadOnlyList<string> SetAsideBeyond(string directory, long sequence)
    {
        List<string> setAside = [];
        foreach (string path in FilesOf(directory, "*" + Extension))
        {
            if (SequenceOf(path) > sequence)
                setAside.Add(TailCut.MoveAside(path));
        }
        if (setAside.Count > 0)
            DiskSync.Directory(directory);
        return setAside;
    }

    /// <summary>Folder of the snapshots.</summary>
    public string Folder => _directory;

    /// <summary>Snapshot files by sequence, oldest first.</summary>
    /// <exception cref="JournalException">The folder cannot be read.</exception>
    public IReadOnlyList<string> List()
    {
        string[] paths = FilesOf(_directory, $"{_name}-{new string('?', SequenceDigits)}{Extension}");
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    /// <summary>Sequence of the oldest snapshot file; null without one.</summary>
    public long? OldestSequence
    {
        get
        {
            IReadOnlyList<string> paths = List();
            return paths.Count == 0 ? null : SequenceOf(paths[0]);
        }
    }

    /// <summary>Deletes all but the newest snapshots, and what a killed process left half written.</summary>
    /// <param name="keep">How many stay, at least 1; 2 or more let start-up survive a damaged newest one.</param>
    /// <returns>How many went.</returns>
    /// <exception cref="JournalException">One could not be deleted.</exception>
    public int Prune(int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        IReadOnlyList<string> paths = List();
        int surplus = Math.Max(0, paths.Count - keep);
        for (int i = 0; i < surplus; i++)
            Delete(paths[i]);
        foreach (string unfinished in FilesOf(_directory, $"{_name}-*{Extension}{TemporaryExtension}"))
            TryDelete(unfinished);
        return surplus;
    }

    private static bool TryLoad(string path, int schema, long sequenceMax, out Snapshot? snapshot, out string problem)
    {
        if (!TryParse(path, out snapshot, out problem))
            return false;
        if (snapshot!.Schema != schema)
            problem = $"it has schema {snapshot.Schema}, this engine reads {schema}";
        else if (snapshot.Sequence > sequenceMax)
            problem = $"it stands at sequence {snapshot.Sequence}, the journal ends with {sequenceMax}";
        return problem.Length == 0;
    }

    private static bool TryParse(string path, out Snapshot? snapshot, out string problem)
    {
        try
        {
            if (!Snapshot.TryParse(path, File.ReadAllBytes(path), out snapshot, out problem))
                return false;
            if (snapshot!.Sequence == SequenceOf(path))
                return true;
            // whoever puts snapshots aside goes by their names
            (problem, snapshot) = ($"it stands at sequence {snapshot.Sequence}, its name says {SequenceOf(path)}", null);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            (snapshot, problem) = (null, error.Message);
            return false;
        }
    }

    // -1 for a name that carries none
    private static long SequenceOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.Length > SequenceDigits && long.TryParse(name.AsSpan(name.Length - SequenceDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence)
            ? sequence
            : -1;
    }

    private static string[] FilesOf(string directory, string pattern)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory, pattern) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "list the snapshots", 0);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, path, "delete an old snapshot", 0);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _ = error;      // a leftover *.writing is never read and is overwritten by the next attempt
        }
    }

    private string PathOf(long sequence) =>
        Path.Combine(_directory, $"{_name}-{sequence.ToString("D20", CultureInfo.InvariantCulture)}{Extension}");
}
