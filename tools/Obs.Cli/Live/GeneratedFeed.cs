using System;
using System.Diagnostics;
using System.Threading;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Cli.Live;

/// <summary>Plays the market generator into the intake at its own pace, as a venue's socket would.</summary>
internal sealed class GeneratedFeed
{
    private readonly MarketGenerator _market;
    private readonly Intake _intake;
    private readonly WallClock _clock;

    /// <summary>A feed, not yet running.</summary>
    public GeneratedFeed(MarketGenerator market, Intake intake, WallClock clock)
    {
        _market = market;
        _intake = intake;
        _clock = clock;
    }

    /// <summary>Runs until cancelled.</summary>
    public void Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && _market.Next(out long dueNs, out ReadOnlySpan<byte> frame))
        {
            if (!WaitUntil(dueNs, stop))
                return;
            long ticks = Stopwatch.GetTimestamp();
            _intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, _clock.NsAt(ticks), ticks, frame);
        }
    }

    private bool WaitUntil(long dueNs, CancellationToken stop)
    {
        while (true)
        {
            long leftNs = dueNs - _clock.NowNs();
            if (leftNs <= 0)
                return true;
            if (stop.WaitHandle.WaitOne(TimeSpan.FromMicroseconds(Math.Min(leftNs / 1_000.0, 50_000))))
                return false;
        }
    }
}
