using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>A stream of two markets with two quote currencies: sums, scripts, the decoded form, each for the market that was meant.</summary>
internal sealed class SeveralMarketsTests
{
    private const string First = "KRW-BTC";
    private const string Second = "KRW-ETH";
    private const string Other = "USDT-BTC";

    [Test]
    public void Amounts_of_two_currencies_are_not_added_up()
    {
        using Scratch scratch = new();
        JsonElement both = Replay(Write(scratch, First, Other)).Json;
        Assert.Multiple(() =>
        {
            foreach (string name in new[] { "position", "realizedPnl", "unrealizedPnl", "fees", "currency" })
                Assert.That(both.GetProperty(name).ValueKind, Is.EqualTo(JsonValueKind.Null), name);
            Assert.That(both.GetProperty("byCurrency").EnumerateObject().Select(static p => p.Name), Is.EquivalentTo(new[] { "KRW", "USDT" }));
            Assert.That(both.GetProperty("notes").EnumerateArray().Select(static n => n.GetString()), Has.Some.Contains("byCurrency"));
        });
        foreach (JsonElement market in both.GetProperty("markets").EnumerateArray())
        {
            JsonElement sum = both.GetProperty("byCurrency").GetProperty(market.GetProperty("quoteCurrency").GetString()!);
            Assert.That(sum.GetProperty("fees").GetDecimal(), Is.EqualTo(market.GetProperty("fees").GetDecimal()));
            Assert.That(sum.GetProperty("realizedPnl").GetDecimal(), Is.EqualTo(market.GetProperty("realizedPnl").GetDecimal()));
        }
    }

    [Test]
    public void Amounts_of_one_currency_are_added_up()
    {
        using Scratch scratch = new();
        JsonElement run = Replay(Write(scratch, First, Second)).Json;
        JsonElement[] markets = [.. run.GetProperty("markets").EnumerateArray()];
        Assert.That(run.GetProperty("currency").GetString(), Is.EqualTo("KRW"));
        Assert.That(run.GetProperty("fees").GetDecimal(), Is.EqualTo(markets.Sum(static m => m.GetProperty("fees").GetDecimal())).And.Positive);
    }

    [Test]
    public void The_smallest_order_is_echoed_as_it_is_used()
    {
        using Scratch scratch = new();
        JsonElement run = Replay(Write(scratch, First)).Json;
        JsonElement market = run.GetProperty("markets")[0];
        decimal size = run.GetProperty("settings").GetProperty("orderSize").GetDecimal();
        decimal ask = decimal.Parse(market.GetProperty("ask").GetString()!, CultureInfo.InvariantCulture);
        Assert.That(size, Is.EqualTo(market.GetProperty("orderSize").GetDecimal()));
        Assert.That(size * ask, Is.GreaterThanOrEqualTo(5_000m / 0.95m).And.LessThan((5_000m / 0.95m) + (ask * 0.00000001m)), "what can be bought, and sold again after a fall of 5 %");
        Assert.That(Replay(scratch["both"], "--order-size", "0.5").Json.GetProperty("settings").GetProperty("orderSize").GetDecimal(), Is.EqualTo(0.5m), "the control");
    }

    [Test]
    public void A_script_runs_in_the_market_it_is_for_in_either_layout([Values("fused", "split")] string layout, [Values(First, Second)] string market)
    {
        using Scratch scratch = new();
        string input = Write(scratch, First, Second);
        long at = long.Parse(File.ReadLines(input).ElementAt(200).Split(' ')[0], CultureInfo.InvariantCulture);
        string script = scratch.File("script.csv", $"recv_ns,action,order_id,side,price,size,type,tif\n{at},submit,1,BUY,102000000,0.01,LIMIT,IOC\n");
        ObsRun run = ObsRun.Of("replay", "--venue", "upbit", "--input", input, "--symbol", market, "--orders", script, "--layout", layout, "--out", scratch["out"], "--json");
        Assert.That(run.Json.GetProperty("orders").GetInt64(), Is.EqualTo(1), run.Output);
        string row = File.ReadLines(Path.Combine(scratch["out"], "orders.csv")).Last();
        Assert.That(row, Does.Contain($",{market},"));
    }

