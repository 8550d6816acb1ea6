using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Obs.Core.Journal;

/// <summary>Reads one section of a snapshot in the order it was written. Running past its end is an error with the section's number, never
/// garbage.</summary>
internal sealed class SnapshotReader
{
    private readonly string _path;
    private readonly int _id;
    private readonly ReadOnlyMemory<byte> _content;
    private int _at;

    /// <summary>Stands at a section's beginning.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="id">The section.</param>
    /// <param name="content">Its bytes without padding.</param>
    public SnapshotReader(string path, int id, ReadOnlyMemory<byte> content)
    {
        _path = path;
        _id = id;
        _content = content;
    }

    /// <summary>Bytes not read yet.</summary>
    public int RemainingBytes => _content.Length - _at;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>Reads a byte that must be 0 or 1.</summary>
    public bool ReadBoolean()
    {
        byte value = ReadByte();
        if (value > 1)
            JournalThrow.WrongContent(_path, $"{_path}: section {_id} has {value} where 0 or 1 belongs, at byte {_at - 1}; it was written by another version.");
        return value == 1;
    }

    /// <summary>Reads 4 bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Reads 8 bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    /// <summary>Reads 8 bytes.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>Reads 16 bytes.</summary>
    public Int128 ReadInt128() => BinaryPrimitives.ReadInt128LittleEndian(Take(16));

    /// <summary>Reads a double bit for bit.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>Reads a length and that many bytes; valid as long as the snapshot.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32());

    /// <summary>Reads values written by <see cref="SnapshotWriter.WriteValues{T}"/>.</summary>
    public T[] ReadValues<T>()
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = ReadBytes();
        if (bytes.Length % Marshal.SizeOf<T>() != 0)
            JournalThrow.WrongContent(_path, $"{_path}: section {_id} has {bytes.Length} bytes of {typeof(T).Name}, which has {Marshal.SizeOf<T>()}; it was written by another version.");
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    /// <summary>Reads a length and that many bytes of UTF-8.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>States that everything was read; something left over means that writer and reader disagree.</summary>
    /// <exception cref="JournalException">Bytes are left.</exception>
    public void ExpectEnd()
    {
        if (RemainingBytes != 0)
            JournalThrow.WrongContent(_path, $"{_path}: section {_id} has {RemainingBytes} bytes that nobody read; it was written by another version.");
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes < 0 || bytes > RemainingBytes)
            JournalThrow.WrongContent(_path, $"{_path}: section {_id} ends at byte {_content.Length}, {bytes} more are wanted at {_at}; it was written by another version.");
        ReadOnlySpan<byte> taken = _content.Span.Slice(_at, bytes);
        _at += bytes;
        return taken;
    }
}
