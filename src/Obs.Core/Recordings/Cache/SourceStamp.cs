using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace Obs.Core.Recordings.Cache;

/// <summary>Recognises the files a cache was made from: their length in all and a CRC32C over the CRC32Cs of their 1 MiB pieces in order.</summary>
internal readonly record struct SourceStamp(long LengthBytes, uint Crc32C)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Reads files to stamp them; about 5 GB/s once they are in memory.</summary>
    public static SourceStamp Of(IEnumerable<string> files)
    {
        byte[] buffer = new byte[BufferBytes];
        long length = 0;
        List<uint> pieces = [];
        foreach (string path in files)
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1);
            int read;
            while ((read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
            {
                pieces.Add(Journal.Crc32C.Compute(buffer.AsSpan(0, read)));
                length += read;
            }
        }
        return new SourceStamp(length, Journal.Crc32C.Compute(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(pieces))));
    }

    /// <summary>For messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LengthBytes} bytes with checksum {Crc32C:x8}");
}
