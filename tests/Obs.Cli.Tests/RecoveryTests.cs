using System.Globalization;
using System.IO;
using System.Text.Json;
using NUnit.Framework;
using Obs.Cli.Runs;
using Obs.Core.Journal;

namespace Obs.Cli.Tests;

/// <summary>How long <c>obs up</c> takes to come back to the end of a journal, with a snapshot and without. The figures are printed, the states compared.</summary>
internal sealed class RecoveryTests
{
    private static readonly RunSettings Imbalance = new() { Venue = "upbit", Strategy = "imbalance", Threshold = 0.6 };
    private static readonly RunSettings WithModel = new() { Venue = "upbit", Strategy = "threshold", ModelPath = DemoModel.Path, Threshold = 0.0001 };

    [Test]
    public void Ten_minutes_of_a_market_come_back_with_and_without_a_snapshot([Values] bool withModel) =>
        CheckGenerated(withModel, seconds: 600, framesPerSecond: 10);

    [Test, Category("Soak")]
    public void A_day_of_a_busy_market_comes_back([Values] bool withModel) => CheckGenerated(withModel, seconds: 86_400, framesPerSecond: 15);

    [Test, Category("Soak")]
    public void The_recorded_day_of_nexousdt_comes_back()
    {
        using Scratch scratch = new();
        RunSettings inputs = new() { Venue = "binance-spot", Inputs = [SharedData.Path("data/binance/spot_nexousdt_20240723.dat.gz"), SharedData.Path("data/binance/spot_nexousdt_20240724.dat.gz")] };
        RecordingImport.Run(inputs, scratch["imported"], DurabilityPolicy.OnDemand, progress: null);
        long records = MadeLiveJournal.Copy(scratch["live"], Imbalance with { Venue = "binance-spot" }, scratch["imported"]);
        Check(scratch, records, "--strategy", "imbalance", "--threshold", "0.6");
    }

    private static void CheckGenerated(bool withModel, double seconds, double framesPerSecond)
    {
        using Scratch scratch = new();
        long records = MadeLiveJournal.Generate(scratch["live"], withModel ? WithModel : Imbalance, seconds, framesPerSecond);
        Check(scratch, records, withModel ? [] : ["--strategy", "imbalance", "--threshold", "0.6"]);
    }

    private static void Check(Scratch scratch, long records, params string[] strategy)
    {
        string[] line = ["up", "--data", scratch["live"], "--duration", "1", "--json", .. strategy];
        ObsRun whole = ObsRun.Of(line);
        Assert.That(whole.Json.GetProperty("recoveredRecords").GetInt64(), Is.EqualTo(records), "no snapshot: everything is replayed");
        ObsRun quick = ObsRun.Of(line);
        Assert.That(quick.Json.GetProperty("recoveredRecords").GetInt64(), Is.Zero, "the clean stop left a snapshot");
        Assert.That(quick.Errors, Does.Contain($"state {whole.Json.GetProperty("stateHash").GetString()}"));
        Tell(records, scratch["live"], whole.Json, quick.Json);
    }

    private static void Tell(long records, string data, JsonElement whole, JsonElement quick)
    {
        long bytes = JournalVerifier.Run(Path.Combine(data, "journal"), LogFormat.Journal).UsedBytes;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{records} records, {bytes >> 20} MiB: without a snapshot {whole.GetProperty("recoverySeconds").GetDouble():0.00} s, with one {quick.GetProperty("recoverySeconds").GetDouble():0.00} s; a snapshot has {quick.GetProperty("snapshotBytes").GetInt64()} bytes"));
    }
}
