using System;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>Judges frames while they are imported, so that those the decoder will refuse can be kept in the quarantine file too.</summary>
/// <remarks>A refused frame is stored all the same: what counts as rejected is decided by the engine, once, from the journal.</remarks>
internal interface IFrameValidator
{
    /// <summary>True when the venue's decoder takes the frame.</summary>
    DecodeStatus Judge(RecordKind kind, VenueId venue, ReadOnlySpan<byte> payload);
}
