using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Obs.Core.Market;
using Obs.Core.Tests.Market.Text;

namespace Obs.Core.Tests.Market.Upbit;

/// <summary>Upbit's frames by System.Text.Json and big integers, written from Upbit's pages without looking at the decoder.</summary>
internal sealed class UpbitOracle(InstrumentRegistry registry)
{
    public DecodedFrame Decode(byte[] frame) => OracleJson.Decode(frame, Read);

    private DecodedFrame Read(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            root = root.GetArrayLength() == 1 ? root[0] : throw new FormatException("a list of one");
        if (root.ValueKind != JsonValueKind.Object)
            throw new FormatException("no object");
        if (!TryGet(root, "ty", "type", out JsonElement type))
            return OracleJson.Other();
        MarketEventKind kind = type.GetString() switch
        {
            "orderbook" => MarketEventKind.FullBook,
            "trade" => MarketEventKind.Trade,
            "ticker" => MarketEventKind.Ticker,
            null => throw new FormatException("type is null"),
            _ => MarketEventKind.Other,
        };
        if (kind == MarketEventKind.Other)
            return OracleJson.Other();
        MarketEvent e = OracleJson.Blank();
        e.Kind = kind;
        (e.Instrument, Instrument market) = OracleJson.Market(registry, VenueId.Upbit, Get(root, "cd", "code"));
        e.VenueNs = OracleJson.TimeNs(Get(root, "tms", "timestamp"));
        if (TryGet(root, "st", "stream_type", out JsonElement stream) && (stream.GetString() ?? throw new FormatException("null")) == "SNAPSHOT")
            e.Flags = MarketEventFlags.SubscriptionSnapshot;
        return kind switch
        {
            MarketEventKind.FullBook => Book(root, e, market),
            MarketEventKind.Trade => Trade(root, e, market),
            _ => OracleJson.Done(e, [], []),
        };
    }

    private static DecodedFrame Book(JsonElement root, MarketEvent e, Instrument market)
    {
        e.MatchNs = e.VenueNs;
        e.TotalAskSize = Total(root, "tas", "total_ask_size");
        e.TotalBidSize = Total(root, "tbs", "total_bid_size");
        List<BookLevel> bids = [], asks = [];
        foreach (JsonElement unit in Get(root, "obu", "orderbook_units").EnumerateArray())
        {
            Add(asks, Level(unit, "ap", "ask_price", "as", "ask_size", market), +1);
            Add(bids, Level(unit, "bp", "bid_price", "bs", "bid_size", market), -1);
        }
        if (TryGet(root, "lv", "level", out JsonElement level) && DecimalOracle.Parse(OracleJson.Number(level), 0) != (DecodeStatus.Ok, 0))
            return OracleJson.Other();
        return OracleJson.Done(e, bids, asks);
    }

    private static DecodedFrame Trade(JsonElement root, MarketEvent e, Instrument market)
    {
        e.MatchNs = OracleJson.TimeNs(Get(root, "ttms", "trade_timestamp"));
        (e.Price, e.Size) = Level(root, "tp", "trade_price", "tv", "trade_volume", market);
        e.LastUpdateId = OracleJson.Id(Get(root, "sid", "sequential_id"));
        e.Aggressor = Get(root, "ab", "ask_bid").GetString() switch { "ASK" => Side.Ask, "BID" => Side.Bid, _ => throw new FormatException("ab") };
        return e.Price.Mantissa > 0 && e.Size.Mantissa > 0 ? OracleJson.Done(e, [], []) : throw new FormatException("empty trade");
    }

    private static void Add(List<BookLevel> side, BookLevel level, int direction)
    {
        if (level.Size.Mantissa == 0)
            return;
        if (level.Price.Mantissa == 0 || (side.Count > 0 && level.Price.CompareTo(side[^1].Price) * direction <= 0))
            throw new FormatException("price or order");
        side.Add(level);
    }

    private static BookLevel Level(JsonElement from, string price, string longPrice, string size, string longSize, Instrument market) =>
        OracleJson.Level(OracleJson.Number(Get(from, price, longPrice)), OracleJson.Number(Get(from, size, longSize)), market);

    private static double Total(JsonElement root, string name, string longName)
    {
        if (!TryGet(root, name, longName, out JsonElement value))
            return double.NaN;
        double total = double.Parse(OracleJson.Number(value), NumberStyles.Float, CultureInfo.InvariantCulture);
        return total >= 0 && double.IsFinite(total) ? Math.Abs(total) : throw new FormatException("total");
    }

    private static JsonElement Get(JsonElement from, string name, string longName) =>
        TryGet(from, name, longName, out JsonElement value) ? value : throw new KeyNotFoundException(name);

    private static bool TryGet(JsonElement from, string name, string longName, out JsonElement value) =>
        from.TryGetProperty(name, out value) || from.TryGetProperty(longName, out value);
}
