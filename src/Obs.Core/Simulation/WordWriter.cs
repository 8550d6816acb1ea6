using System;
using System.Buffers.Binary;

namespace Obs.Core.Simulation;

/// <summary>Writes words, little endian. The caller gives room for all of them.</summary>
internal ref struct WordWriter(Span<byte> bytes) : IWordSink
{
    private readonly Span<byte> _bytes = bytes;
    private int _at;

    /// <inheritdoc/>
    public void Add(long word)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes[_at..], word);
        _at += sizeof(long);
    }
}
