using System;
using System.Diagnostics;
using System.Threading;
using Obs.Bench.Harness;
using Obs.Bench.Suites.Engine;
using Obs.Bench.Suites.Journal;
using Obs.Core.Diagnostics;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Simulation;

namespace Obs.Bench.Suites.Live;

/// <summary>A live run as <c>obs up</c> makes it, without its files around: generated market, intake, journal stage, engine with paper orders.</summary>
internal static class TimerRun
{
    private const long StartNs = 1_767_225_600_000_000_000;
    private const double FramesPerSecond = 200;

    /// <summary>Runs in real time and adds the lateness of every timer record.</summary>
    /// <param name="isSplit">Its layout, with the waits that suit this machine.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="sample">Where the lateness goes.</param>
    public static void Run(bool isSplit, double seconds, LatencySample sample)
    {
        JournalBenchFolder folder = new($"timers-{(isSplit ? "split" : "fused")}");
        folder.Reset();
        using JournalWriter journal = JournalWriter.Open(new JournalOptions { Directory = folder.Path, SegmentBytes = 16 << 20 });
        long startTicks = Stopwatch.GetTimestamp();
        long NowNs() => StartNs + StopwatchTicks.ToNs(Stopwatch.GetTimestamp() - startTicks);
        EngineRun run = new(EngineRun.Options(int.MaxValue), insertTimers: false);
        LiveDuties duties = new(run.Engine, run.Registry.Count, new StatusBoard(), commands: null, snapshots: null);
        using IEngineLine line = isSplit
            ? new SplitLine(run.Engine, run.Loop, run.Decoder, SplitLineOptions.Live(duties, Environment.ProcessorCount, pinToCpu: null)).Start()
            : new FusedLine(run.Engine, run.Decoder, duties);
        Intake intake = new();
        LiveLoop loop = new(line, journal, intake, NowNs, engineNs: 0, commands: null, LoopWaits.Live(isSplit, Environment.ProcessorCount));
        loop.Begin(RecordKind.ConfigurationChange, NowNs(), default);
        using CancellationTokenSource stop = new();
        Thread stage = new(() => loop.Run(stop.Token)) { Name = line.OfferingStage, IsBackground = true };
        stage.Start();
        Feed(intake, NowNs, seconds);
        stop.Cancel();
        stage.Join();
        sample.Raw.Add(loop.TimerLateness);
        sample.StallFree.Add(loop.StallFreeTimerLateness);
    }

    private static void Feed(Intake intake, Func<long> nowNs, double seconds)
    {
        MarketGenerator market = new(new MarketGeneratorOptions { FramesPerSecond = FramesPerSecond, MovesPerSecond = Demonstration.MovesPerSecond, StartNs = nowNs() });
        long endNs = nowNs() + (long)(seconds * 1e9);
        while (market.Next(out long dueNs, out ReadOnlySpan<byte> frame) && dueNs < endNs)
        {
            // a frame may be a millisecond late; only timers are measured
            while (nowNs() < dueNs)
                Thread.Sleep(1);
            intake.TryOffer(RecordKind.VenueFrame, VenueId.Upbit, nowNs(), Stopwatch.GetTimestamp(), frame);
        }
    }
}
