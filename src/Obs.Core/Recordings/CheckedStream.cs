using System;
using System.Diagnostics;
using System.IO;

namespace Obs.Core.Recordings;

/// <summary>Unpacked bytes on their way through, with their CRC-32 and length; what was promised about them is checked when they end.</summary>
/// <remarks>The library's own streams end quietly where packed data is cut off, and zip members are not checked at all. Costs about 0.7 ns a byte.</remarks>
internal sealed class CheckedStream(Stream inner, Func<uint, long, bool> isWhole) : Stream
{
    private uint _state = Crc32.Start;
    private long _length;
    private bool _ended;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException("The length of packed data is known at its end.");

    /// <inheritdoc/>
    public override long Position { get => _length; set => throw new NotSupportedException("A recording is read forward."); }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data has ended and is not what was promised.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        Debug.Assert(count > 0, "an empty read would look like the end");
        int read = inner.Read(buffer, offset, count);
        _state = Crc32.Add(_state, buffer.AsSpan(offset, read));
        _length += read;
        if (read == 0 && !_ended)
        {
            _ended = true;
            if (!isWhole(Crc32.Finish(_state), _length))
                throw new InvalidDataException("the packed data ends early or its checksum is wrong");
        }
        return read;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A recording is read forward.");

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("A recording is read only.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A recording is read only.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
