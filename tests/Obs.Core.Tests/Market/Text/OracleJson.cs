using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market.Text;

/// <summary>What the oracles share: JSON by the runtime, numbers by big integers, refusal by exception.</summary>
internal static class OracleJson
{
    public static DecodedFrame Decode(byte[] frame, Func<JsonElement, DecodedFrame> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(frame, new JsonDocumentOptions { MaxDepth = 64 });
            return read(document.RootElement);
        }
        catch (Exception refusal) when (refusal is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return new DecodedFrame(DecodeStatus.Malformed, default, []);
        }
    }

    public static MarketEvent Blank() => new() { Sequence = 7, ReceiveNs = 9, TotalBidSize = double.NaN, TotalAskSize = double.NaN };

    public static DecodedFrame Other() => new(DecodeStatus.Ok, Blank(), []);

    public static DecodedFrame Done(MarketEvent e, List<BookLevel> bids, List<BookLevel> asks)
    {
        (e.BidCount, e.AskCount) = (bids.Count, asks.Count);
        return new DecodedFrame(DecodeStatus.Ok, e, [.. bids, .. asks]);
    }

    public static long Mantissa(string text, int decimals)
    {
        (DecodeStatus status, long mantissa) = DecimalOracle.Parse(text, decimals);
        return status == DecodeStatus.Ok && mantissa >= 0 ? mantissa : throw new FormatException(text);
    }

    public static long Id(JsonElement value) => Mantissa(Number(value), 0);

    public static string Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetRawText() : throw new FormatException("no number");

    public static long TimeNs(JsonElement value)
    {
        long stamp = Id(value);
        long micros = stamp >= 1_000_000_000_000_000 ? stamp : checked(stamp * 1000);
        DateTime time = DateTime.UnixEpoch.AddTicks(checked(micros * 10));
        return time.Year is >= 2009 and < 2100 ? checked(micros * 1000) : throw new FormatException("time");
    }

    public static long OptionalTimeNs(JsonElement payload, string name) => payload.TryGetProperty(name, out JsonElement value) ? TimeNs(value) : 0;

    public static (ushort Index, Instrument Market) Market(InstrumentRegistry registry, VenueId venue, JsonElement symbol) =>
        registry.TryFind(venue, Encoding.UTF8.GetBytes(symbol.GetString() ?? ""), out ushort index) ? (index, registry[index]) : throw new FormatException("symbol");

    public static BookLevel Level(string price, string size, Instrument market)
    {
        BookLevel level = new(new Price(Mantissa(price, market.PriceDecimals)), new Size(Mantissa(size, market.SizeDecimals)));
        return level.Price <= market.MaxPrice || level.Size.Mantissa == 0 ? level : throw new FormatException("price");
    }
}
