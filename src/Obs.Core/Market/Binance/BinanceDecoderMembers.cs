using System;
using System.Runtime.CompilerServices;
using Obs.Core.Market.Text;

namespace Obs.Core.Market.Binance;

/// <summary>The members of Binance's payloads that matter (Binance's pages on market streams, see <see cref="BinanceSync"/>). One letter means different things in different events.</summary>
internal readonly struct BinanceDecoderMembers : IMemberNames
{
    /// <summary><c>e</c>: Kind of the event; absent in spot bookTickers and snapshots.</summary>
    public const int EventType = 0;

    /// <summary><c>E</c>: Time of the event.</summary>
    public const int EventTime = 1;

    /// <summary><c>T</c>: Time of the match.</summary>
    public const int MatchTime = 2;

    /// <summary><c>s</c>: Market code.</summary>
    public const int Symbol = 3;

    /// <summary><c>U</c>: First update id of a diff.</summary>
    public const int FirstUpdateId = 4;

    /// <summary><c>u</c>: Last update id of a diff; update id of a bookTicker.</summary>
    public const int LastUpdateId = 5;

    /// <summary><c>pu</c>: Last update id of the diff before (futures).</summary>
    public const int PreviousUpdateId = 6;

    /// <summary><c>b</c>: Bids of a diff, or best bid price.</summary>
    public const int Bids = 7;

    /// <summary><c>a</c>: Asks of a diff, best ask price, or id of an aggregated trade.</summary>
    public const int Asks = 8;

    /// <summary><c>B</c>: Best bid size.</summary>
    public const int BestBidSize = 9;

    /// <summary><c>A</c>: Best ask size.</summary>
    public const int BestAskSize = 10;

    /// <summary><c>p</c>: Trade price.</summary>
    public const int TradePrice = 11;

    /// <summary><c>q</c>: Trade size.</summary>
    public const int TradeSize = 12;

    /// <summary><c>t</c>: Trade id.</summary>
    public const int TradeId = 13;

    /// <summary><c>m</c>: True: the aggressor sold.</summary>
    public const int BuyerIsMaker = 14;

    /// <summary><c>X</c>: What the trade came from (futures); only MARKET is a trade of the book.</summary>
    public const int OrderOrigin = 15;

    /// <summary><c>lastUpdateId</c>: Update id of a REST snapshot.</summary>
    public const int SnapshotUpdateId = 16;

    /// <summary><c>bids</c>: Bids of a REST snapshot.</summary>
    public const int SnapshotBids = 17;

    /// <summary><c>asks</c>: Asks of a REST snapshot.</summary>
    public const int SnapshotAsks = 18;

    /// <summary>Number of slots.</summary>
    public const int Count = 19;

    /// <inheritdoc/>
    public static int SlotOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        1 => Letter(name[0]),
        2 => name.SequenceEqual("pu"u8) ? PreviousUpdateId : -1,
        4 => name.SequenceEqual("bids"u8) ? SnapshotBids : name.SequenceEqual("asks"u8) ? SnapshotAsks : -1,
        12 => name.SequenceEqual("lastUpdateId"u8) ? SnapshotUpdateId : -1,
        _ => -1,
    };

    private static int Letter(byte letter) => letter switch
    {
        (byte)'e' => EventType,
        (byte)'E' => EventTime,
        (byte)'T' => MatchTime,
        (byte)'s' => Symbol,
        (byte)'U' => FirstUpdateId,
        (byte)'u' => LastUpdateId,
        (byte)'b' => Bids,
        (byte)'a' => Asks,
        (byte)'B' => BestBidSize,
        (byte)'A' => BestAskSize,
        (byte)'p' => TradePrice,
        (byte)'q' => TradeSize,
        (byte)'t' => TradeId,
        (byte)'m' => BuyerIsMaker,
        (byte)'X' => OrderOrigin,
        _ => -1,
    };

    /// <summary>One place per member.</summary>
    [InlineArray(Count)]
    public struct Slots
    {
        private JsonValue _first;
    }
}
