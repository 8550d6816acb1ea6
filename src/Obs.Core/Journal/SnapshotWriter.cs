using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Obs.Core.Journal;

/// <summary>Collects the engine's state as numbered sections of little-endian primitives, to be stored by
/// <see cref="SnapshotStore"/>.</summary>
/// <remarks>One thread. The buffer grows as needed and is kept for the next snapshot; at most 2 GiB.</remarks>
internal sealed class SnapshotWriter
{
    private byte[] _buffer;
    private int _used = SnapshotLayout.HeaderBytes;
    private int _sectionStart = -1;
    private int _sectionCount;

    /// <summary>A writer with a buffer whose pages are in memory, so that filling it meets no page fault.</summary>
    /// <param name="capacityBytes">What fits before it grows.</param>
    public SnapshotWriter(int capacityBytes = 1 << 16)
    {
        _buffer = GC.AllocateUninitializedArray<byte>(capacityBytes);
        Array.Clear(_buffer);
    }

    /// <summary>Bytes collected so far, the header included.</summary>
    public int LengthBytes => _used;

    /// <summary>Begins anew, keeping the buffer.</summary>
    public void Clear()
    {
        _used = SnapshotLayout.HeaderBytes;
        _sectionStart = -1;
        _sectionCount = 0;
    }

    /// <summary>Begins a section; the one before must have ended.</summary>
    /// <param name="id">Number that the owner of the section chose and froze.</param>
    public void BeginSection(int id)
    {
        Debug.Assert(_sectionStart < 0, "end the section before the next begins");
        Span<byte> head = Take(SnapshotLayout.SectionHeaderBytes);
        head.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(head, id);
        _sectionStart = _used;
    }

    /// <summary>Ends the section.</summary>
    public void EndSection()
    {
        Debug.Assert(_sectionStart >= 0, "a section was begun");
        int bytes = _used - _sectionStart;
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_sectionStart - 8), bytes);
        Take(SnapshotLayout.Padded(bytes) - bytes).Clear();
        _sectionStart = -1;
        _sectionCount++;
    }

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes a byte of 0 or 1.</summary>
    public void WriteBoolean(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Writes 4 bytes.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    /// <summary>Writes 8 bytes.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Writes 8 bytes.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Writes 16 bytes.</summary>
    public void WriteInt128(Int128 value) => BinaryPrimitives.WriteInt128LittleEndian(Take(16), value);

    /// <summary>Writes the 8 bytes of a double, bit for bit.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>Writes a length and the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteInt32(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>Writes a length and the bytes of some values of fixed layout, in memory order (little-endian machines only, as the whole
    /// engine).</summary>
    public void WriteValues<T>(ReadOnlySpan<T> values)
        where T : unmanaged => WriteBytes(MemoryMarshal.AsBytes(values));

    /// <summary>Writes a length and the text's UTF-8 bytes.</summary>
    public void WriteString(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        WriteInt32(bytes);
        _ = Encoding.UTF8.GetBytes(value, Take(bytes));
    }

    /// <summary>Fills the header in and returns the whole file; valid until the next call on this writer.</summary>
    internal ReadOnlySpan<byte> Complete(long sequence, long engineTimeNs, int schema)
    {
        Debug.Assert(_sectionStart < 0, "end the last section");
        Span<byte> file = _buffer.AsSpan(0, _used);
        file[..SnapshotLayout.HeaderBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(file, SnapshotLayout.MagicNumber);
        BinaryPrimitives.WriteInt32LittleEndian(file[SnapshotLayout.SectionCountOffset..], _sectionCount);
        BinaryPrimitives.WriteInt64LittleEndian(file[SnapshotLayout.SequenceOffset..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(file[SnapshotLayout.EngineTimeOffset..], engineTimeNs);
        BinaryPrimitives.WriteInt32LittleEndian(file[SnapshotLayout.SchemaOffset..], schema);
        BinaryPrimitives.WriteInt64LittleEndian(file[SnapshotLayout.TotalBytesOffset..], _used);
        BinaryPrimitives.WriteUInt32LittleEndian(file[SnapshotLayout.CrcOffset..], Crc32C.Compute(file[(SnapshotLayout.CrcOffset + 4)..]));
        return file;
    }

    private Span<byte> Take(int bytes)
    {
        int needed = checked(_used + bytes);
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, (int)Math.Min(Math.Max(needed, 2L * _buffer.Length), Array.MaxLength));
        Span<byte> taken = _buffer.AsSpan(_used, bytes);
        _used = needed;
        return taken;
    }
}
