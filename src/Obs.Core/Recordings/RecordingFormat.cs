namespace Obs.Core.Recordings;

/// <summary>How a recording is written. Found from its content; a caller can say it instead.</summary>
internal enum RecordingFormat
{
    /// <summary>Look at the content.</summary>
    Detect,

    /// <summary><c>receive-time frame-as-it-came</c>, one a line (Upbit and Binance streams; a Binance REST snapshot may stand among them).</summary>
    Frames,

    /// <summary>The original project's files: one Python dict literal a line, or a list of them.</summary>
    PythonDict,

    /// <summary>The same records as JSON lines.</summary>
    JsonLines,

    /// <summary>The same records as CSV with a header; also Upbit trade lists with a text time and a 0/1 side.</summary>
    CsvRecords,

    /// <summary>Polled books, one level a line: <c>price, quantity, type, time</c>, separated by comma or bar, header optional.</summary>
    PolledBookCsv,

    /// <summary>Tardis CSV: incremental_book_L2, book_snapshot_5/25, trades.</summary>
    Tardis,

    /// <summary>hftbacktest event array (npz, or the npy inside).</summary>
    Hftbacktest,
}
