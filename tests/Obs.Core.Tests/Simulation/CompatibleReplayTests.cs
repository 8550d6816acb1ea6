using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Simulation;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Simulation;

/// <summary>The venue beside an independent backtester, bit for bit, over two real recordings (shared/data/simulation).</summary>
internal sealed class CompatibleReplayTests
{
    private static readonly string[] Sets = ["usdm", "spot"];

    [Test]
    public void Every_execution_and_report_of_the_reference_is_reproduced(
        [ValueSource(nameof(Sets))] string set, [Values(QueueModel.RiskAdverse, QueueModel.PowerProb3)] QueueModel queue, [Values] ExchangeModel exchange)
    {
        RecordedSet recorded = Recorded(set);
        string run = RunName(queue, exchange);
        CompatibleReplay replay = new CompatibleReplay(recorded, queue, exchange).Run();
        string[] expected = recorded.Expected("executions", run);
        Assert.That(expected, Has.Length.GreaterThan(100));
        Assert.That(replay.ExecutionRows(), Is.EqualTo(expected));
        Assert.That(replay.ReportRows(), Is.EqualTo(recorded.Expected("reports", run)));
    }

    [Test]
    public void Totals_of_the_reference_are_reproduced(
        [ValueSource(nameof(Sets))] string set, [Values(QueueModel.RiskAdverse, QueueModel.PowerProb3)] QueueModel queue, [Values] ExchangeModel exchange)
    {
        RecordedSet recorded = Recorded(set);
        CompatibleReplay replay = new CompatibleReplay(recorded, queue, exchange).Run();
        using JsonDocument totals = recorded.Totals();
        JsonElement expected = totals.RootElement.GetProperty("runs").GetProperty(RunName(queue, exchange));
        decimal position = 0, balance = 0, fee = 0, volume = 0, value = 0;
        foreach (OrderReport execution in replay.Executions)
        {
            decimal size = recorded.Instrument.ToDecimal(execution.Size);
            decimal amount = size * recorded.Instrument.ToDecimal(execution.Price);
            int sign = execution.Side == Side.Bid ? 1 : -1;
            position += sign * size;
            balance -= sign * amount;
            fee += amount * (execution.Liquidity == Liquidity.Maker ? 0.0002m : 0.0005m);
            volume += size;
            value += amount;
        }
        Dictionary<string, decimal> found = new()
        {
            ["position"] = position,
            ["balance"] = balance,
            ["fee"] = fee,
            ["volume"] = volume,
            ["value"] = value,
        };
        foreach ((string name, decimal number) in found)
            Assert.That(number, Is.EqualTo(expected.GetProperty(name).GetDecimal()).Within(1e-6m), name);
        Assert.That(replay.Honesty.Size, Is.EqualTo((Int128)RecordedSet.Mantissa(volume.ToString(CultureInfo.InvariantCulture), recorded.Instrument.SizeDecimals)));
    }

    // shared/data/simulation/README.md, "Controls": distinct execution rows that differ, in the order of Runs
    [TestCase("usdm", ReplayFault.QueueOneLotTooLong, 0, 8, 0, 4)]
    [TestCase("spot", ReplayFault.QueueOneLotTooLong, 0, 20, 0, 28)]
    [TestCase("usdm", ReplayFault.DepthLeavesQueue, 13, 40, 38, 79)]
    [TestCase("spot", ReplayFault.DepthLeavesQueue, 15, 44, 19, 98)]
    [TestCase("usdm", ReplayFault.AggressorFlipped, 114, 135, 125, 146)]
    [TestCase("spot", ReplayFault.AggressorFlipped, 117, 145, 117, 163)]
    [TestCase("usdm", ReplayFault.TradesEarly, 140, 182, 142, 184)]
    [TestCase("spot", ReplayFault.TradesEarly, 126, 174, 126, 210)]
    public void A_fault_put_in_on_purpose_shows_in_as_many_rows_as_the_reference_says(string set, ReplayFault fault, params int[] differing)
    {
        RecordedSet recorded = Recorded(set);
        List<int> found = [];
        foreach (QueueModel queue in new[] { QueueModel.RiskAdverse, QueueModel.PowerProb3 })
        {
            foreach (ExchangeModel exchange in new[] { ExchangeModel.NoPartial, ExchangeModel.Partial })
            {
                HashSet<string> rows = [.. new CompatibleReplay(recorded, queue, exchange, fault).Run().ExecutionRows()];
                rows.SymmetricExceptWith(recorded.Expected("executions", RunName(queue, exchange)).Distinct());
                found.Add(rows.Count);
            }
        }
        Assert.That(found, Is.EqualTo(differing));
    }

    private static RecordedSet Recorded(string set) => set == "usdm" ? RecordedSet.Usdm : RecordedSet.Spot;

    private static string RunName(QueueModel queue, ExchangeModel exchange) =>
        $"recv.{(queue == QueueModel.RiskAdverse ? "riskadverse" : "powerprob3")}.{(exchange == ExchangeModel.Partial ? "partial" : "nopartial")}";
}
