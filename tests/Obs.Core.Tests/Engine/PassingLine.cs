using System;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;

namespace Obs.Core.Tests.Engine;

/// <summary>Passes everything on to a line; tests override what they disturb.</summary>
internal abstract class PassingLine(IEngineLine line) : IEngineLine
{
    protected IEngineLine Line => line;

    public string OfferingStage => line.OfferingStage;

    public long NextDueNs => line.NextDueNs;

    public StallDetector Stalls => line.Stalls;

    public virtual void Offer(RecordKind kind, VenueId venue, long receiveNs, ReadOnlySpan<byte> payload, long receivedTicks, long sequence = 0, PendingCommand? command = null) =>
        line.Offer(kind, venue, receiveNs, payload, receivedTicks, sequence, command);

    public bool RunIdleSlice(long nowTicks) => line.RunIdleSlice(nowTicks);

    public void Finish() => line.Finish();

    public void Dispose() => line.Dispose();
}
