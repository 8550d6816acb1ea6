using System;
using System.Collections.Generic;
using System.Text;
using Obs.Core.Recordings.Tabular;

namespace Obs.Core.Recordings.Tardis;

/// <summary>Column names of a Tardis file and where they stand.</summary>
internal sealed class TardisHeader
{
    private readonly Dictionary<string, int> _columns = [];

    /// <summary>Number of columns.</summary>
    public int Count { get; private init; }

    /// <summary>Reads a header line that was split.</summary>
    public static TardisHeader Read(ReadOnlySpan<byte> text, CsvRow row)
    {
        TardisHeader header = new() { Count = row.Count };
        for (int index = 0; index < row.Count; index++)
            header._columns[Encoding.UTF8.GetString(row[index].Of(text).Trim((byte)' '))] = index;
        return header;
    }

    /// <summary>True when a column is there.</summary>
    public bool Has(string name) => _columns.ContainsKey(name);

    /// <summary>Place of a column, -1 when it is not there.</summary>
    public int IndexOf(string name) => _columns.GetValueOrDefault(name, -1);
}
