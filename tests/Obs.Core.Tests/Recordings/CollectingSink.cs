using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>Keeps what an import gives on; the configuration apart from the rest.</summary>
internal sealed class CollectingSink : IRecordSink
{
    /// <summary>All records but configurations, in order.</summary>
    public List<CollectedRecord> Records { get; } = [];

    /// <summary>Configurations, with the number of records in front of each.</summary>
    public List<(RecordingConfiguration Configuration, int Before)> Configurations { get; } = [];

    /// <summary>Records that are decoded events.</summary>
    public IReadOnlyList<CollectedEvent> Events => [.. Records.Select(static record => CollectedEvent.Of(record))];

    /// <inheritdoc/>
    public void OnRecord(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload)
    {
        if (kind != RecordKind.ConfigurationChange)
        {
            Records.Add(new CollectedRecord(kind, venue, receiveNs, payload.ToArray()));
            return;
        }
        if (!RecordingConfiguration.TryRead(payload, out RecordingConfiguration? configuration, out string? problem))
            throw new InvalidOperationException(problem);
        Configurations.Add((configuration, Records.Count));
    }
}
