using System;

namespace Obs.Core.Recordings.Tabular;

/// <summary>Splits a line of separated values. Cells without quotes stay where they are; a line with quotes is unquoted into a buffer first.</summary>
/// <remarks>Reused from line to line; RFC 4180 quoting, but a cell cannot hold a line end.</remarks>
internal sealed class CsvRow
{
    private Slice[] _cells = new Slice[256];
    private byte[] _unquoted = [];

    /// <summary>Cells of the last line; -1 when its quotes don't close.</summary>
    public int Count { get; private set; }

    /// <summary>The place of a cell.</summary>
    public Slice this[int index] => _cells[index];

    /// <summary>Splits a line; the cells refer to the returned text, which is valid until the next line.</summary>
    public ReadOnlySpan<byte> Split(ReadOnlySpan<byte> line, byte separator)
    {
        Count = 0;
        if (line.Contains((byte)'"'))
            return SplitQuoted(line, separator);
        int start = 0;
        while (true)
        {
            int length = line[start..].IndexOf(separator);
            Add(new Slice(start, length < 0 ? line.Length - start : length));
            if (length < 0)
                return line;
            start += length + 1;
        }
    }

    private ReadOnlySpan<byte> SplitQuoted(ReadOnlySpan<byte> line, byte separator)
    {
        if (_unquoted.Length < line.Length)
            _unquoted = new byte[line.Length * 2];
        int written = 0;
        int start = 0;
        bool inside = false;
        for (int at = 0; at < line.Length; at++)
        {
            byte next = line[at];
            if (next == '"')
            {
                // inside, two quotes are one; outside, a quote only opens
                if (inside && at + 1 < line.Length && line[at + 1] == '"')
                    _unquoted[written++] = line[++at];
                else
                    inside = !inside;
            }
            else if (next == separator && !inside)
            {
                Add(new Slice(start, written - start));
                start = written;
            }
            else
            {
                _unquoted[written++] = next;
            }
        }
        Add(new Slice(start, written - start));
        Count = inside ? -1 : Count;
        return _unquoted.AsSpan(0, written);
    }

    private void Add(Slice cell)
    {
        if (Count == _cells.Length)
            Array.Resize(ref _cells, Count * 2);
        _cells[Count++] = cell;
    }
}
