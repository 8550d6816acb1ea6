using System;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>What an import shall do. Immutable.</summary>
internal sealed record ImportOptions
{
    /// <summary>Venue the recording comes from.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Markets that may be imported and their scales.</summary>
    public required InstrumentCatalog Instruments { get; init; }

    /// <summary>Market of files that don't name one; for frames, the market of REST snapshots.</summary>
    public string? Symbol { get; init; }

    /// <summary>Stop at the first bad line.</summary>
    public bool Strict { get; init; }

    /// <summary>First receive time that is taken, ns since 1970 UTC.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>First receive time that is no longer taken, ns since 1970 UTC.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>Format, where the content shall not decide.</summary>
    public RecordingFormat Format { get; init; } = RecordingFormat.Detect;

    /// <summary>Zone of text times that state none, minutes east of UTC. Default 540: the files with such times come from Korea.</summary>
    public int UtcOffsetMinutes { get; init; } = 540;

    /// <summary>Folder for <c>NAME.quarantine</c> files; null writes none.</summary>
    public string? QuarantineDirectory { get; init; }

    /// <summary>Judge of frames, or null.</summary>
    public IFrameValidator? Validator { get; init; }

    /// <summary>Called after each buffer read; null for nobody.</summary>
    public Action<ImportProgress>? Progress { get; init; }
}
