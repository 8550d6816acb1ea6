using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace Obs.Core.Tests.Market.Text;

/// <summary>The frames of a recording: the part of each line behind the receive time.</summary>
internal static class RecordedFrames
{
    public static IEnumerable<byte[]> Read(string file)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.Latin1, false, 1 << 16);
        while (reader.ReadLine() is { } line)
            yield return Encoding.Latin1.GetBytes(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
    }
}
