using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Diagnostics;

namespace Obs.Core.Journal;

/// <summary>A snapshot that was read and checked.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _sections = [];

    private Snapshot(string path, ReadOnlySpan<byte> header)
    {
        Path = path;
        Sequence = BinaryPrimitives.ReadInt64LittleEndian(header[SnapshotLayout.SequenceOffset..]);
        EngineTimeNs = BinaryPrimitives.ReadInt64LittleEndian(header[SnapshotLayout.EngineTimeOffset..]);
        Schema = BinaryPrimitives.ReadInt32LittleEndian(header[SnapshotLayout.SchemaOffset..]);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Last journal record whose effect is in it; the replay goes on with the next.</summary>
    public long Sequence { get; }

    /// <summary>Engine time at that record, nanoseconds since 1970.</summary>
    public long EngineTimeNs { get; }

    /// <summary>Version of the sections' content; the engine's, not the file's.</summary>
    public int Schema { get; }

    /// <summary>Numbers of the sections in it.</summary>
    public IReadOnlyCollection<int> SectionIds => _sections.Keys;

    /// <summary>A reader at a section's beginning.</summary>
    /// <exception cref="JournalException">There is no such section.</exception>
    public SnapshotReader Section(int id)
    {
        if (!_sections.TryGetValue(id, out ReadOnlyMemory<byte> content))
            JournalThrow.WrongContent(Path, $"{Path} has no section {id}; it was written by another version.");
        return new SnapshotReader(Path, id, content);
    }

    /// <summary>What a writer collected, without a file: state on its way from one object to its successor.</summary>
    /// <param name="writer">All sections ended.</param>
    public static Snapshot OfMemory(SnapshotWriter writer)
    {
        bool isWhole = TryParse("(memory)", writer.Complete(0, 0, 0).ToArray(), out Snapshot? snapshot, out string problem);
        Debug.Assert(isWhole, problem);
        return snapshot!;
    }

    /// <summary>Checks a file's bytes.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="file">All its bytes; kept.</param>
    /// <param name="snapshot">The snapshot; null if the bytes are not whole.</param>
    /// <param name="problem">What is wrong; empty if nothing.</param>
    public static bool TryParse(string path, byte[] file, out Snapshot? snapshot, out string problem)
    {
        snapshot = null;
        problem = ProblemOf(file);
        if (problem.Length > 0)
            return false;
        Snapshot parsed = new(path, file);
        int count = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(SnapshotLayout.SectionCountOffset));
        int at = SnapshotLayout.HeaderBytes;
        for (int i = 0; i < count; i++)
        {
            int room = file.Length - at - SnapshotLayout.SectionHeaderBytes;
            long bytes = room < 0 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(at + 8));
            if (bytes < 0 || bytes > room)
            {
                problem = $"section {i + 1} of {count} does not fit the file";
                return false;
            }
            int id = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
            if (!parsed._sections.TryAdd(id, file.AsMemory(at + SnapshotLayout.SectionHeaderBytes, (int)bytes)))
            {
                problem = $"section {id} is in it twice";
                return false;
            }
            at += SnapshotLayout.SectionHeaderBytes + SnapshotLayout.Padded((int)bytes);
        }
        snapshot = parsed;
        return true;
    }

    private static string ProblemOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < SnapshotLayout.HeaderBytes)
            return $"it has {file.Length} bytes, its header alone {SnapshotLayout.HeaderBytes}";
        if (BinaryPrimitives.ReadUInt64LittleEndian(file) != SnapshotLayout.MagicNumber)
            return "it is not a snapshot (wrong magic number)";
        long total = BinaryPrimitives.ReadInt64LittleEndian(file[SnapshotLayout.TotalBytesOffset..]);
        if (total != file.Length)
            return $"it has {file.Length} bytes, {total} were written";
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(file[SnapshotLayout.CrcOffset..]);
        return crc == Crc32C.Compute(file[(SnapshotLayout.CrcOffset + 4)..]) ? "" : "its checksum does not match";
    }
}
