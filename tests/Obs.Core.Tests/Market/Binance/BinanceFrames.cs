using System;
using System.Globalization;
using System.Text;

namespace Obs.Core.Tests.Market.Binance;

/// <summary>Frames of our own in Binance's shapes; values are invented.</summary>
internal static class BinanceFrames
{
    public const string SpotDiff = """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1760000000123,"s":"BTCUSDT","U":1001,"u":1005,"b":[["50000.10000000","0.50000000"],["49999.00000000","0.00000000"]],"a":[["50000.20000000","1.25000000"]]}}""";
    public const string SpotDiffBare = """{"e":"depthUpdate","E":1760000000123,"s":"BTCUSDT","U":1001,"u":1005,"b":[],"a":[["50000.20","1.25"],["50001","2"]]}""";
    public const string SpotTicker = """{"stream":"btcusdt@bookTicker","data":{"u":1005,"s":"BTCUSDT","b":"50000.10000000","B":"0.50000000","a":"50000.20000000","A":"1.25000000"}}""";
    public const string SpotTickerBare = """{"u":50093239212,"s":"BTCUSDT","b":"61837.63","B":"3.78826000","a":"61837.64","A":"1.54698"}""";
    public const string SpotTrade = """{"stream":"btcusdt@trade","data":{"e":"trade","E":1760000000343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1760000000342,"m":true,"M":true}}""";
    public const string SpotAggTrade = """{"e":"aggTrade","E":1760000000124,"s":"BTCUSDT","a":77,"p":"50000.20","q":"0.01","f":900,"l":902,"T":1760000000123,"m":false,"M":true}""";
    public const string SpotSnapshot = """{"lastUpdateId":1003,"bids":[["50000.10000000","1.00000000"],["49999.50000000","2.00000000"]],"asks":[["50000.20000000","0.10000000"],["50000.30000000","4.00000000"]]}""";
    public const string UsdmDiff = """{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":1760000000130,"T":1760000000121,"s":"BTCUSDT","U":5001,"u":5040,"pu":4999,"b":[["50000.10","3.200"],["49000.00","12.004"]],"a":[["50000.20","0.000"]]}}""";
    public const string UsdmDiffStatus = """{"e":"depthUpdate","E":1760000000130,"T":1760000000121,"s":"BTCUSDT","st":1,"U":5001,"u":5040,"pu":4999,"b":[["50000.10","3.200"]],"a":[]}""";
    public const string UsdmTicker = """{"stream":"btcusdt@bookTicker","data":{"e":"bookTicker","u":5123107839020,"s":"BTCUSDT","b":"61800.20","B":"2.507","a":"61800.30","A":"2.510","T":1760000256313,"E":1760000256314}}""";
    public const string UsdmTrade = """{"stream":"btcusdt@trade","data":{"e":"trade","E":1760000022957,"T":1760000022956,"s":"BTCUSDT","t":5182005737,"p":"63943.90","q":"0.003","X":"MARKET","m":true}}""";
    public const string UsdmAggTrade = """{"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1760000022957,"s":"BTCUSDT","a":5182005737,"p":"63943.90","q":"0.003","nq":"0.001","f":1,"l":2,"T":1760000022956,"m":false}}""";
    public const string UsdmSnapshot = """{"lastUpdateId":4984028384061,"E":1760000022759,"T":1760000022750,"bids":[["63943.90","46.372"],["63943.80","0.007"]],"asks":[["63944.00","0.095"]]}""";
    public const string UsdmWhole = """{"u":5123107839020,"s":"DOGEUSDT","b":"0.36120","B":"25070","a":"0.36121","A":"1000001","T":1760000256313,"E":1760000256314}""";

    public static readonly string[] Spot = [SpotDiff, SpotDiffBare, SpotTicker, SpotTickerBare, SpotTrade, SpotAggTrade, SpotSnapshot];

    public static readonly string[] Usdm = [UsdmDiff, UsdmDiffStatus, UsdmTicker, UsdmTrade, UsdmAggTrade, UsdmSnapshot, UsdmWhole];

    public static byte[] Bytes(string frame) => Encoding.UTF8.GetBytes(frame);

    /// <summary>A spot diff with many levels a side.</summary>
    public static byte[] LongDiff(int levels, int seed = 1)
    {
        Random random = new(seed);
        StringBuilder text = new("{\"stream\":\"btcusdt@depth\",\"data\":{\"e\":\"depthUpdate\",\"E\":1760000000123,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,\"b\":[");
        for (int side = 0; side < 2; side++)
        {
            for (int index = 0; index < levels; index++)
                text.Append(CultureInfo.InvariantCulture, $"{(index > 0 ? "," : "")}[\"{50_000 + index}.{random.Next(100):00}000000\",\"{random.Next(1000)}.{random.Next(100_000):00000}000\"]");
            text.Append(side == 0 ? "],\"a\":[" : "]}}");
        }
        return Bytes(text.ToString());
    }
}
