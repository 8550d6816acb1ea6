using System;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Obs.Core.Recordings.Cache;

/// <summary>CRC32C in steps: start, add, finish. Steps of a multiple of 8 bytes give the same as one.</summary>
internal static class BlockChecksum
{
    /// <summary>State before the first byte.</summary>
    public const uint Start = uint.MaxValue;

    /// <summary>Advances over some bytes.</summary>
    public static uint Add(uint state, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            state = BitOperations.Crc32C(state, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            state = BitOperations.Crc32C(state, rest);
        return state;
    }

    /// <summary>The checksum of what was added.</summary>
    public static uint Finish(uint state) => ~state;

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Add(Start, bytes));
}
