namespace Obs.Core.Recordings;

/// <summary>Why a line of a recording could not be used. Written to quarantine files by name.</summary>
internal enum BadLineReason
{
    /// <summary>Nothing wrong.</summary>
    None,

    /// <summary>The line does not begin with a receive time.</summary>
    NoTime,

    /// <summary>A time below 10^11: seconds, or no time at all.</summary>
    TimeUnitUnknown,

    /// <summary>A time before 2009 or after 2099.</summary>
    ClockAbsurd,

    /// <summary>A receive time with nothing behind it.</summary>
    EmptyPayload,

    /// <summary>A line beyond 8 MiB.</summary>
    LineTooLong,

    /// <summary>Bytes that are not UTF-8.</summary>
    WrongEncoding,

    /// <summary>Not the syntax of the format.</summary>
    Malformed,

    /// <summary>Another number of cells than the header has.</summary>
    ColumnCount,

    /// <summary>A needed field is missing or empty.</summary>
    MissingField,

    /// <summary>A field holds another type.</summary>
    WrongType,

    /// <summary>A side that is neither buy nor sell.</summary>
    UnknownSide,

    /// <summary>A market nobody described.</summary>
    UnknownSymbol,

    /// <summary>More decimals than the market's scale has.</summary>
    OffScale,

    /// <summary>A number beyond 64 bits at the market's scale.</summary>
    Overflow,

    /// <summary>A price that is zero, negative, or above the market's maximum.</summary>
    BadPrice,

    /// <summary>A negative size, or a trade of size zero.</summary>
    BadSize,

    /// <summary>Levels of a book that are not sorted best first, or appear twice.</summary>
    Unsorted,

    /// <summary>More levels than a book may have (16,384).</summary>
    TooManyLevels,

    /// <summary>Only in the quarantine file: the frame was stored, but the validator refused it.</summary>
    RefusedFrame,
}
