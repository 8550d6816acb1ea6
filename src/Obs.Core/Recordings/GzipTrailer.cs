using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;

namespace Obs.Core.Recordings;

/// <summary>Checks unpacked gzip data against the last 8 bytes of its file: CRC-32 and length of the last member (RFC 1952 §2.3.1).</summary>
/// <remarks>A file cut off ends with other bytes, so that both agree with a chance of 2^-64. Files of several members, which are rare, are unpacked
/// a second time to find the last one. Cut off exactly between two members, a file is whole for everybody.</remarks>
internal static class GzipTrailer
{
    private const int TrailerBytes = 8;
    private const int ShortestFile = 18;
    private const int BufferBytes = 1 << 16;

    /// <summary>True when the data is all there.</summary>
    /// <param name="file">The packed file; its position is not kept.</param>
    /// <param name="crc">Checksum of all unpacked data.</param>
    /// <param name="length">Bytes of all unpacked data.</param>
    public static bool Agrees(FileStream file, uint crc, long length)
    {
        if (file.Length < ShortestFile)
            return false;
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        file.Position = file.Length - TrailerBytes;
        file.ReadExactly(trailer);
        uint lastCrc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        uint lastLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (lastCrc == crc && lastLength == unchecked((uint)length))
            return true;
        return lastLength < length && LastMemberAgrees(file, length - lastLength, lastCrc);
    }

    private static bool LastMemberAgrees(FileStream file, long before, uint expected)
    {
        Debug.Assert(before > 0, "something stands in front of the last member");
        file.Position = 0;
        using GZipStream unpacked = new(file, CompressionMode.Decompress, leaveOpen: true);
        byte[] buffer = new byte[BufferBytes];
        uint state = Crc32.Start;
        int read;
        while ((read = unpacked.Read(buffer, 0, buffer.Length)) > 0)
        {
            int skipped = (int)Math.Min(before, read);
            before -= skipped;
            state = Crc32.Add(state, buffer.AsSpan(skipped, read - skipped));
        }
        file.Position = file.Length;
        return Crc32.Finish(state) == expected;
    }
}
