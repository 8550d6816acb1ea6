using System;
using System.Text.Json;

namespace Obs.Core.Recordings;

/// <summary>A configuration record as UTF-8 JSON, written and read member by member: nothing generated, no reflection when a program starts.</summary>
/// <remarks>Members stand in the order of the record's own. A reader skips members it does not know; a missing or mistyped one is a <see cref="JsonException"/>.</remarks>
internal static class RecordingJson
{
    /// <summary>Writes a configuration; a symbol that is null is left out.</summary>
    public static void Write(Utf8JsonWriter json, RecordingConfiguration configuration)
    {
        json.WriteStartObject();
        json.WriteNumber("formatVersion", configuration.FormatVersion);
        json.WriteBoolean("isRecording", configuration.IsRecording);
        json.WriteString("venue", configuration.Venue.ToString());
        if (configuration.Symbol is { } symbol)
            json.WriteString("symbol", symbol);
        json.WriteStartArray("sources");
        foreach (string source in configuration.Sources)
            json.WriteStringValue(source);
        json.WriteEndArray();
        json.WriteStartArray("instruments");
        foreach (InstrumentDescription instrument in configuration.Instruments)
            Write(json, instrument);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads one configuration; null for the JSON value null.</summary>
    /// <exception cref="JsonException">No JSON, more than one value, or a member that is missing or of another type.</exception>
    public static RecordingConfiguration? Read(ReadOnlySpan<byte> utf8)
    {
        Utf8JsonReader reader = new(utf8);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (reader.Read())
            throw new JsonException($"more text follows after byte {reader.BytesConsumed}");
        if (document.RootElement.ValueKind == JsonValueKind.Null)
            return null;
        ConfigurationMember root = new("the configuration", document.RootElement);
        return new RecordingConfiguration
        {
            FormatVersion = root.Optional("formatVersion")?.Int32() ?? RecordingConfiguration.CurrentVersion,
            IsRecording = root["isRecording"].Boolean(),
            Venue = root["venue"].Venue(),
            Symbol = root.Optional("symbol")?.Text(),
            Sources = root.Optional("sources")?.List(static source => source.Text()) ?? [],
            Instruments = root.Optional("instruments")?.List(ReadInstrument) ?? [],
        };
    }

    private static void Write(Utf8JsonWriter json, InstrumentDescription instrument)
    {
        json.WriteStartObject();
        json.WriteNumber("index", instrument.Index);
        json.WriteString("venue", instrument.Venue.ToString());
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("quoteCurrency", instrument.QuoteCurrency);
        json.WriteNumber("priceDecimals", instrument.PriceDecimals);
        json.WriteNumber("sizeDecimals", instrument.SizeDecimals);
        json.WriteStartArray("ticks");
        foreach (long tick in instrument.Ticks)
            json.WriteNumberValue(tick);
        json.WriteEndArray();
        json.WriteNumber("lot", instrument.Lot);
        json.WriteNumber("maxPrice", instrument.MaxPrice);
        json.WriteNumber("minOrderValue", instrument.MinOrderValue);
        json.WriteNumber("makerFee", instrument.MakerFee);
        json.WriteNumber("takerFee", instrument.TakerFee);
        json.WriteBoolean("shortAllowed", instrument.ShortAllowed);
        json.WriteEndObject();
    }

    private static InstrumentDescription ReadInstrument(ConfigurationMember instrument) => new()
    {
        Index = instrument["index"].Int32(),
        Venue = instrument["venue"].Venue(),
        Symbol = instrument["symbol"].Text(),
        QuoteCurrency = instrument["quoteCurrency"].Text(),
        PriceDecimals = instrument["priceDecimals"].Int32(),
        SizeDecimals = instrument["sizeDecimals"].Int32(),
        Ticks = instrument["ticks"].List(static tick => tick.Int64()),
        Lot = instrument["lot"].Int64(),
        MaxPrice = instrument["maxPrice"].Int64(),
        MinOrderValue = instrument["minOrderValue"].Decimal(),
        MakerFee = instrument["makerFee"].Decimal(),
        TakerFee = instrument["takerFee"].Decimal(),
        ShortAllowed = instrument["shortAllowed"].Boolean(),
    };
}
