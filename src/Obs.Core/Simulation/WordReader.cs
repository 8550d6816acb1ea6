using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.CompilerServices;

namespace Obs.Core.Simulation;

/// <summary>Reads what <see cref="WordWriter"/> wrote; an early end or an impossible count is refused, never guessed.</summary>
internal ref struct WordReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>True when every word was read.</summary>
    public readonly bool AtEnd => _at == _bytes.Length;

    /// <summary>The next word.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public long Next()
    {
        if (_bytes.Length - _at < sizeof(long))
            EndsEarly(_bytes.Length);
        long word = BinaryPrimitives.ReadInt64LittleEndian(_bytes[_at..]);
        _at += sizeof(long);
        return word;
    }

    /// <summary>The next word, which must be a count from 0 to <paramref name="most"/>.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public int NextCount(int most)
    {
        long word = Next();
        if (word < 0 || word > most)
            Impossible(word, most);
        return (int)word;
    }

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Impossible(long word, long most) =>
        throw new InvalidDataException($"The paper venue's state holds {word} where 0 to {most} can stand; start from an older snapshot or replay the journal.");

    [DoesNotReturn, MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndsEarly(int bytes) =>
        throw new InvalidDataException($"The paper venue's state ends after {bytes} bytes; start from an older snapshot or replay the journal.");
}
