using System;
using System.Collections.Generic;
using System.Text.Json;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Binance;

/// <summary>Binance's frames by System.Text.Json and big integers, written from Binance's pages without looking at the decoder.</summary>
internal sealed class BinanceOracle(VenueId venue, InstrumentRegistry registry, int defaultInstrument)
{
    public DecodedFrame Decode(byte[] frame) => OracleJson.Decode(frame, Read);

    private DecodedFrame Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return OracleJson.Other();
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("no object");
        string? stream = null;
        if (root.TryGetProperty("stream", out JsonElement name) && name.ValueKind == JsonValueKind.String && root.TryGetProperty("data", out JsonElement data))
        {
            stream = name.GetString()!;
            if (data.ValueKind != JsonValueKind.Object)
                return OracleJson.Other();
            root = data;
        }
        if (!root.TryGetProperty("e", out JsonElement type))
        {
            if (root.TryGetProperty("lastUpdateId", out _))
                return stream is null ? Snapshot(root) : OracleJson.Other();
            return root.TryGetProperty("u", out _) && root.TryGetProperty("s", out _) ? BookTicker(root) : OracleJson.Other();
        }
        return type.GetString() switch
        {
            "depthUpdate" => stream is null || IsDiffStream(stream) ? Diff(root) : OracleJson.Other(),
            "bookTicker" => BookTicker(root),
            "trade" => root.TryGetProperty("X", out JsonElement origin) && origin.GetString() != "MARKET" ? OracleJson.Other() : Trade(root, "t", MarketEventFlags.None),
            "aggTrade" => Trade(root, "a", MarketEventFlags.AggregatedTrade),
            null => throw new FormatException("e is null"),
            _ => OracleJson.Other(),
        };
    }

    private static bool IsDiffStream(string stream)
    {
        string[] parts = stream.Split('@');
        return parts.Length > 1 && parts[1] == "depth";
    }

    private DecodedFrame Diff(JsonElement root)
    {
        MarketEvent e = OracleJson.Blank();
        e.Kind = MarketEventKind.Diff;
        (e.Instrument, Instrument market) = OracleJson.Market(registry, venue, root.GetProperty("s"));
        e.VenueNs = OracleJson.TimeNs(root.GetProperty("E"));
        e.MatchNs = venue == VenueId.BinanceUsdm ? OracleJson.TimeNs(root.GetProperty("T")) : e.VenueNs;
        e.FirstUpdateId = OracleJson.Id(root.GetProperty("U"));
        e.LastUpdateId = OracleJson.Id(root.GetProperty("u"));
        e.PreviousUpdateId = venue == VenueId.BinanceUsdm ? OracleJson.Id(root.GetProperty("pu")) : 0;
        if (e.LastUpdateId < e.FirstUpdateId)
            throw new FormatException("u < U");
        return OracleJson.Done(e, Levels(root.GetProperty("b"), market), Levels(root.GetProperty("a"), market));
    }

    private DecodedFrame Snapshot(JsonElement root)
    {
        MarketEvent e = OracleJson.Blank();
        if (defaultInstrument < 0)
            throw new FormatException("no market");
        e.Kind = MarketEventKind.Snapshot;
        e.Instrument = (ushort)defaultInstrument;
        e.LastUpdateId = OracleJson.Id(root.GetProperty("lastUpdateId"));
        e.VenueNs = OracleJson.OptionalTimeNs(root, "E");
        e.MatchNs = OracleJson.OptionalTimeNs(root, "T");
        List<BookLevel> bids = Levels(root.GetProperty("bids"), registry[defaultInstrument]);
        List<BookLevel> asks = Levels(root.GetProperty("asks"), registry[defaultInstrument]);
        bids.RemoveAll(static level => level.Size.Mantissa == 0);
        asks.RemoveAll(static level => level.Size.Mantissa == 0);
        for (int index = 1; index < bids.Count; index++)
            _ = bids[index].Price < bids[index - 1].Price ? 0 : throw new FormatException("unsorted");
        for (int index = 1; index < asks.Count; index++)
            _ = asks[index].Price > asks[index - 1].Price ? 0 : throw new FormatException("unsorted");
        return OracleJson.Done(e, bids, asks);
    }

    private DecodedFrame BookTicker(JsonElement root)
    {
        MarketEvent e = OracleJson.Blank();
        e.Kind = MarketEventKind.BookTicker;
        (e.Instrument, Instrument market) = OracleJson.Market(registry, venue, root.GetProperty("s"));
        e.LastUpdateId = OracleJson.Id(root.GetProperty("u"));
        e.VenueNs = OracleJson.OptionalTimeNs(root, "E");
        e.MatchNs = OracleJson.OptionalTimeNs(root, "T");
        return OracleJson.Done(e, [Best(root, "b", "B", market)], [Best(root, "a", "A", market)]);
    }

    private static BookLevel Best(JsonElement root, string price, string size, Instrument market)
    {
        BookLevel level = OracleJson.Level(Text(root.GetProperty(price)), Text(root.GetProperty(size)), market);
        return (level.Price.Mantissa == 0 && level.Size.Mantissa == 0) || level.Price.Mantissa is > 0 && level.Price <= market.MaxPrice ? level : throw new FormatException("price");
    }

    private DecodedFrame Trade(JsonElement root, string id, MarketEventFlags flags)
    {
        MarketEvent e = OracleJson.Blank();
        e.Kind = MarketEventKind.Trade;
        e.Flags = flags;
        (e.Instrument, Instrument market) = OracleJson.Market(registry, venue, root.GetProperty("s"));
        e.VenueNs = OracleJson.TimeNs(root.GetProperty("E"));
        e.MatchNs = OracleJson.TimeNs(root.GetProperty("T"));
        e.LastUpdateId = OracleJson.Id(root.GetProperty(id));
        (e.Price, e.Size) = OracleJson.Level(Text(root.GetProperty("p")), Text(root.GetProperty("q")), market);
        e.Aggressor = root.GetProperty("m").GetBoolean() ? Side.Ask : Side.Bid;
        return e.Price.Mantissa > 0 && e.Size.Mantissa > 0 ? OracleJson.Done(e, [], []) : throw new FormatException("empty trade");
    }

    private static List<BookLevel> Levels(JsonElement side, Instrument market)
    {
        List<BookLevel> levels = [];
        foreach (JsonElement level in side.EnumerateArray())
        {
            BookLevel read = OracleJson.Level(Text(level[0]), Text(level[1]), market);
            levels.Add(read.Price.Mantissa > 0 && read.Price <= market.MaxPrice ? read : throw new FormatException("price"));
        }
        return levels;
    }

    private static string Text(JsonElement value) => value.GetString() ?? throw new FormatException("null");
}
