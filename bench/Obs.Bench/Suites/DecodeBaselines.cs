using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Obs.Bench.Suites;

/// <summary>What a C# user would write first: System.Text.Json into classes and a sorted dictionary a side; and what they would write second:
/// a bare walk with the UTF-8 reader that only turns numbers into doubles (no book, no exactness, no checks).</summary>
internal static class DecodeBaselines
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = false };

    /// <summary>Deserializes an Upbit book and replaces a sorted book by it.</summary>
    public static double UpbitClasses(ReadOnlySpan<byte> frame, ClassBook book)
    {
        UpbitBook parsed = JsonSerializer.Deserialize<UpbitBook>(frame, Options)!;
        book.Bids.Clear();
        book.Asks.Clear();
        foreach (UpbitUnit unit in parsed.Units ?? parsed.LongUnits!)
        {
            book.Asks[unit.AskPrice ?? unit.LongAskPrice!.Value] = unit.AskSize ?? unit.LongAskSize!.Value;
            book.Bids[unit.BidPrice ?? unit.LongBidPrice!.Value] = unit.BidSize ?? unit.LongBidSize!.Value;
        }
        return book.Asks.Count;
    }

    /// <summary>Deserializes a Binance diff and applies it to a sorted book.</summary>
    public static double BinanceClasses(ReadOnlySpan<byte> frame, ClassBook book)
    {
        BinanceDiff diff = JsonSerializer.Deserialize<BinanceStream>(frame, Options)!.Data!;
        Apply(book.Bids, diff.Bids!);
        Apply(book.Asks, diff.Asks!);
        return book.Asks.Count;
    }

    /// <summary>Deserializes any small Binance frame into a dictionary of elements, and its numbers into decimals.</summary>
    public static double BinanceElements(ReadOnlySpan<byte> frame)
    {
        BinanceSmall data = JsonSerializer.Deserialize<BinanceSmallStream>(frame, Options)!.Data!;
        return (double)(Decimal(data.BidPrice) + Decimal(data.BidSize) + Decimal(data.AskPrice) + Decimal(data.AskSize) + Decimal(data.TradePrice) + Decimal(data.TradeSize));
    }

    /// <summary>Walks all tokens; numbers, also those in strings, become doubles.</summary>
    public static double Walk(ReadOnlySpan<byte> frame)
    {
        Utf8JsonReader reader = new(frame);
        double sum = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number)
                sum += reader.GetDouble();
            else if (reader.TokenType == JsonTokenType.String && System.Buffers.Text.Utf8Parser.TryParse(reader.ValueSpan, out double value, out _))
                sum += value;
        }
        return sum;
    }

    private static decimal Decimal(string? text) => text is null ? 0 : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static void Apply(SortedDictionary<decimal, decimal> side, string[][] levels)
    {
        foreach (string[] level in levels)
        {
            decimal price = Decimal(level[0]), size = Decimal(level[1]);
            if (size == 0)
                side.Remove(price);
            else
                side[price] = size;
        }
    }

    /// <summary>The book of the first thing one writes.</summary>
    internal sealed class ClassBook
    {
        public SortedDictionary<decimal, decimal> Bids { get; } = new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));

        public SortedDictionary<decimal, decimal> Asks { get; } = [];
    }

    private sealed class UpbitBook
    {
        [JsonPropertyName("obu")] public UpbitUnit[]? Units { get; set; }
        [JsonPropertyName("orderbook_units")] public UpbitUnit[]? LongUnits { get; set; }
        [JsonPropertyName("tms")] public long Time { get; set; }
        [JsonPropertyName("timestamp")] public long LongTime { get; set; }
    }

    private sealed class UpbitUnit
    {
        [JsonPropertyName("ap")] public decimal? AskPrice { get; set; }
        [JsonPropertyName("bp")] public decimal? BidPrice { get; set; }
        [JsonPropertyName("as")] public decimal? AskSize { get; set; }
        [JsonPropertyName("bs")] public decimal? BidSize { get; set; }
        [JsonPropertyName("ask_price")] public decimal? LongAskPrice { get; set; }
        [JsonPropertyName("bid_price")] public decimal? LongBidPrice { get; set; }
        [JsonPropertyName("ask_size")] public decimal? LongAskSize { get; set; }
        [JsonPropertyName("bid_size")] public decimal? LongBidSize { get; set; }
    }

    private sealed class BinanceStream
    {
        [JsonPropertyName("data")] public BinanceDiff? Data { get; set; }
    }

    private sealed class BinanceDiff
    {
        [JsonPropertyName("E")] public long Time { get; set; }
        [JsonPropertyName("U")] public long First { get; set; }
        [JsonPropertyName("u")] public long Last { get; set; }
        [JsonPropertyName("b")] public string[][]? Bids { get; set; }
        [JsonPropertyName("a")] public string[][]? Asks { get; set; }
    }

    private sealed class BinanceSmallStream
    {
        [JsonPropertyName("data")] public BinanceSmall? Data { get; set; }
    }

    private sealed class BinanceSmall
    {
        [JsonPropertyName("E")] public long Time { get; set; }
        [JsonPropertyName("T")] public long Match { get; set; }
        [JsonPropertyName("b")] public string? BidPrice { get; set; }
        [JsonPropertyName("B")] public string? BidSize { get; set; }
        [JsonPropertyName("a")] public string? AskPrice { get; set; }
        [JsonPropertyName("A")] public string? AskSize { get; set; }
        [JsonPropertyName("p")] public string? TradePrice { get; set; }
        [JsonPropertyName("q")] public string? TradeSize { get; set; }
    }
}
