using System;
using System.Buffers.Binary;

namespace Obs.Core.Signals;

/// <summary>Writes state into a snapshot's bytes, little endian. The caller gives room for all of it.</summary>
internal ref struct StateWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public int Written { get; private set; }

    /// <summary>Writes eight bytes.</summary>
    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes[Written..], value);
        Written += sizeof(long);
    }

    /// <summary>Writes one byte, 0 or 1.</summary>
    public void Write(bool value) => _bytes[Written++] = value ? (byte)1 : (byte)0;
}
