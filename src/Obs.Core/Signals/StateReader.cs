using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.CompilerServices;

namespace Obs.Core.Signals;

/// <summary>Reads what <see cref="StateWriter"/> wrote.</summary>
/// <remarks>A snapshot that ends early or holds an impossible value is refused with <see cref="InvalidDataException"/>.</remarks>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Read { get; private set; }

    /// <summary>Reads eight bytes.</summary>
    public long ReadInt64()
    {
        if (_bytes.Length - Read < sizeof(long))
            EndsEarly(_bytes.Length);
        long value = BinaryPrimitives.ReadInt64LittleEndian(_bytes[Read..]);
        Read += sizeof(long);
        return value;
    }

    /// <summary>Reads one byte.</summary>
    public bool ReadBoolean()
    {
        if (Read == _bytes.Length)
            EndsEarly(_bytes.Length);
        return _bytes[Read++] != 0;
    }

    /// <summary>Reads a number that must lie between two limits.</summary>
    public long ReadInt64(long least, long most)
    {
        long value = ReadInt64();
        if (value < least || value > most)
            OutOfRange(value, least, most);
        return value;
    }

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndsEarly(int bytes) =>
        throw new InvalidDataException($"The feature state of a snapshot ends after {bytes} bytes; start from an older snapshot.");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    private static void OutOfRange(long value, long least, long most) =>
        throw new InvalidDataException($"The feature state of a snapshot holds {value} where {least} to {most} can stand; start from an older snapshot.");
}