    [Test]
    public void A_script_for_a_stream_of_two_markets_must_name_one()
    {
        using Scratch scratch = new();
        string script = scratch.File("script.csv", "recv_ns,action,order_id,side,price,size,type,tif\n1700000000000000001,submit,1,BUY,200000000,0.01,LIMIT,IOC\n");
        ObsRun refused = ObsRun.Of("replay", "--venue", "upbit", "--input", Write(scratch, First, Second), "--orders", script);
        Assert.That((refused.ExitCode, refused.Errors.Contains("--symbol", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.Usage, true)), refused.Errors);
        Assert.That(ObsRun.Of("replay", "--venue", "upbit", "--input", Write(scratch, First), "--orders", script).ExitCode, Is.Zero, "the control");
    }

    [Test]
    public void The_decoded_form_of_two_markets_serves_each_of_them()
    {
        using Scratch scratch = new();
        string input = Write(scratch, First, Second);
        Assert.That(ObsRun.Of("import", "--venue", "upbit", "--input", input, "--out", scratch["journal"], "--decoded").ExitCode, Is.Zero);
        string[] hashes = [.. new[] { First, Second }.Select(market => Hash(scratch, market, "--decoded"))];
        Assert.That(hashes, Is.EqualTo(new[] { Hash(scratch, First), Hash(scratch, Second) }));
        Assert.That(hashes[0], Is.Not.EqualTo(hashes[1]), "the control");
    }

    [Test]
    public void A_run_without_a_strategy_has_no_threshold_and_its_file_no_endless_numbers()
    {
        using Scratch scratch = new();
        string input = Write(scratch, First);
        ObsRun run = ObsRun.Of("replay", "--venue", "upbit", "--input", input, "--out", scratch["out"], "--json");
        Assert.That(run.Json.GetProperty("settings").GetProperty("threshold").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(File.ReadAllText(Path.Combine(scratch["out"], "run.json")), Does.Not.Contain("922337203685477580"));
        ObsRun again = ObsRun.Of("replay", "--run", scratch["out"], "--json");
        Assert.That(again.Json.GetProperty("stateHash").GetString(), Is.EqualTo(run.Json.GetProperty("stateHash").GetString()));
        ObsRun table = ObsRun.Of("replay", "--venue", "upbit", "--input", input);
        Assert.That(table.Output, Does.Contain("strategy none").And.Not.Contain("threshold"));
    }

    [TestCase("9223372036854775807"), TestCase("7289654400000000000")]
    public void A_script_beyond_all_time_is_refused(string recvNs)
    {
        using Scratch scratch = new();
        string script = scratch.File("script.csv", $"recv_ns,action,order_id,side,price,size,type,tif\n{recvNs},submit,1,BUY,200000000,0.01,LIMIT,IOC\n");
        ObsRun refused = ObsRun.Of("replay", "--venue", "upbit", "--input", Write(scratch, First), "--orders", script);
        Assert.That((refused.ExitCode, refused.Errors.Contains("line 2, recv_ns", System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.BadInput, true)), refused.Errors);
    }

    [Test]
    public void A_script_years_behind_the_recording_comes_to_its_end()
    {
        using Scratch scratch = new();
        string script = scratch.File("script.csv", "recv_ns,action,order_id,side,price,size,type,tif\n1800000000000000000,submit,1,BUY,200000000,0.01,LIMIT,IOC\n");
        Assert.That(ObsRun.Of("replay", "--venue", "upbit", "--input", Write(scratch, First), "--orders", script).ExitCode, Is.Zero);
    }

    private static ObsRun Replay(string input, params string[] more) =>
        ObsRun.Of(["replay", "--venue", "upbit", "--input", input, "--strategy", "imbalance", "--threshold", "0.1", "--json", .. more]);

    private static string Hash(Scratch scratch, string market, params string[] more) =>
        ObsRun.Of(["replay", "--journal", scratch["journal"], "--symbol", market, "--strategy", "imbalance", "--threshold", "0.1", "--json", .. more]).Json.GetProperty("stateHash").GetString()!;

    private static string Write(Scratch scratch, params string[] markets)
    {
        string[] lines = [.. markets.SelectMany((market, index) => MadeRecording.Text(600, seed: index + 3, market).Split('\n')).Where(static line => line.Length > 0)
            .OrderBy(static line => long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))];
        File.WriteAllLines(scratch["both"], lines);
        return scratch["both"];
    }
}
