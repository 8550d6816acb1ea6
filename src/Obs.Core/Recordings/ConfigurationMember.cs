using System;
using System.Collections.Generic;
using System.Text.Json;
using Obs.Core.Market;

namespace Obs.Core.Recordings;

/// <summary>A JSON value with the name it stands under, so that a wrong one is named in the message.</summary>
/// <param name="Name">The member's name, or that of the list it stands in.</param>
/// <param name="Value">What the document holds there.</param>
/// <remarks>Every reading throws <see cref="JsonException"/> when the value is of another type.</remarks>
internal readonly record struct ConfigurationMember(string Name, JsonElement Value)
{
    /// <summary>A member that must be there.</summary>
    public ConfigurationMember this[string name] => Optional(name) ?? throw new JsonException($"{Name} has no member {name}");

    /// <summary>A member that may be absent or null.</summary>
    public ConfigurationMember? Optional(string name)
    {
        if (Value.ValueKind != JsonValueKind.Object)
            throw Mistyped("an object");
        return Value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? new ConfigurationMember(name, member) : null;
    }

    /// <summary>True or false.</summary>
    public bool Boolean() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Mistyped("true or false");

    /// <summary>An integer that fits 32 bits.</summary>
    public int Int32() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int value) ? value : throw Mistyped("a 32-bit integer");

    /// <summary>An integer that fits 64 bits.</summary>
    public long Int64() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt64(out long value) ? value : throw Mistyped("a 64-bit integer");

    /// <summary>A number that a decimal holds exactly.</summary>
    public decimal Decimal() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDecimal(out decimal value) ? value : throw Mistyped("a decimal number");

    /// <summary>A text, never null.</summary>
    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Mistyped("a text");

    /// <summary>A venue by its name in <see cref="VenueId"/>.</summary>
    public VenueId Venue() => Enum.TryParse(Text(), out VenueId venue) && Enum.IsDefined(venue) ? venue : throw Mistyped("a venue");

    /// <summary>The items of a list in their order, each read by the function given.</summary>
    public IReadOnlyList<T> List<T>(Func<ConfigurationMember, T> read)
    {
        if (Value.ValueKind != JsonValueKind.Array)
            throw Mistyped("a list");
        List<T> items = new(Value.GetArrayLength());
        foreach (JsonElement item in Value.EnumerateArray())
            items.Add(read(new ConfigurationMember(Name, item)));
        return items;
    }

    private JsonException Mistyped(string wanted) => new($"{Name} is {Value.GetRawText()}, not {wanted}");
}
