using System.Globalization;
using System.Text;
using NUnit.Framework;
using Obs.Core.Engine;
using Obs.Core.Journal;
using Obs.Core.Market;
using Obs.Core.Trading;

namespace Obs.Core.Tests.Engine;

/// <summary>Binance spot BTCUSDT frame by frame, 50 ms apart: a snapshot, contiguous diffs, gaps and trades.</summary>
internal sealed class SpotFeed
{
    private readonly EngineFixture _fixture;
    private readonly ushort _index;
    private long _tradeId;

    public SpotFeed(EngineFixture fixture)
    {
        _fixture = fixture;
        Assert.That(fixture.Registry.TryFind(VenueId.BinanceSpot, "BTCUSDT"u8, out _index), Is.True);
        fixture.Decoder.SetDefaultMarket(VenueId.BinanceSpot, _index);
    }

    public ushort Index => _index;

    public long NowNs { get; private set; } = MadeFrames.StartNs;

    /// <summary>The last update id sent.</summary>
    public long LastId { get; private set; } = 100;

    public MarketPipeline Market => _fixture.Engine.Markets[0];

    /// <summary>A book 100.00 × 9 to 101.00 × 9 at the last update id.</summary>
    public SpotFeed Snapshot(int at99 = 5) => Send($$"""{"lastUpdateId":{{LastId}},"bids":[["100.00","9"],["99.00","{{at99}}"]],"asks":[["101.00","9"],["102.00","5"]]}""", RecordKind.RestAnswer);

    /// <summary>So many diffs without a gap; each sets the best bid's size.</summary>
    public SpotFeed Diffs(int count)
    {
        for (; count > 0; count--)
        {
            LastId++;
            Send($$"""{"e":"depthUpdate","E":{{NowNs / 1_000_000}},"s":"BTCUSDT","U":{{LastId}},"u":{{LastId}},"b":[["100.00","{{(LastId % 9) + 1}}"]],"a":[]}""");
        }
        return this;
    }

    /// <summary>A diff without a gap whose best bid stands above the best ask.</summary>
    public SpotFeed Cross()
    {
        LastId++;
        return Send($$"""{"e":"depthUpdate","E":{{NowNs / 1_000_000}},"s":"BTCUSDT","U":{{LastId}},"u":{{LastId}},"b":[["101.50","1"]],"a":[]}""");
    }

    /// <summary>Ids get lost, and a diff behind the gap shows it.</summary>
    public SpotFeed Gap()
    {
        LastId += 800;
        return Diffs(1);
    }

    public SpotFeed Trade(long price, bool sold = true, decimal size = 50)
    {
        long ms = NowNs / 1_000_000;
        _tradeId++;
        return Send(string.Create(CultureInfo.InvariantCulture, $$"""{"e":"trade","E":{{ms}},"s":"BTCUSDT","t":{{_tradeId}},"p":"{{price}}.00","q":"{{size}}","T":{{ms}},"m":{{(sold ? "true" : "false")}}}"""));
    }

    /// <summary>A limit order to buy, asked for now.</summary>
    public SpotFeed Bid(long priceMantissa, long sizeMantissa)
    {
        OrderRequest order = new() { OrderId = 1, Side = Side.Bid, Price = new Price(priceMantissa), Size = new Size(sizeMantissa), Type = OrderType.Limit, RequestNs = NowNs };
        _fixture.Loop.OnRequest(_index, ref order);
        return this;
    }

    private SpotFeed Send(string frame, RecordKind kind = RecordKind.VenueFrame)
    {
        NowNs += 50_000_000;
        _fixture.Loop.OnRecord(kind, VenueId.BinanceSpot, NowNs, Encoding.UTF8.GetBytes(frame));
        return this;
    }
}
