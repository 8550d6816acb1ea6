using NUnit.Framework;

namespace Obs.Cli.Tests;

/// <summary>Tardis tables of derivatives whose names do not tell what prices are in.</summary>
internal sealed class TardisMarketTests
{
    private const string Rows = """
        exchange,symbol,timestamp,local_timestamp,is_snapshot,side,price,amount
        deribit,BTC-PERPETUAL,1585699200245000,1585699200355684,true,ask,6421.5,18640
        deribit,BTC-PERPETUAL,1585699200245000,1585699200355684,true,bid,6421,190
        deribit,BTC-PERPETUAL,1585699200345000,1585699200455684,false,bid,6420.5,70

        """;

    private static readonly string[] Steps = ["--symbol", "BTC-PERPETUAL", "--tick", "0.5", "--lot", "10"];

    [Test]
    public void A_perpetual_runs_when_its_quote_currency_is_said()
    {
        using Scratch scratch = new();
        ObsRun run = ObsRun.Of(["replay", "--venue", "binance-usdm", "--input", scratch.File("book.csv", Rows), .. Steps, "--quote", "USD", "--json"]);
        Assert.That(run.Json.GetProperty("books").GetInt64(), Is.EqualTo(1), "the snapshot is no applied diff");
        Assert.That(run.Json.GetProperty("markets")[0].GetProperty("quoteCurrency").GetString(), Is.EqualTo("USD"));
    }

    [Test]
    public void A_name_that_tells_nothing_is_refused_with_the_option_that_helps()
    {
        using Scratch scratch = new();
        ObsRun run = ObsRun.Of(["replay", "--venue", "binance-usdm", "--input", scratch.File("book.csv", Rows), .. Steps]);
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(run.Errors, Does.Contain("BTC-PERPETUAL").And.Contain("--quote USD"));
    }

    [TestCase("usd"), TestCase("U"), TestCase("US D")]
    public void A_quote_that_is_no_currency_code_is_refused(string quote)
    {
        using Scratch scratch = new();
        ObsRun run = ObsRun.Of(["replay", "--venue", "binance-usdm", "--input", scratch.File("book.csv", Rows), .. Steps, "--quote", quote]);
        Assert.That((run.ExitCode, run.Errors.Contains(quote, System.StringComparison.Ordinal)), Is.EqualTo((ExitCode.Usage, true)), run.Errors);
    }

    [Test]
    public void A_quote_without_steps_is_refused()
    {
        using Scratch scratch = new();
        ObsRun run = ObsRun.Of("replay", "--venue", "binance-usdm", "--input", scratch.File("book.csv", Rows), "--quote", "USD");
        Assert.That(run.Errors, Does.Contain("--tick"));
    }
}
