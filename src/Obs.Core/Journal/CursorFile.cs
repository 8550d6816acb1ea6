using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using Microsoft.Win32.SafeHandles;

namespace Obs.Core.Journal;

/// <summary>Keeps a consumer's position in a file of 64 bytes: two alternating slots with a CRC32C each, so a torn write leaves the older
/// position.</summary>
/// <remarks>A position is durable when <see cref="Save"/> returns (one wait for the disk). A consumer that crashed goes on behind an older
/// position
/// and must tolerate records it has seen. One thread.</remarks>
internal sealed class CursorFile : IDisposable
{
    /// <summary>Extension of cursor files; <see cref="ReadAll"/> looks for it.</summary>
    public const string Extension = ".cursor";

    private const int SlotBytes = 32, FileBytes = 2 * SlotBytes;
    private const int MagicNumber = 0x4352_534F;                          // "OSRC"

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private long _generation;

    private CursorFile(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Last record the consumer is done with; 0 for a new cursor.</summary>
    public long Sequence { get; private set; }

    /// <summary>Retention does not wait for this cursor.</summary>
    public bool IsParked { get; private set; }

    /// <summary>Opens the cursor of a consumer, making it at position 0 if it is missing.</summary>
    /// <param name="directory">The folder of cursors, usually the log's.</param>
    /// <param name="name">Letters, digits, dots, dashes.</param>
    /// <exception cref="JournalException">The folder cannot be written, or both slots are damaged.</exception>
    public static CursorFile Open(string directory, string name) => OpenAt(Path.Combine(directory, name + Extension), isRoomKept: false);

    /// <summary>Opens a position kept in a file of any name, making it at 0 if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isRoomKept">Write a new file in full at once, so that storing a position needs no room on the disk later.</param>
    /// <exception cref="JournalException">The folder cannot be written, or both slots are damaged.</exception>
    public static CursorFile OpenAt(string path, bool isRoomKept)
    {
        SafeFileHandle? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            CursorFile cursor = new(path, file);
            if (isRoomKept && RandomAccess.GetLength(file) == 0)
                cursor.WriteSlots();
            cursor.Load();
            return cursor;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JournalException)
        {
            file?.Dispose();
            throw JournalThrow.From(error, path, "open a cursor", FileBytes);
        }
    }

    /// <summary>Stores a position and waits until it is on disk.</summary>
    /// <param name="sequence">Last record done; may go back, e.g. after a rebuild.</param>
    /// <param name="isParked">Stop holding segments back.</param>
    /// <exception cref="JournalException">The disk is full or failed; the older position holds.</exception>
    public void Save(long sequence, bool isParked = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        Span<byte> slot = stackalloc byte[SlotBytes];
        Fill(slot, sequence, ++_generation, isParked);
        try
        {
            RandomAccess.Write(_file, slot, (_generation & 1) * SlotBytes);
            RandomAccess.FlushToDisk(_file);
        }
        catch (IOException error)
        {
            throw JournalThrow.From(error, _path, "store a cursor", FileBytes);
        }
        Sequence = sequence;
        IsParked = isParked;
    }

    /// <summary>The position in a file, read without changing it; null where the file is missing or both slots are damaged.</summary>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public static CursorPosition? PositionAt(string path) => ContentOf(path) is { } content && TryParse(content, out CursorPosition position, out _) ? position : null;

    /// <summary>All cursors of a folder by name; retention asks. A damaged one counts as being at 0, so it deletes nothing; one that is removed meanwhile holds nothing.</summary>
    /// <exception cref="JournalException">The folder or a file cannot be read.</exception>
    public static IReadOnlyList<CursorPosition> ReadAll(string directory)
    {
        List<CursorPosition> found = [];
        string[] paths = PathsOf(directory);
        Array.Sort(paths, StringComparer.Ordinal);
        foreach (string path in paths)
        {
            if (ContentOf(path) is not { } content)
                continue;
            _ = TryParse(content, out CursorPosition position, out _);
            found.Add(position with { Name = Path.GetFileNameWithoutExtension(path) });
        }
        return found;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static string[] PathsOf(string directory)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory, "*" + Extension) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, directory, "list the positions", 0);
        }
    }

    // null where there is no such file
    private static byte[]? ContentOf(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw JournalThrow.From(error, path, "read a position", 0);
        }
    }

    // both slots at position 0: room for whatever comes
    private void WriteSlots()
    {
        Span<byte> slots = stackalloc byte[FileBytes];
        for (int generation = 1; generation <= 2; generation++)
            Fill(slots[((generation & 1) * SlotBytes)..], 0, generation, isParked: false);
        RandomAccess.Write(_file, slots, 0);
    }

    private static void Fill(Span<byte> slot, long sequence, long generation, bool isParked)
    {
        BinaryPrimitives.WriteInt32LittleEndian(slot, MagicNumber);
        BinaryPrimitives.WriteInt32LittleEndian(slot[4..], isParked ? 1 : 0);
        BinaryPrimitives.WriteInt64LittleEndian(slot[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(slot[16..], generation);
        BinaryPrimitives.WriteUInt32LittleEndian(slot[28..], Crc32C.Compute(slot[..28]));
    }

    private void Load()
    {
        byte[] content = new byte[FileBytes];
        int bytes = RandomAccess.Read(_file, content, 0);
        if (bytes == 0)
            return;
        if (!TryParse(content.AsSpan(0, bytes), out CursorPosition position, out _generation))
            JournalThrow.WrongContent(_path, $"{_path}: both copies of the position are damaged. Delete the file to begin with the first record kept, or restore it.");
        Sequence = position.Sequence;
        IsParked = position.IsParked;
    }

    private static bool TryParse(ReadOnlySpan<byte> content, out CursorPosition newest, out long generation)
    {
        newest = default;
        generation = 0;
        for (int at = 0; at + SlotBytes <= content.Length; at += SlotBytes)
        {
            ReadOnlySpan<byte> slot = content.Slice(at, SlotBytes);
            bool isWhole = BinaryPrimitives.ReadInt32LittleEndian(slot) == MagicNumber
                && BinaryPrimitives.ReadUInt32LittleEndian(slot[28..]) == Crc32C.Compute(slot[..28]);
            long age = BinaryPrimitives.ReadInt64LittleEndian(slot[16..]);
            if (!isWhole || age <= generation)
                continue;
            generation = age;
            newest = new CursorPosition("", BinaryPrimitives.ReadInt64LittleEndian(slot[8..]),
                BinaryPrimitives.ReadInt32LittleEndian(slot[4..]) == 1);
        }
        return generation > 0;
    }
}
