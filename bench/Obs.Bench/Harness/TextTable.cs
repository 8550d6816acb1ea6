using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Obs.Bench.Harness;

/// <summary>A table in plain text: first columns to the left, numbers to the right.</summary>
internal sealed class TextTable(string[] header, int leftColumns)
{
    private readonly List<string[]> _rows = [header];

    /// <summary>Adds a row with as many cells as the header.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes header, rule and rows; the last column is never padded.</summary>
    public void WriteTo(TextWriter output)
    {
        int[] widths = [.. Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length))];
        for (int row = 0; row < _rows.Count; row++)
        {
            IEnumerable<string> cells = _rows[row].Select((cell, column) => Padded(cell, column, widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
            if (row == 0)
                output.WriteLine(string.Join("  ", widths.Select(static width => new string('-', width))));
        }
    }

    private string Padded(string cell, int column, int width)
    {
        bool left = column < leftColumns || column == header.Length - 1;
        return left ? cell.PadRight(width) : cell.PadLeft(width);
    }
}
