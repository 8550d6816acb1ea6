namespace Obs.Core.Recordings;

/// <summary>Why an import stopped.</summary>
internal enum ImportProblem
{
    /// <summary>No such file.</summary>
    Missing,

    /// <summary>A folder where a file was expected.</summary>
    Directory,

    /// <summary>The file may not be read, or a file beside it not written.</summary>
    NotPermitted,

    /// <summary>Nothing in it.</summary>
    Empty,

    /// <summary>Packed data that ends early or is damaged.</summary>
    Damaged,

    /// <summary>UTF-16 or UTF-32 text.</summary>
    WrongEncoding,

    /// <summary>Content of no known format.</summary>
    UnknownFormat,

    /// <summary>A known format or table that cannot be imported.</summary>
    NotSupported,

    /// <summary>A file without a symbol, and none was given.</summary>
    SymbolNeeded,

    /// <summary>A bad line in a strict import.</summary>
    BadLine,

    /// <summary>A cache made from another state of its source.</summary>
    Stale,
}
