using System;
using System.Collections.Generic;
using System.Text.Json;
using Obs.Core.Market;

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
        JsonMember root = new("the configuration", document.RootElement);
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

    private static InstrumentDescription ReadInstrument(JsonMember instrument) => new()
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

/// <summary>A JSON value with the name it stands under, so that a wrong one is named in the message.</summary>
file readonly record struct JsonMember(string Name, JsonElement Value)
{
    /// <summary>A member that must be there.</summary>
    public JsonMember this[string name] => Optional(name) ?? throw new JsonException($"{Name} has no member {name}");

    /// <summary>A member that may be absent or null.</summary>
    public JsonMember? Optional(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Mistyped("an object");
        return Value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? new JsonMember(name, member) : null;
    }

    public bool Boolean() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Mistyped("true or false");

    public int Int32() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int value) ? value : throw Mistyped("a 32-bit integer");

    public long Int64() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out long value) ? value : throw Mistyped("a 64-bit integer");

    public decimal Decimal() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDecimal(out decimal value) ? value : throw Mistyped("a decimal number");

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Mistyped("a text");

    public VenueId Venue() => Enum.TryParse(Text(), out VenueId venue) && Enum.IsDefined(venue) ? venue : throw Mistyped("a venue");

    public IReadOnlyList<T> List<T>(Func<JsonMember, T> read)
    {
        if (Value.ValueKind != JsonValueKind.Array)
            throw Mistyped("a list");
        List<T> items = new(Value.GetArrayLength());
        foreach (JsonElement item in Value.EnumerateArray())
            items.Add(read(new JsonMember(Name, item)));
        return items;
    }

    private JsonException Mistyped(string wanted) => new($"{Name} is {Value.GetRawText()}, not {wanted}");
}
