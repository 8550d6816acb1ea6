using System;

namespace Obs.Core.Market.Text;

/// <summary>Finds the market of a frame on the general path and teaches it to the fast path's cache.</summary>
internal static class MarketLookup
{
    /// <summary>Longest code of any venue; longer texts are not asked for.</summary>
    private const int MaxSymbolBytes = 32;

    /// <summary>Finds, or adds, a market by the member that names it.</summary>
    /// <returns>Ok, MissingField, WrongType or UnknownSymbol.</returns>
    public static DecodeStatus Find(
        ReadOnlySpan<byte> frame, JsonValue code, VenueId venue, InstrumentRegistry registry, SymbolCache cache, out MarketScale market)
    {
        market = default;
        if (!code.IsPresent)
            return DecodeStatus.MissingField;
        if (code.Kind != JsonKind.Text)
            return DecodeStatus.WrongType;
        Span<byte> scratch = stackalloc byte[JsonValue.ScratchBytes];
        ReadOnlySpan<byte> symbol = code.Plain(frame, scratch);
        if (symbol.Length is 0 or > MaxSymbolBytes || symbol.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E)
            || !registry.TryFind(venue, symbol, out ushort index))
            return DecodeStatus.UnknownSymbol;
        Instrument instrument = registry[index];
        cache.Add(symbol, instrument, index);
        market = MarketScale.Of(instrument, index);
        return DecodeStatus.Ok;
    }
}
