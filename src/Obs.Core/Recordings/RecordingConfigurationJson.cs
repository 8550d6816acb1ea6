using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>The text of a <see cref="RecordingConfiguration"/>, written and read member by member: no reflection, and an unknown member is an error.</summary>
internal static class RecordingConfigurationJson
{
    /// <summary>Writes a configuration.</summary>
    public static byte[] Write(RecordingConfiguration configuration)
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteNumber("formatVersion", configuration.FormatVersion);
            json.WriteBoolean("isRecording", configuration.IsRecording);
            json.WriteString("venue", configuration.Venue.ToString());
            if (configuration.Symbol is not null)
                json.WriteString("symbol", configuration.Symbol);
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
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="FormatException">A member is missing, unknown, or of another type.</exception>
    public static RecordingConfiguration Read(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader reader = new(text);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        if (reader.Read())
            throw new FormatException("something follows the object");
        Dictionary<string, JsonElement> members = Members(document.RootElement);
        RecordingConfiguration configuration = new()
        {
            FormatVersion = Take(members, "formatVersion", JsonValueKind.Number).GetInt32(),
            IsRecording = Flag(members, "isRecording"),
            Venue = Venue(members),
            Symbol = members.ContainsKey("symbol") ? Take(members, "symbol", JsonValueKind.String).GetString() : null,
            Sources = [.. Take(members, "sources", JsonValueKind.Array).EnumerateArray().Select(static source => source.ToString())],
            Instruments = [.. Take(members, "instruments", JsonValueKind.Array).EnumerateArray().Select(ReadInstrument)],
        };
        RefuseRest(members);
        return configuration;
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
        foreach (long mantissa in instrument.Ticks)
            json.WriteNumberValue(mantissa);
        json.WriteEndArray();
        json.WriteNumber("lot", instrument.Lot);
        json.WriteNumber("maxPrice", instrument.MaxPrice);
        json.WriteNumber("minOrderValue", instrument.MinOrderValue);
        json.WriteNumber("makerFee", instrument.MakerFee);
        json.WriteNumber("takerFee", instrument.TakerFee);
        json.WriteBoolean("shortAllowed", instrument.ShortAllowed);
        json.WriteEndObject();
    }

    private static InstrumentDescription ReadInstrument(JsonElement element)
    {
        Dictionary<string, JsonElement> members = Members(element);
        InstrumentDescription instrument = new()
        {
            Index = Take(members, "index", JsonValueKind.Number).GetInt32(),
            Venue = Venue(members),
            Symbol = Take(members, "symbol", JsonValueKind.String).GetString() ?? "",
            QuoteCurrency = Take(members, "quoteCurrency", JsonValueKind.String).GetString() ?? "",
            PriceDecimals = Take(members, "priceDecimals", JsonValueKind.Number).GetInt32(),
            SizeDecimals = Take(members, "sizeDecimals", JsonValueKind.Number).GetInt32(),
            Ticks = [.. Take(members, "ticks", JsonValueKind.Array).EnumerateArray().Select(static mantissa => mantissa.GetInt64())],
            Lot = Take(members, "lot", JsonValueKind.Number).GetInt64(),
            MaxPrice = Take(members, "maxPrice", JsonValueKind.Number).GetInt64(),
            MinOrderValue = Take(members, "minOrderValue", JsonValueKind.Number).GetDecimal(),
            MakerFee = Take(members, "makerFee", JsonValueKind.Number).GetDecimal(),
            TakerFee = Take(members, "takerFee", JsonValueKind.Number).GetDecimal(),
            ShortAllowed = Flag(members, "shortAllowed"),
        };
        RefuseRest(members);
        return instrument;
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException($"an object was expected, not {element.ValueKind}");
        Dictionary<string, JsonElement> members = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
                throw new FormatException($"{member.Name} appears twice");
        }
        return members;
    }

    private static JsonElement Take(Dictionary<string, JsonElement> members, string name, JsonValueKind kind)
    {
        if (!members.Remove(name, out JsonElement value))
            throw new FormatException($"{name} is missing");
        return value.ValueKind == kind ? value : throw new FormatException($"{name} is {value.ValueKind}, not {kind}");
    }

    private static bool Flag(Dictionary<string, JsonElement> members, string name)
    {
        if (!members.Remove(name, out JsonElement value) || value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            throw new FormatException($"{name} must be true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    private static VenueId Venue(Dictionary<string, JsonElement> members)
    {
        string? name = Take(members, "venue", JsonValueKind.String).GetString();
        return Enum.TryParse(name, out VenueId venue) && venue.ToString() == name ? venue : throw new FormatException($"there is no venue {name}");
    }

    private static void RefuseRest(Dictionary<string, JsonElement> members)
    {
        if (members.Count > 0)
            throw new FormatException($"{members.Keys.First()} is not known");
    }
}
