using System;

namespace Obs.Core.Market.Binance;

/// <summary>Routes by the name of a combined stream.</summary>
internal static class BinanceStreamDecoder
{
    /// <summary>Tells the stream of book changes from every other.</summary>
    public static BinanceStreamKind KindOf(ReadOnlySpan<byte> name)
    {
        int at = name.IndexOf((byte)'@');
        if (at < 0)
            return BinanceStreamKind.Any;
        ReadOnlySpan<byte> kind = name[(at + 1)..];
        return kind.StartsWith("depth"u8) && (kind.Length == 5 || kind[5] == '@') ? BinanceStreamKind.DepthDiff : BinanceStreamKind.Any;
    }
}
