using System;
using System.Globalization;
using System.Text;

namespace Obs.Core.Tests.Market.Upbit;

/// <summary>Frames of our own in Upbit's shapes; values are invented.</summary>
internal static class UpbitFrames
{
    public const string Book = """{"ty":"orderbook","cd":"KRW-BTC","tms":1760000000130,"tas":1.4,"tbs":2.1,"obu":[{"ap":170001000.0,"bp":170000000.0,"as":0.4,"bs":0.1},{"ap":170002000.0,"bp":169999000.0,"as":1.0,"bs":2.0}],"st":"REALTIME"}""";
    public const string BookLevelZero = """{"ty":"orderbook","cd":"KRW-BTC","tms":1760000000130,"tas":0.4,"tbs":0.1,"obu":[{"ap":170001000,"bp":170000000,"as":0.4,"bs":0.1}],"lv":0,"st":"SNAPSHOT"}""";
    public const string BookDefault = """{"type":"orderbook","code":"KRW-BTC","timestamp":1760000000130,"total_ask_size":4.79158413,"total_bid_size":2.65609625,"orderbook_units":[{"ask_price":137002000,"bid_price":137001000,"ask_size":0.10623869,"bid_size":0.03656812},{"ask_price":137023000,"bid_price":137000000,"ask_size":0.06144079,"bid_size":8.428e-05}],"stream_type":"REALTIME","level":0}""";
    public const string BookEmpty = """{"ty":"orderbook","cd":"KRW-BTC","tms":1760000000130,"tas":0.0,"tbs":0,"obu":[],"st":"REALTIME"}""";
    public const string BookThin = """{"ty":"orderbook","cd":"BTC-XRP","tms":1760000000130,"tas":0.0,"tbs":3.5,"obu":[{"ap":0.0,"bp":0.00001234,"as":0.0,"bs":1.5},{"ap":0,"bp":0.00001233,"as":0,"bs":2.0}],"st":"REALTIME"}""";
    public const string Trade = """{"ty":"trade","cd":"KRW-BTC","tms":1760000000123,"td":"2025-10-09","ttm":"08:53:20","ttms":1760000000100,"tp":170000000,"tv":0.00012,"ab":"BID","pcp":169000000,"c":"RISE","cp":1000000,"sid":17600000001000000,"bap":170001000,"bas":0.4,"bbp":170000000,"bbs":0.1,"st":"REALTIME"}""";
    public const string TradeOld = """{"ty":"trade","cd":"KRW-IQ","tms":1617646621082,"td":"2021-04-05","ttm":"18:17","ttms":1617646620000,"tp":41.2,"tv":12111.68782622,"ab":"ASK","pcp":43.20000000,"c":"FALL","cp":2.00000000,"sid":1617646620000000,"st":"SNAPSHOT"}""";
    public const string TradeDefault = """{"type":"trade","code":"KRW-BTC","timestamp":1760000862082,"trade_date":"2025-10-31","trade_time":"01:07:42","trade_timestamp":1760000862047,"trade_price":100473000.00000000,"trade_volume":0.00014208,"ask_bid":"BID","prev_closing_price":100571000.00000000,"change":"FALL","change_price":98000.00000000,"sequential_id":17303368620470000,"best_ask_price":100473000,"best_ask_size":0.43139478,"best_bid_price":100465000,"best_bid_size":0.01990656,"stream_type":"SNAPSHOT"}""";
    public const string Ticker = """{"type":"ticker","code":"KRW-BTC","opening_price":1.0,"trade_price":2.0,"timestamp":1760000862082,"stream_type":"SNAPSHOT"}""";

    /// <summary>Frames of the shapes the fast path knows.</summary>
    public static readonly string[] Usual = [Book, BookLevelZero, BookDefault, BookEmpty, BookThin, Trade, TradeOld, TradeDefault];

    public static readonly string[] All = [.. Usual, Ticker, $"[{Book}]", $"[{TradeDefault}]", """{"status":"UP"}"""];

    public static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame);

    /// <summary>A book with many units.</summary>
    public static byte[] LongBook(int units, int seed = 1)
    {
        Random random = new(seed);
        StringBuilder text = new("{\"ty\":\"orderbook\",\"cd\":\"KRW-BTC\",\"tms\":1760000000130,\"tas\":1.0,\"tbs\":1.0,\"obu\":[");
        for (int index = 0; index < units; index++)
            text.Append(CultureInfo.InvariantCulture, $"{(index > 0 ? "," : "")}{{\"ap\":{170001000 + index}.0,\"bp\":{170000000 - index}.0,\"as\":{random.Next(1, 10)}.{random.Next(100_000_000):00000000},\"bs\":0.5}}");
        return Bytes(text.Append("],\"st\":\"REALTIME\"}").ToString());
    }
}
