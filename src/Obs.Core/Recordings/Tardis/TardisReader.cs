using System;
using Obs.Core.Recordings.Tabular;

namespace Obs.Core.Recordings.Tardis;

/// <summary>Reads a Tardis CSV: finds the table by its header and hands over (docs.tardis.dev, downloadable CSV files). Columns are found by name.</summary>
/// <remarks>One reader reads all files of an import: the days of one stream go on where the one before ended.</remarks>
internal sealed class TardisReader : IRecordingReader
{
    private readonly TardisBookTable _books = new();
    private readonly TardisTradeTable _trades = new();

    /// <inheritdoc/>
    public void Read(ByteSource source, ImportContext context)
    {
        if (!source.TryReadLine(out ReadOnlySpan<byte> line))
            ImportThrow.Empty(source.Name);
        CsvRow row = new();
        TardisHeader header = TardisHeader.Read(row.Split(line, (byte)','), row);
        TableOf(source.Name, header).Read(source, context, new TardisCells(header, row));
    }

    private ITardisTable TableOf(string name, TardisHeader header)
    {
        if (Refusal(name, header) is { } reason)
            ImportThrow.NotSupported(name, 1, reason);
        if (header.Has("is_snapshot"))
            return _books;
        if (header.Has("asks[0].price"))
            return new TardisSnapshotTable();
        if (header.Has("id") && header.Has("side") && header.Has("price") && header.Has("amount"))
            return _trades;
        ImportThrow.NotSupported(name, 1, "this Tardis table is not known; incremental_book_L2, book_snapshot_5, book_snapshot_25 and trades are.");
        return null;
    }

    private static string? Refusal(string name, TardisHeader header)
    {
        const string Instead = "import incremental_book_L2 or book_snapshot_25 with trades of the same day.";
        if (header.Has("strike_price"))
            return $"a Tardis options chain holds no book and no trades; {Instead}";
        if (header.Has("funding_rate"))
            return $"a Tardis derivative ticker holds no book and no trades; {Instead}";
        if (header.Has("ask_price") && header.Has("bid_price"))
            return $"Tardis quotes hold the best level only, which is no book; {Instead}";
        // liquidations have the columns of trades: only the file's name tells
        if (name.Contains("liquidations", StringComparison.OrdinalIgnoreCase))
            return $"Tardis liquidations are no trades of the tape; {Instead}";
        return header.Has("symbol") && header.Has("timestamp") && header.Has("local_timestamp") ? null : "the header lacks symbol, timestamp or local_timestamp.";
    }
}
