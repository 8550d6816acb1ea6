using System;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>Takes the records an import makes, in order; the journal's writer stands behind it.</summary>
/// <remarks>Called on the importing thread only. The payload is valid during the call.</remarks>
internal interface IRecordSink
{
    /// <summary>One record.</summary>
    /// <param name="kind">Frame, REST answer or configuration.</param>
    /// <param name="venue">Decoder the payload needs; <see cref="VenueId.Decoded"/> for events already decoded.</param>
    /// <param name="receiveNs">Receive time, ns since 1970 UTC, as recorded: it may go back.</param>
    /// <param name="payload">The bytes to store.</param>
    void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload);
}
