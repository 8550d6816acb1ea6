using System;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Obs.Core.Recordings.Hftbacktest;

/// <summary>The header of a npy array (numpy.lib.format): magic, version, length, and a Python dict in ASCII.</summary>
internal static class NpyHeader
{
    private const string Events = "'descr':[('ev','<u8'),('exch_ts','<i8'),('local_ts','<i8'),('px','<f8'),('qty','<f8'),('order_id','<u8'),('ival','<i8'),('fval','<f8')]";
    private const int LongestHeader = 1 << 16;

    /// <summary>Takes the header; returns the number of rows.</summary>
    /// <exception cref="ImportException">Not an event array of hftbacktest version 2.</exception>
    public static long Read(ByteSource source)
    {
        if (!source.TryTake(8, out ReadOnlySpan<byte> magic) || !FormatDetector.IsNpy(magic))
            ImportThrow.NotSupported(source.Name, 0, "the npz member is no npy array; write it with numpy.savez(data=…).");
        int major = magic[6];
        int lengthBytes = major switch { 1 => 2, 2 or 3 => 4, _ => 0 };
        if (lengthBytes == 0)
            ImportThrow.NotSupported(source.Name, 0, string.Create(CultureInfo.InvariantCulture, $"npy version {major} is not known; 1, 2 and 3 are."));
        if (!source.TryTake(lengthBytes, out ReadOnlySpan<byte> lengthText))
            ImportThrow.Damaged(source.Name, 0, null, "the npy header is cut off");
        uint length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthText) : BinaryPrimitives.ReadUInt32LittleEndian(lengthText);
        ReadOnlySpan<byte> text = default;
        if (length > LongestHeader || !source.TryTake((int)length, out text))
            ImportThrow.Damaged(source.Name, 0, null, "the npy header is cut off");
        return Judge(source.Name, Encoding.ASCII.GetString(text).Replace(" ", "", StringComparison.Ordinal));
    }

    private static long Judge(string name, string header)
    {
        if (header.Contains("'req_ts'", StringComparison.Ordinal))
            ImportThrow.NotSupported(name, 0, "this is an hftbacktest order-latency file; it belongs to the paper venue's latency setting, not to the market data.");
        if (!header.Contains("[(", StringComparison.Ordinal))
            ImportThrow.NotSupported(name, 0, "this is a plain array, as hftbacktest version 1 wrote them; convert it with hftbacktest's migration to the 64-byte event array.");
        if (!header.Contains(Events, StringComparison.Ordinal))
            ImportThrow.NotSupported(name, 0, $"the array is no hftbacktest event array; expected {Events}, found {header.Trim()}.");
        const string Shape = "'shape':(";
        int start = header.IndexOf(Shape, StringComparison.Ordinal) + Shape.Length;
        int end = header.IndexOf(',', Math.Max(start, 0));
        if (start < Shape.Length || end < 0 || !long.TryParse(header.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out long rows))
        {
            ImportThrow.NotSupported(name, 0, $"the array has no single dimension: {header.Trim()}.");
            return 0;
        }
        return rows;
    }
}
