using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Models;
using Obs.Core.Simulation;
using Obs.Core.Tests.Models;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>What a newcomer sees with <c>obs up</c>, without the waiting: the committed model on ten minutes of the generated market.</summary>
[TestFixture]
internal sealed class DemonstrationTests
{
    private const long NsPerSecond = 1_000_000_000;
    private const int Minutes = 10;

    private DemonstrationOutput _output = new();
    private EngineCounters _counters;
    private long _startNs;

    [OneTimeSetUp]
    public void RunTenMinutes()
    {
        _output = new DemonstrationOutput();
        _counters = Run(new MarketGeneratorOptions
        {
            Seed = 1,
            FramesPerSecond = Demonstration.FramesPerSecond,
            MovesPerSecond = Demonstration.MovesPerSecond,
        }, FeeSchedule.FromFractions(0, 0), Minutes * 60, _output);
        _startNs = new MarketGeneratorOptions().StartNs;
    }

    [Test]
    public void Predictions_begin_within_fifteen_seconds()
    {
        Assert.That(_output.PredictedNs, Is.Not.Empty);
        Assert.That(_output.PredictedNs[0] - _startNs, Is.LessThan(15 * NsPerSecond));
    }

    [Test]
    public void Predictions_move_and_point_both_ways()
    {
        double up = _output.Predictions.Count(value => value > Demonstration.Threshold) / (double)_output.Predictions.Count;
        double down = _output.Predictions.Count(value => value < -Demonstration.Threshold) / (double)_output.Predictions.Count;
        Assert.Multiple(() =>
        {
            Assert.That(up, Is.InRange(0.05, 0.6), "share above the threshold");
            Assert.That(down, Is.InRange(0.05, 0.6), "share below minus the threshold");
            Assert.That(_output.Predictions.Distinct().Count(), Is.GreaterThan(_output.Predictions.Count / 2), "a model that says the same again and again");
        });
    }

    [Test]
    public void Fewer_than_one_input_in_a_hundred_is_outside_what_the_model_was_fitted_on()
    {
        double inputs = (double)_counters.Books * Model().Features;
        Assert.That(_counters.InputsOutOfRange / inputs, Is.LessThan(0.01));
    }

    [Test]
    public void A_market_of_another_price_scale_is_counted_as_outside_the_range()
    {
        // the control of the check above: a coin of 150 KRW has ticks of dozens of basis points, so its returns are far larger
        EngineCounters strange = Run(
            new MarketGeneratorOptions { StartPrice = 150, FramesPerSecond = 50, MovesPerSecond = 15 }, FeeSchedule.FromFractions(0, 0), 60, new DemonstrationOutput());
        Assert.That(strange.InputsOutOfRange, Is.GreaterThan(strange.Books * Model().Features / 100));
    }

    [Test]
    public void Every_minute_or_two_something_is_bought_and_sold_again()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_counters.Orders, Is.InRange(3L * Minutes, 30L * Minutes), "orders of ten minutes");
            Assert.That(_counters.Fills, Is.GreaterThan(_counters.Orders / 2));
            Assert.That(_output.Reasons, Has.All.EqualTo(RejectReason.None).Or.EqualTo(RejectReason.OrderRate), "a price that runs away is chased until the rate limit says no");
            Assert.That(_counters.Rejects, Is.LessThan(_counters.Orders / 10), "otherwise the demonstration does not run into its own risk limits");
            Assert.That(_output.Sides, Does.Contain(Side.Bid).And.Contain(Side.Ask));
        });
    }

    [Test]
    public void At_the_venues_fee_it_finds_little_to_trade()
    {
        EngineCounters costly = Run(new MarketGeneratorOptions
        {
            Seed = 1,
            FramesPerSecond = Demonstration.FramesPerSecond,
            MovesPerSecond = Demonstration.MovesPerSecond,
        }, null, Minutes * 60, new DemonstrationOutput());
        Assert.That(costly.Orders, Is.LessThan(_counters.Orders / 4));
    }

    private static SequenceModel Model() => ModelFile.Load(Path.Combine(DemoModelTests.Folder, "demo.safetensors"));

    private static EngineCounters Run(MarketGeneratorOptions market, FeeSchedule? fees, int seconds, EngineOutput output)
    {
        EngineFixture fixture = new(EngineFixture.Options() with
        {
            Model = Model(),
            Strategy = static () => new ThresholdStrategy(Demonstration.Threshold, CostModel.Fee),
            Paper = new PaperVenueOptions { Latency = OrderLatency.Constant(10_000_000, 10_000_000) },
            Fees = fees,
        }, output);
        MarketGenerator generator = new(market with { EndNs = market.StartNs + seconds * NsPerSecond });
        while (generator.Next(out long receiveNs, out ReadOnlySpan<byte> frame))
            fixture.Loop.OnRecord(RecordKind.VenueFrame, VenueId.Upbit, receiveNs, frame);
        return fixture.Engine.Counters;
    }

    private sealed class DemonstrationOutput : EngineOutput
    {
        public List<double> Predictions { get; } = [];

        public List<long> PredictedNs { get; } = [];

        public List<Side> Sides { get; } = [];

        public override void OnPrediction(in MarketEvent book, Instrument instrument, double value)
        {
            Predictions.Add(value);
            PredictedNs.Add(book.ReceiveNs);
        }

        public List<RejectReason> Reasons { get; } = [];

        public override void OnOrder(in OrderRequest order, Instrument instrument, RejectReason reason)
        {
            Sides.Add(order.Side);
            Reasons.Add(reason);
        }
    }
}
