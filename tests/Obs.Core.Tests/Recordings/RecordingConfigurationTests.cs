using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Obs.Core.Market;
using Obs.Core.Recordings;

namespace Obs.Core.Tests.Recordings;

/// <summary>The record a journal of a recording starts with.</summary>
internal sealed class RecordingConfigurationTests
{
    private static readonly Instrument Banded = Recorded.Market(VenueId.Upbit, "KRW-BTC", 4, 8) with
    {
        Ticks = new TickTable([new TickBand(default, new Price(1)), new TickBand(new Price(1_000_000), new Price(50))]),
    };

    [Test]
    public void It_reads_back_as_it_was_written()
    {
        RecordingConfiguration written = Sample();
        Assert.That(RecordingConfiguration.TryRead(written.ToPayload(), out RecordingConfiguration? read, out _), Is.True);
        Assert.That(read!.ToPayload(), Is.EqualTo(written.ToPayload()));
        Instrument instrument = read.Instruments[1].ToInstrument();
        Assert.That(instrument.Ticks.Bands, Is.EqualTo(Banded.Ticks.Bands));
        Assert.That(instrument with { Ticks = Banded.Ticks }, Is.EqualTo(Banded));
    }

    [Test]
    public void It_is_text_that_a_person_can_read() =>
        Assert.That(Encoding.UTF8.GetString(Sample().ToPayload()), Does.StartWith("{\"formatVersion\":1,\"isRecording\":true,\"venue\":\"Upbit\",\"symbol\":\"KRW-BTC\",\"sources\":[\"a.gz\"],\"instruments\":[{\"index\":0,"));

    [Test]
    public void It_fills_a_registry_once()
    {
        InstrumentRegistry registry = new(Recorded.Markets);
        Sample().Register(registry);
        Sample().Register(registry);
        Assert.That(Enumerable.Range(0, registry.Count).Select(index => registry[index].Symbol), Is.EqualTo(new[] { "KRW-ETH", "KRW-BTC" }));
    }

    [Test]
    public void It_refuses_a_registry_of_other_markets()
    {
        InstrumentRegistry registry = new(Recorded.Markets);
        registry.Add(Banded);
        Assert.That(Assert.Throws<InvalidOperationException>(() => Sample().Register(registry))!.Message, Does.Contain("KRW-BTC").And.Contain("KRW-ETH"));
    }

