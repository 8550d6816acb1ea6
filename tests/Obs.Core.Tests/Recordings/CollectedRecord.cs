using System.Text;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Recordings;

/// <summary>A record an import gave on.</summary>
internal sealed record CollectedRecord(RecordKind Kind, VenueId Venue, long ReceiveNs, byte[] Payload)
{
    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);
}
