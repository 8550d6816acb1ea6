using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Cli.Runs;
using Obs.Core.Journal;
using Obs.Core.Trading;

namespace Obs.Cli.Tests;

/// <summary>What a live run was asked for stands in its journal, so that the journal alone says what applied when.</summary>
internal sealed class RecordedSettingsTests
{
    private static readonly RunSettings Plain = new() { Strategy = "imbalance", Threshold = 0.4 };

    [Test]
    public void A_restart_with_other_settings_is_replayed_without_any_option()
    {
        using Scratch scratch = new();
        string limits = scratch.File("limits.json", "{\"ordersPerSecond\": 2, \"openOrders\": 3}");
        ObsRun.Of("up", "--data", scratch["live"], "--duration", "2", "--frames-per-second", "400", "--json");
        ObsRun.Of("up", "--data", scratch["live"], "--duration", "2", "--frames-per-second", "400", "--strategy", "imbalance", "--threshold", "0.3", "--fee", "0.0005", "--json");
        ObsRun third = ObsRun.Of("up", "--data", scratch["live"], "--duration", "2", "--frames-per-second", "400", "--strategy", "imbalance", "--threshold", "0.3", "--fee", "0.0005", "--risk", limits, "--json");
        File.Delete(limits);
        ObsRun replay = ObsRun.Of("replay", "--journal", scratch["live"] + "/journal", "--layout", "fused", "--json");
        ObsRun split = ObsRun.Of("replay", "--journal", scratch["live"] + "/journal", "--layout", "split", "--json");
        ObsRun whatIf = ObsRun.Of("replay", "--journal", scratch["live"] + "/journal", "--threshold", "0.9", "--json");
        string hash = third.Json.GetProperty("stateHash").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(Kinds(scratch["live"] + "/journal"), Is.EqualTo((RecordKind[])[RecordKind.ConfigurationChange, RecordKind.ConfigurationChange, RecordKind.LimitChange]));
            Assert.That(replay.Json.GetProperty("stateHash").GetString(), Is.EqualTo(hash));
            Assert.That(split.Json.GetProperty("stateHash").GetString(), Is.EqualTo(hash));
            Assert.That(replay.Json.GetProperty("settingsFrom").GetString(), Is.EqualTo("journal"));
            Assert.That(replay.Json.GetProperty("settings").GetProperty("strategy").GetString(), Is.EqualTo("imbalance"));
            Assert.That(replay.Json.GetProperty("risk").GetProperty("ordersPerSecond").GetInt32(), Is.EqualTo(2));
            Assert.That(third.Json.GetProperty("restoredSequence").GetInt64(), Is.Positive, "snapshots need no settings of their own");
            Assert.That(whatIf.Json.GetProperty("settingsFrom").GetString(), Is.EqualTo("journal and options"));
            Assert.That(whatIf.Json.GetProperty("overrides")[0].GetString(), Is.EqualTo("--threshold"));
            Assert.That(whatIf.Json.GetProperty("stateHash").GetString(), Is.Not.EqualTo(hash), "control: an option that wins changes the run");
        });
    }

    [Test]
    public void A_replay_leaves_the_snapshots_of_the_live_run_alone_and_starts_from_them()
    {
        using Scratch scratch = new();
        string journal = scratch["live"] + "/journal";
        ObsRun live = ObsRun.Of("up", "--data", scratch["live"], "--duration", "2", "--frames-per-second", "300", "--json");
        ObsRun.Of("replay", "--journal", journal, "--symbol", "KRW-ETH", "--snapshot-every", "100", "--json");
        ObsRun fromSnapshot = ObsRun.Of("replay", "--journal", journal, "--snapshot", "999999", "--json");
        ObsRun next = ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetFiles(journal + "/snapshots").Length, Is.GreaterThan(3), "control: the replay stored some");
            Assert.That(fromSnapshot.Json.GetProperty("stateHash").GetString(), Is.EqualTo(live.Json.GetProperty("stateHash").GetString()));
            Assert.That(next.Errors, Does.Contain($"state {live.Json.GetProperty("stateHash").GetString()}"));
        });
    }

    [Test]
    public void The_model_is_kept_beside_the_journal_and_missed_by_name()
    {
        using Scratch scratch = new();
        ObsRun.Of("up", "--data", scratch["live"], "--duration", "1", "--json");
        string kept = Directory.GetFiles(scratch["live"] + "/journal/settings", "*.safetensors").Single();
        Assert.That(Path.GetFileNameWithoutExtension(kept), Does.Match("^[0-9a-f]{64}$"));
        File.Delete(kept);
        ObsRun replay = ObsRun.Of("replay", "--journal", scratch["live"] + "/journal", "--json");
        Assert.That(replay.ExitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(replay.Errors, Does.Contain(kept).And.Contain("put it back, or replay with --model FILE"));
    }

    [Test]
    public void The_same_settings_give_the_same_bytes_and_come_back_from_them()
    {
        KeptFiles files = new(Path.GetTempPath());
        RunSettings given = Plain with { Cash = 5_000_000.00m, MakerFee = 0.00050m, TakerFee = 0.0005m, OrderSize = 0.10m, EntryLatencyNs = 3, Risk = new RiskOptions { OpenOrders = 7 } };
        byte[] payload = RecordedSettings.Of(given, files).ToPayload();
        Assert.That(RecordedSettings.Of(given with { Cash = 5_000_000m, MakerFee = 0.0005m }, files).ToPayload(), Is.EqualTo(payload), "0.50 is 0.5");
        Assert.That(RecordedSettings.TryRead(payload, out RecordedSettings? read), Is.True);
        Assert.That(RecordedSettings.Of(read!.Onto(new RunSettings(), files), files).ToPayload(), Is.EqualTo(payload));
        Assert.That(RecordedSettings.TryRead("{\"formatVersion\":1}"u8, out _), Is.False, "a recording's configuration is another record");
        Assert.That(() => RecordedSettings.TryRead("{\"settingsVersion\":1,\"more\":2}"u8, out _), Throws.TypeOf<CliException>());
    }

    [Test]
    public void The_kind_of_record_says_what_changed()
    {
        KeptFiles files = new(Path.GetTempPath());
        RecordedSettings before = RecordedSettings.Of(Plain, files);
        RecordedSettings limits = RecordedSettings.Of(Plain with { Risk = new RiskOptions { OpenOrders = 7 } }, files);
        Assert.Multiple(() =>
        {
            Assert.That(before.KindAfter(null), Is.EqualTo(RecordKind.ConfigurationChange));
            Assert.That(limits.KindAfter(before), Is.EqualTo(RecordKind.LimitChange));
            Assert.That((before with { Model = "other" }).KindAfter(before), Is.EqualTo(RecordKind.ModelChange));
            Assert.That((limits with { Model = "other" }).KindAfter(before), Is.EqualTo(RecordKind.ConfigurationChange));
        });
    }

    private static RecordKind[] Kinds(string journal)
    {
        System.Collections.Generic.List<RecordKind> kinds = [];
        using JournalReader reader = new(journal);
        while (reader.TryRead(out RecordHeader header, out System.ReadOnlySpan<byte> payload))
        {
            if (RecordedSettings.TryRead(payload, out _))
                kinds.Add(header.Kind);
        }
        return [.. kinds];
    }
}
