using System;
using System.Collections.Generic;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>Writes down every call as a short text, e.g. <c>frame 105 @7</c> (last update id, receive time).</summary>
internal readonly struct RecordingVisitor(List<string> calls, bool wantsLevels = false) : IBookVisitor
{
    public bool WantsLevels => wantsLevels;

    public void BeforeFrame(in MarketEvent frame)
    {
        if (wantsLevels)
            calls.Add($"before {frame.LastUpdateId}");
    }

    public void OnLevel(Side side, Price price, Size previous, Size now) =>
        calls.Add($"{(side == Side.Bid ? 'b' : 'a')}{price.Mantissa} {previous.Mantissa}>{now.Mantissa}");

    public void AfterFrame(in MarketEvent frame, ReadOnlySpan<BookLevel> levels) => calls.Add($"frame {frame.LastUpdateId} @{frame.ReceiveNs}");

    public void OnSnapshot(in MarketEvent snapshot) => calls.Add($"snapshot {snapshot.LastUpdateId}");

    public void OnResync(in MarketEvent cause) => calls.Add($"resync {cause.LastUpdateId}");
}
