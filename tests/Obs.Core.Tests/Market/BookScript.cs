using System;
using System.Collections.Generic;
using System.Linq;
using Obs.Core.Market;

namespace Obs.Core.Tests.Market;

/// <summary>A market's book driven frame by frame in a test, with everything its visitor saw.</summary>
internal sealed class BookScript<TBook>
    where TBook : struct, IOrderBook<TBook>
{
    private readonly bool _wantsLevels;
    public BookScript(IVenueSync sync, bool wantsLevels = false)
    {
        Market = new MarketBook<TBook>(MarketFixture.Instrument(), sync);
        _wantsLevels = wantsLevels;
    }

    public MarketBook<TBook> Market { get; }

    public List<string> Calls { get; } = [];

    public string Log => string.Join(", ", Calls);

    public BookQuality Quality => Market.Quality;

    /// <summary>Receive time of the last frame.</summary>
    public long NowNs { get; set; }

    /// <summary>A diff: ids and levels such as <c>b100:5 a101:0</c>. Receive time grows by 1 a frame.</summary>
    public BookScript<TBook> Diff(long first, long last, long previous, string levels = "", MarketEventFlags flags = MarketEventFlags.None) =>
        Frame(new MarketEvent { Kind = MarketEventKind.Diff, FirstUpdateId = first, LastUpdateId = last, PreviousUpdateId = previous, Flags = flags }, levels);

    public BookScript<TBook> Snapshot(long id, string levels = "b100:5 a101:6") =>
        Frame(new MarketEvent { Kind = MarketEventKind.Snapshot, LastUpdateId = id }, levels);

    public BookScript<TBook> Full(string levels, long venueNs = 0, MarketEventFlags flags = MarketEventFlags.None, long? atNs = null) =>
        Frame(new MarketEvent { Kind = MarketEventKind.FullBook, VenueNs = venueNs, Flags = flags }, levels, atNs);

    public BookScript<TBook> Ticker(long id, string levels) => Frame(new MarketEvent { Kind = MarketEventKind.BookTicker, LastUpdateId = id }, levels);

    private BookScript<TBook> Frame(MarketEvent e, string text, long? atNs = null)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        BookLevel[] bids = [.. words.Where(w => w[0] == 'b').Select(Level)];
        BookLevel[] asks = [.. words.Where(w => w[0] == 'a').Select(Level)];
        NowNs = atNs ?? (NowNs + 1);
        (e.BidCount, e.AskCount, e.ReceiveNs) = (bids.Length, asks.Length, NowNs);
        RecordingVisitor visitor = new(Calls, _wantsLevels);
        Market.OnFrame(e, [.. bids, .. asks], ref visitor);
        return this;
    }

    private static BookLevel Level(string word)
    {
        string[] parts = word[1..].Split(':');
        return MarketFixture.Level(long.Parse(parts[0]), long.Parse(parts[1]));
    }
}
