using System;
using System.Buffers.Text;
using System.IO;
using System.Text;
using Obs.Core.Market;

namespace Obs.Cli.Output;

/// <summary>Writes one CSV file: UTF-8, LF, header always, no quoting (no value holds a comma).</summary>
/// <remarks>One thread. Buffers 64 KiB; no allocation per row.</remarks>
internal sealed class CsvFile : IDisposable
{
    private const int CellBytesMax = 64;

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _used;
    private bool _rowStarted;

    /// <summary>Creates the file, replacing one of that name.</summary>
    public CsvFile(string folder, string name, string header)
    {
        _file = new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
        Text(header).EndRow();
    }

    /// <summary>A cell of text.</summary>
    public CsvFile Text(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        Separate(bytes);
        _used += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_used));
        return this;
    }

    /// <summary>An empty cell.</summary>
    public CsvFile Empty()
    {
        Separate(0);
        return this;
    }

    /// <summary>An integer.</summary>
    public CsvFile Integer(long value)
    {
        Separate(CellBytesMax);
        Utf8Formatter.TryFormat(value, _buffer.AsSpan(_used), out int written);
        _used += written;
        return this;
    }

    /// <summary>A double as the shortest text that reads back as the same number.</summary>
    public CsvFile Number(double value)
    {
        Separate(CellBytesMax);
        value.TryFormat(_buffer.AsSpan(_used), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        _used += written;
        return this;
    }

    /// <summary>A mantissa as a plain decimal without trailing zeros.</summary>
    public CsvFile Plain(long mantissa, int decimals)
    {
        while (decimals > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            decimals--;
        }
        return Fixed(mantissa, decimals);
    }

    /// <summary>A mantissa as a decimal with exactly this many decimals.</summary>
    public CsvFile Fixed(long mantissa, int decimals)
    {
        Separate(CellBytesMax);
        if (mantissa < 0)
            _buffer[_used++] = (byte)'-';
        ulong magnitude = mantissa < 0 ? (ulong)-mantissa : (ulong)mantissa;
        ulong scale = (ulong)PowersOfTen.AsLong[decimals];
        Utf8Formatter.TryFormat(magnitude / scale, _buffer.AsSpan(_used), out int written);
        _used += written;
        if (decimals > 0)
        {
            _buffer[_used++] = (byte)'.';
            Utf8Formatter.TryFormat(magnitude % scale, _buffer.AsSpan(_used), out _, new System.Buffers.StandardFormat('D', (byte)decimals));
            _used += decimals;
        }
        return this;
    }

    /// <summary>A mantissa as a decimal with at least this many decimals, more only where digits would be lost.</summary>
    public CsvFile AtLeast(long mantissa, int decimals, int least)
    {
        for (; decimals > least && mantissa % 10 == 0; decimals--)
            mantissa /= 10;
        return Fixed(mantissa, decimals);
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        if (_used == _buffer.Length)
            Flush();
        _buffer[_used++] = (byte)'\n';
        _rowStarted = false;
    }

    /// <summary>Writes out what is buffered.</summary>
    public void Flush()
    {
        _file.Write(_buffer, 0, _used);
        _used = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Flush();
        _file.Dispose();
    }

    private void Separate(int bytes)
    {
        if (_used + bytes + 1 > _buffer.Length)
            Flush();
        if (_rowStarted)
            _buffer[_used++] = (byte)',';
        _rowStarted = true;
    }
}