    [TestCase("\"formatVersion\":1", "\"formatVersion\":2", "format version 2")]
    [TestCase("\"formatVersion\":1", "\"formatVersion\":0", "format version 0")]
    [TestCase("\"index\":1", "\"index\":2", "has index 2 at place 1")]
    [TestCase("\"symbol\":\"KRW-ETH\"", "\"symbol\":\"\"", "has no symbol")]
    [TestCase("\"symbol\":\"KRW-ETH\"", "\"symbol\":\"KRW-BTC\"", "KRW-BTC is listed twice")]
    [TestCase("\"priceDecimals\":4", "\"priceDecimals\":13", "13 and 8 decimals")]
    [TestCase("\"lot\":1", "\"lot\":0", "lot 0")]
    [TestCase("[0,1,1000000,50]", "[0,1,0,50]", "out of order")]
    [TestCase("[0,1,1000000,50]", "[0,1,1000000,0]", "no positive step")]
    [TestCase("[0,1,1000000,50]", "[5,1]", "first from 0")]
    [TestCase("[0,1,1000000,50]", "[0]", "pairs")]
    [TestCase("[0,1,1000000,50]", "[0,\"1\"]", "not a recording's configuration")]
    [TestCase("\"symbol\":\"KRW-ETH\"", "\"symbol\":\"\\ud800\"", "not a recording's configuration")]
    [TestCase("\"Upbit\"", "\"Moon\"", "not a recording's configuration")]
    [TestCase("{\"formatVersion\"", "[\"formatVersion\"", "not a recording's configuration")]
    [TestCase("\"isRecording\":true,", "", "isRecording must be true or false")]
    [TestCase("\"isRecording\":true", "\"isRecording\":1", "isRecording must be true or false")]
    [TestCase("\"sources\":[\"a.gz\"],", "", "sources is missing")]
    [TestCase("\"formatVersion\":1", "\"formatVersion\":\"1\"", "formatVersion is String, not Number")]
    [TestCase("\"formatVersion\":1", "\"formatVersion\":1.5", "not a recording's configuration")]
    [TestCase("\"formatVersion\":1", "\"formatVersion\":1,\"colour\":1", "colour is not known")]
    [TestCase("\"formatVersion\":1", "\"formatVersion\":1,\"formatVersion\":1", "appears twice")]
    [TestCase("\"lot\":1", "\"lot\":1e40", "not a recording's configuration")]
    [TestCase("\"lot\":1", "\"lot\":1,\"weight\":2", "weight is not known")]
    [TestCase("\"instruments\":[", "\"instruments\":[7,", "an object was expected")]
    [TestCase("\"venue\":\"Upbit\"", "\"venue\":\"1\"", "there is no venue 1")]
    public void What_makes_no_sense_is_refused_with_the_reason(string text, string instead, string reason)
    {
        string json = Encoding.UTF8.GetString(Sample().ToPayload());
        Assert.That(json, Does.Contain(text), "the control: the damaged place is there");
        Assert.That(RecordingConfiguration.TryRead(Encoding.UTF8.GetBytes(json.Replace(text, instead, StringComparison.Ordinal)), out _, out string? problem), Is.False);
        Assert.That(problem, Does.Contain(reason));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("{} {}")]
    [TestCase("a frame")]
    public void Other_text_is_no_configuration(string text) => Assert.That(RecordingConfiguration.TryRead(Encoding.UTF8.GetBytes(text), out _, out _), Is.False);

    [Test]
    public void A_configuration_cut_at_any_byte_is_refused()
    {
        byte[] whole = Sample().ToPayload();
        for (int length = 0; length < whole.Length; length++)
            Assert.That(RecordingConfiguration.TryRead(whole.AsSpan(0, length), out _, out string? problem) || problem is null, Is.False, $"cut at {length}");
        Assert.That(RecordingConfiguration.TryRead([.. whole, (byte)'x'], out _, out _), Is.False, "one byte too many");
    }

    [Test]
    public void Mutated_text_is_read_or_refused_and_nothing_else([Range(1, 5)] int seed)
    {
        Random random = new(seed);
        byte[] whole = Sample().ToPayload();
        for (int trial = 0; trial < 2_000; trial++)
        {
            byte[] mutated = Mutation.Of(whole, random);
            bool read = RecordingConfiguration.TryRead(mutated, out RecordingConfiguration? configuration, out string? problem);
            Assert.That((configuration is not null, problem is null), Is.EqualTo((read, read)), $"seed {seed}, trial {trial}");
            foreach (InstrumentDescription instrument in configuration?.Instruments ?? [])
                Assert.That(instrument.ToInstrument().Ticks.Bands, Is.Not.Empty, $"seed {seed}, trial {trial}");
        }
    }

    [Test]
    public void Names_with_other_letters_survive()
    {
        RecordingConfiguration written = Sample() with { Sources = ["기록 \"a\".gz", "b\\c"], Symbol = null };
        Assert.That(RecordingConfiguration.TryRead(written.ToPayload(), out RecordingConfiguration? read, out _), Is.True);
        Assert.That((read!.Sources, read.Symbol), Is.EqualTo((written.Sources, (string?)null)));
    }

    private static RecordingConfiguration Sample() => new()
    {
        IsRecording = true,
        Venue = VenueId.Upbit,
        Symbol = "KRW-BTC",
        Sources = ["a.gz"],
        Instruments = [InstrumentDescription.Of(Recorded.Market(VenueId.Upbit, "KRW-ETH", 4, 8), 0), InstrumentDescription.Of(Banded, 1)],
    };
}
