namespace Obs.Core.Market;

/// <summary>Outcome of decoding one frame. Everything but <see cref="Ok"/> rejects the frame, which is counted by reason. Numbers are shown to users: they only grow.</summary>
internal enum DecodeStatus : byte
{
    /// <summary>Well formed.</summary>
    Ok = 0,

    /// <summary>Not the JSON the venue sends: syntax, truncation, wrong encoding, or nesting that is never used.</summary>
    Malformed = 1,

    /// <summary>A needed member is missing.</summary>
    MissingField = 2,

    /// <summary>A member has another type than the venue's.</summary>
    WrongType = 3,

    /// <summary>A market that is not part of this run and cannot be added by itself.</summary>
    UnknownSymbol = 4,

    /// <summary>A price or size that the instrument's scale cannot hold exactly (more decimals than the scale has).</summary>
    OffScale = 5,

    /// <summary>A number too large for 64 bits at the instrument's scale.</summary>
    Overflow = 6,

    /// <summary>A price that is zero or negative where there must be one, or above the instrument's maximum.</summary>
    BadPrice = 7,

    /// <summary>A negative size, or a trade of size zero.</summary>
    BadSize = 8,

    /// <summary>Levels of a complete book that are not sorted best first, or appear twice.</summary>
    Unsorted = 9,

    /// <summary>More levels than any venue sends (16,384 in all).</summary>
    TooManyLevels = 10,

    /// <summary>A time before 2009 or after 2100, or an update id below 0 or with last before first.</summary>
    BadSequence = 11,
}
