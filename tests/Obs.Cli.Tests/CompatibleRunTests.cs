using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>The scripted runs of data/simulation through the command line give every row of the independent reference.</summary>
internal sealed class CompatibleRunTests
{
    private static readonly string[][] Sets =
    [
        ["usdm_btcusdt_20240718", "usdm_btcusdt_20240718.gz", "binance-usdm", "BTCUSDT"],
        ["spot_nexousdt_20240723", "spot_nexousdt_20240723.dat.gz", "binance-spot", "NEXOUSDT"],
    ];

    [Test, Combinatorial]
    public void Every_execution_and_report_is_the_reference(
        [Values(0, 1)] int set, [Values("riskadverse", "powerprob3")] string queue, [Values("nopartial", "partial")] string exchange)
    {
        using Scratch scratch = new();
        string name = Sets[set][0];
        JsonElement json = Run(set, queue, exchange, scratch["out"]).Json;
        string[] executions = Reference($"{name}.executions.csv.gz", $"recv.{queue}.{exchange}");
        string[] reports = Reference($"{name}.reports.csv.gz", $"recv.{queue}.{exchange}");
        Assert.That(executions, Is.Not.Empty);
        Assert.That(Rows(scratch["out/executions.csv"], columns: 7), Is.EqualTo(executions));
        Assert.That(Rows(scratch["out/reports.csv"], columns: 8), Is.EqualTo(reports));
        JsonElement totals = Totals(name).GetProperty("runs").GetProperty($"recv.{queue}.{exchange}");
        string[][] fills = [.. File.ReadLines(scratch["out/fills.csv"]).Skip(1).Select(static row => row.Split(','))];
        Assert.That(fills, Has.Length.EqualTo(executions.Length), "a fill for each execution");
        Assert.That(fills.Sum(static row => decimal.Parse(row[^1], CultureInfo.InvariantCulture)), Is.EqualTo(json.GetProperty("fee").GetDecimal()), "the fees of the fills");
        foreach (string total in new[] { "position", "balance", "fee", "volume", "value" })
            Assert.That(json.GetProperty(total).GetDecimal(), Is.EqualTo(totals.GetProperty(total).GetDecimal()).Within(1e-6m), total);
    }

    [Test]
    public void One_altered_row_of_the_reference_is_seen()
    {
        using Scratch scratch = new();
        Assert.That(Run(1, "riskadverse", "nopartial", scratch["out"]).ExitCode, Is.Zero);
        string[] reference = Reference("spot_nexousdt_20240723.executions.csv.gz", "recv.riskadverse.nopartial");
        string[] altered = [.. reference];
        altered[^1] = altered[^1].Replace("TAKER", "MAKER", System.StringComparison.Ordinal) + "0";
        Assert.That(Rows(scratch["out/executions.csv"], columns: 7), Is.Not.EqualTo(altered).And.EqualTo(reference));
        Assert.That(Reference("spot_nexousdt_20240723.executions.csv.gz", "recv.powerprob3.partial"), Is.Not.EqualTo(reference), "another queue model is another result");
    }

    [Test]
    public void The_market_of_a_script_is_the_only_one_of_the_recording([Values("recording", "journal")] string source)
    {
        using Scratch scratch = new();
        (string script, string input) = (SharedData.Path($"data/simulation/{Sets[1][0]}.script.csv.gz"), SharedData.Path($"data/binance/{Sets[1][1]}"));
        string[] from = ["--venue", Sets[1][2], "--input", input];
        if (source == "journal")
        {
            Assert.That(ObsRun.Of(["import", .. from, "--out", scratch["journal"]]).ExitCode, Is.Zero);
            from = ["--journal", scratch["journal"]];
        }
        string[] rules = ["--orders", script, "--compatible", "--maker", "0.0002", "--taker", "0.0005"];
        ObsRun named = ObsRun.Of(["replay", "--venue", Sets[1][2], "--input", input, "--symbol", Sets[1][3], .. rules, "--json"]);
        ObsRun found = ObsRun.Of(["replay", .. from, .. rules, "--json"]);
        Assert.That(found.ExitCode, Is.Zero, found.Errors);
        Assert.That(found.Json.GetProperty("stateHash").GetString(), Is.EqualTo(named.Json.GetProperty("stateHash").GetString()));
        Assert.That(found.Json.GetProperty("fills").GetInt64(), Is.Positive);
    }

    [Test]
    public void No_order_of_a_long_script_is_refused_for_want_of_room()
    {
        const int orders = 600;
        using Scratch scratch = new();
        string rows = string.Concat(Enumerable.Range(1, orders).Select(static id => $"17000000000000{id:00000},submit,{id},BUY,90000000,0.001,LIMIT,GTC\n"));
        string script = scratch.File("long.csv", "recv_ns,action,order_id,side,price,size,type,tif\n" + rows);
        string recording = scratch.File("made.frames", MadeRecording.Text(200));
        JsonElement json = ObsRun.Of("replay", "--venue", "upbit", "--input", recording, "--orders", script, "--compatible", "--out", scratch["out"], "--json").Json;
        string[] states = [.. File.ReadLines(scratch["out/orders.csv"]).Skip(1).Select(static row => row.Split(',')[9]).Distinct()];
        Assert.That((json.GetProperty("orders").GetInt64(), states), Is.EqualTo(((long)orders, new[] { "open" })));
    }

    private static ObsRun Run(int set, string queue, string exchange, string folder)
    {
        string[] names = Sets[set];
        return ObsRun.Of(
            "replay", "--venue", names[2], "--input", SharedData.Path($"data/binance/{names[1]}"), "--symbol", names[3],
            "--orders", SharedData.Path($"data/simulation/{names[0]}.script.csv.gz"), "--compatible", "--queue", queue, "--exchange", exchange,
            "--entry-ms", "10", "--response-ms", "10", "--maker", "0.0002", "--taker", "0.0005",
            "--clock-offset-ns", Totals(names[0]).GetProperty("clock_offset_ns").GetRawText(), "--out", folder, "--json");
    }

    private static JsonElement Totals(string set) => JsonDocument.Parse(File.ReadAllText(SharedData.Path($"data/simulation/{set}.totals.json"))).RootElement;

    // the reference names the run in its first column and has no cause in its last
    private static string[] Rows(string path, int columns) => [.. File.ReadLines(path).Skip(1).Select(row => string.Join(',', row.Split(',')[..columns]))];

    private static string[] Reference(string file, string run)
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(SharedData.Path($"data/simulation/{file}")), CompressionMode.Decompress));
        List<string> rows = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(run + ",", System.StringComparison.Ordinal))
                rows.Add(line[(run.Length + 1)..]);
        }
        return [.. rows];
    }
}
