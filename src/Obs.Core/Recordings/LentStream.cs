using System;
using System.IO;

namespace Obs.Core.Recordings;

/// <summary>A stream somebody else closes: reads pass through, disposal does not.</summary>
internal sealed class LentStream(Stream lender) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => lender.Length;

    /// <inheritdoc/>
    public override long Position { get => lender.Position; set => throw new NotSupportedException("A recording is read forward."); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => lender.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => lender.Read(buffer);

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
}
