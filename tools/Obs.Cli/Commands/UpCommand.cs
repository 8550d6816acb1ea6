using System;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Threading;
using Obs.Cli.Live;
using Obs.Cli.Output;
using Obs.Cli.Runs;
using Obs.Core.Engine;
using Obs.Core.Simulation;

namespace Obs.Cli.Commands;

/// <summary><c>obs up</c>: the main job.</summary>
internal static class UpCommand
{
    private const int DurationSecondsMax = 2_592_000; // 30 days; 0 has no end

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> data = new("--data") { Description = "Folder of journal and settings; what is there is recovered first.", DefaultValueFactory = static _ => Path.Combine(".obs", "up") };
        Option<string> market = new("--market") { Description = "Market of the generated frames.", DefaultValueFactory = static _ => "KRW-BTC" };
        Option<ulong> seed = new("--seed") { Description = "Seed of the market generator.", DefaultValueFactory = static _ => 1 };
        Option<double> rate = new("--frames-per-second") { Description = "Generated frames a second, 1 to 10000.", DefaultValueFactory = static _ => Demonstration.FramesPerSecond };
        Option<double> moves = new("--moves-per-second") { Description = "How often generated quotes give way by a tick, a second, 0 to 1000.", DefaultValueFactory = static _ => Demonstration.MovesPerSecond };
        Option<double> duration = DurationOption.Create("--duration", DurationOption.Seconds, 0, "Stop after this long: seconds, or with a unit (90s, 5m, 8h). 0 runs until Ctrl-C, a recording (--replay) to its end.");
        Option<string?> replay = new("--replay") { Description = "Run this recording at recorded pace instead of the generated market (needs --venue; see --speed)." };
        LiveJournalOptions journal = new();
        RunOptionSet options = new();
        Command command = new("up", """
            Runs everything with embedded defaults: a generated market, prediction, paper trading. One line a second until Ctrl-C, then a summary.
            Kill switch: key k stops every order (cancels pass), key r lets them pass again; where stdin is no terminal, the lines kill and release.
            Each is a journal record and is answered once it is on disk. A kill stays in force over a restart.
            What was asked for is a journal record too: options that differ from the last start apply from now on, earlier records keep theirs.

            Example:
              obs up
              obs up --data /var/lib/obs --snapshot-every 5m --keep-days 3 --keep-gib 20
              obs up --replay usdm_btcusdt.gz --venue binance-usdm --strategy imbalance --speed 10
            """) { data, market, seed, rate, moves, duration, replay };
        journal.AddTo(command);
        options.AddTo(command);
        command.SetAction((parsed, cancel) => System.Threading.Tasks.Task.Run(() =>
        {
            double durationSeconds = Checked(parsed.GetValue(duration));
            if (parsed.GetValue(replay) is { } recording)
            {
                if (Array.Find([data, market, seed, rate, moves, .. journal.All], option => RunOptionSet.IsGiven(parsed, option)) is { } idle)
                    throw new CliException(ExitCode.Usage, $"{idle.Name} belongs to the generated market; with --replay the recording is the market, and nothing is journaled.");
                return RunReplay(options.ReadReplay(parsed, recording), durationSeconds, cancel);
            }
            (long everyRecords, long everyNs) = options.ReadSnapshotEvery(parsed);
            return RunGenerated(new UpSettings
            {
                SnapshotEveryRecords = everyRecords,
                SnapshotEveryNs = everyNs,
                Retention = journal.Retention(parsed),
                SegmentBytes = LiveJournalOptions.SegmentBytes(parsed, journal.SegmentMb),
                DataFolder = parsed.GetValue(data)!,
                Market = parsed.GetValue(market)!,
                Seed = parsed.GetValue(seed),
                FramesPerSecond = parsed.GetValue(rate),
                MovesPerSecond = parsed.GetValue(moves),
                DurationSeconds = durationSeconds,
                Run = options.ReadLive(parsed),
                IsFeeLeftOut = !options.IsFeeGiven(parsed),
            }, cancel);
        }, CancellationToken.None));
        return command;
    }

    private static double Checked(double durationSeconds) => durationSeconds is >= 0 and <= DurationSecondsMax
        ? durationSeconds
        : throw new CliException(ExitCode.Usage, $"--duration is {durationSeconds.ToString(CultureInfo.InvariantCulture)}; set it between 0 (until Ctrl-C) and {DurationSecondsMax} s.");

    private static int RunGenerated(UpSettings settings, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(settings.DataFolder))
            throw new CliException(ExitCode.Usage, "--data is empty; name a folder, or leave it out for .obs/up.");
        if (settings.FramesPerSecond is not (>= 1 and <= 10_000))
            throw new CliException(ExitCode.Usage, $"--frames-per-second is {settings.FramesPerSecond.ToString(CultureInfo.InvariantCulture)}; set it between 1 and 10000.");
        if (settings.MovesPerSecond is not (>= 0 and <= 1_000))
            throw new CliException(ExitCode.Usage, $"--moves-per-second is {settings.MovesPerSecond.ToString(CultureInfo.InvariantCulture)}; set it between 0 and 1000.");
        string problems = string.Join(' ', new MarketGeneratorOptions { Market = settings.Market }.Problems());
        if (problems.Length > 0)
            throw new CliException(ExitCode.Usage, $"--market: {problems}");
        using UpRun run = new(settings, cancel);
        TellStart(settings, run);
        LiveStatus last = default;
        run.Run((status, instrument) =>
        {
            last = status;
            if (!settings.Run.Json)
                Console.WriteLine($"{LiveLine.Text(status, instrument, run.Engine.Timing)}, on disk to {run.DurableSequence}");
        }, line => (settings.Run.Json ? Console.Error : Console.Out).WriteLine(line), cancel);
        UpSummary.Write(settings, run, last);
        return ExitCode.Done;
    }

    private static void TellStart(UpSettings settings, UpRun run)
    {
        UpRecovery recovered = run.Recovered;
        if (run.Engine.Sequence > 0)
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recovered {settings.DataFolder} to sequence {run.Engine.Sequence}, state {run.Engine.StateHash:x16}: {Counted.Of(recovered.ReplayedRecords, "record")}{(recovered.RestoredSequence > 0 ? $" after the snapshot at {recovered.RestoredSequence}" : "")} in {recovered.Seconds:0.00} s."));
        Console.Error.WriteLine($"paper trading a generated {settings.Market} (seed {settings.Seed}); k or kill stops every order, r or release lets them pass, Ctrl-C ends.");
        if (run.Engine.IsKilled)
            Console.Error.WriteLine("KILLED: the kill switch was engaged before and still is; no order passes until r or release.");
        if (settings.IsFeeLeftOut)
            Console.Error.WriteLine("fees are 0 in this demonstration; --fee 0.0005 is the venue's, and then this model finds little to trade.");
    }

    // stopped early, the result is that of what was processed, as with the generated market
    private static int RunReplay(RunSettings settings, double durationSeconds, CancellationToken cancel)
    {
        TextWriter lines = settings.Json ? Console.Error : Console.Out;
        // the thread that waits between records shows the state; in split it would not be the engine's
        if (settings.Layout == "auto")
            settings = settings with { Layout = "fused" };
        lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"paper trading {string.Join(", ", settings.Inputs)} at {settings.Speed:0.###} x recorded pace; Ctrl-C ends."));
        RunResult result = ReplayRun.Watched(settings, TimeSpan.FromSeconds(durationSeconds), (status, instrument, timing) => lines.WriteLine(LiveLine.Text(status, instrument, timing)), cancel);
        return ReplayCommand.Tell(settings, result);
    }
}
